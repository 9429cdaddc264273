//! The calls of a [`GeoDb`] on single places.

use redis::Value;

use super::GeoDb;
use crate::{
    codec::{KeyCodec, Lookup},
    collections::{Collection, KeyHandle},
    command::{Request, Script, reply},
    error::{Error, Result},
    local::Coordinates,
    store::Executor,
};

static INSERT: Script = Script::once("GEOADD", include_str!("../scripts/geo_insert.lua"));
static REMOVE: Script = Script::once("ZREM", include_str!("../scripts/geo_remove.lua"));

impl<T, E: Executor> GeoDb<T, E> {
    /// Opens the places called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same places, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> GeoDb<T, F::With<E::Codec>> {
        GeoDb::from_handle(self.handle.on(executor))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of places.
    ///
    /// `ZCARD`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("ZCARD"), reply::size)
    }

    /// Returns whether there are no places.
    ///
    /// `ZCARD`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("ZCARD"), |answer| Ok(reply::size(answer)? == 0))
    }
}

impl<T, E> GeoDb<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns whether `place` has coordinates.
    ///
    /// `ZSCORE`, O(1).
    pub fn contains(&self, place: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.read("ZSCORE").value::<E::Codec, T>(place);
        self.handle.run(request, |answer| Ok(reply::optional_float(answer)?.is_some()))
    }

    /// Returns the coordinates of `place`.
    ///
    /// `GEOPOS`, O(1).
    pub fn get(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<Coordinates>> {
        let request = self.handle.read("GEOPOS").value::<E::Codec, T>(place);
        self.handle.run(request, |answer| optional_coordinates(only(answer)?))
    }

    /// Returns the distance between two places in metres, if both have coordinates.
    ///
    /// `GEODIST`, O(1).
    pub fn distance(
        &self,
        one: &(impl Lookup<T, E::Codec> + ?Sized),
        other: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<f64>> {
        let request = self.handle.read("GEODIST").value::<E::Codec, T>(one);
        self.handle.run(request.value::<E::Codec, T>(other).arg("m"), reply::optional_float)
    }

    /// Returns the geohash of `place`: the standard code for coordinates, of eleven characters.
    ///
    /// `GEOHASH`, O(1).
    pub fn geohash(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<String>> {
        let request = self.handle.read("GEOHASH").value::<E::Codec, T>(place);
        self.handle.run(request, |answer| {
            let hash = reply::or_nil(only(answer)?, reply::bytes)?;
            Ok(hash.map(|hash| String::from_utf8_lossy(&hash).into_owned()))
        })
    }

    /// Sets the coordinates of `place`, and returns the old ones.
    ///
    /// `GEOPOS` + `GEOADD` in one script, O(log n). [`set`](GeoDb::set) is cheaper.
    pub fn insert(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
        coordinates: Coordinates,
    ) -> E::Reply<'static, Option<Coordinates>> {
        let request = self.handle.script(&INSERT).coordinates(coordinates);
        self.handle.run(request.value::<E::Codec, T>(place), optional_coordinates)
    }

    /// Sets the coordinates of `place`.
    ///
    /// `GEOADD`, O(log n).
    pub fn set(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
        coordinates: Coordinates,
    ) -> E::Reply<'static, ()> {
        let request = self.handle.idempotent("GEOADD").coordinates(coordinates);
        self.handle.run(request.value::<E::Codec, T>(place), reply::unit)
    }

    /// Removes `place`, and returns its coordinates.
    ///
    /// `GEOPOS` + `ZREM` in one script, O(log n). [`discard`](GeoDb::discard) is cheaper.
    pub fn remove(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<Coordinates>> {
        let request = self.handle.script(&REMOVE).value::<E::Codec, T>(place);
        self.handle.run(request, optional_coordinates)
    }

    /// Removes `place`, and returns whether it had coordinates.
    ///
    /// `ZREM`, O(log n).
    pub fn discard(&self, place: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("ZREM").value::<E::Codec, T>(place);
        self.handle.run(request, reply::flag)
    }
}

impl Request {
    /// Adds a longitude and a latitude, or an error if Redis cannot store them.
    pub(super) fn coordinates(mut self, coordinates: Coordinates) -> Self {
        self.push_coordinates(coordinates);
        self
    }

    /// Adds a longitude and a latitude, or an error if Redis cannot store them.
    pub(super) fn push_coordinates(&mut self, coordinates: Coordinates) {
        match check(coordinates) {
            Ok(()) => self.push(&[coordinates.longitude, coordinates.latitude]),
            Err(error) => self.fail(error),
        }
    }
}

/// Returns an error for coordinates that Redis cannot store.
pub(crate) fn check(coordinates: Coordinates) -> Result<()> {
    if coordinates.is_valid() {
        return Ok(());
    }
    let Coordinates { latitude, longitude } = coordinates;
    Err(Error::OutOfRange {
        key: String::new(),
        expected: "a latitude within 85.05112878 and a longitude within 180 degrees".into(),
        found: format!("{latitude} and {longitude}"),
    })
}

/// Reads the only item of an array.
fn only(answer: Value) -> Result<Value> {
    Ok(reply::items(answer)?.into_iter().next().unwrap_or_default())
}

fn optional_coordinates(answer: Value) -> Result<Option<Coordinates>> {
    reply::or_nil(answer, coordinates)
}

/// Reads a longitude and a latitude, in this order.
pub(super) fn coordinates(answer: Value) -> Result<Coordinates> {
    match reply::list::<_, Vec<_>>(answer, reply::float)?[..] {
        [longitude, latitude] => Ok(Coordinates { latitude, longitude }),
        _ => Err(reply::unexpected("a longitude and a latitude", &Value::Nil)),
    }
}
