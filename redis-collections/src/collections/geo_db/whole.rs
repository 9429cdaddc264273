//! The calls of a [`GeoDb`] on all places.

use std::{borrow::Borrow, hash::Hash};

use redis::Value;

use super::GeoDb;
use crate::{
    codec::KeyCodec,
    collections::{Collection, Scan, scan},
    command::{Request, reply},
    error::Result,
    local::{Coordinates, Places},
    store::{Connected, Executor},
};

impl<T, E> GeoDb<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns all places with their coordinates.
    ///
    /// `ZRANGE … 0 -1`, O(n). [`iter`](GeoDb::iter) reads a large collection page by page.
    /// Returning 1,000,000 places blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn to_places(&self) -> E::Reply<'static, Places<T>>
    where
        T: Eq + Hash,
    {
        let request = self.handle.read("ZRANGE").arg(0).arg(-1).arg("WITHSCORES");
        self.handle.run(request, |answer| {
            let places: Vec<_> = reply::pairs(answer, reply::key::<E::Codec, T>, point)?;
            Ok(places.into_iter().collect())
        })
    }

    /// Returns an iterator over all places and their coordinates, or a stream on an
    /// [`aio::Store`](crate::aio::Store).
    ///
    /// A place present throughout is returned exactly once; one added or removed during the
    /// iteration may or may not appear.
    ///
    /// `ZSCAN`, O(1) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(Self::from_handle(self.handle.clone()))
    }

    /// Sets the coordinates of all of `places`; the last of equal places wins.
    ///
    /// `GEOADD` with 500 places each, O(number of places · log n), in one transaction for each
    /// 10,000 places or 1 MiB.
    pub fn extend<A: Borrow<T>, B: Borrow<Coordinates>>(
        &self,
        places: impl IntoIterator<Item = (A, B)>,
    ) -> E::Reply<'static, ()> {
        let start = || self.handle.idempotent("GEOADD");
        self.handle.run_all(Request::bulk(
            places,
            Request::ITEMS,
            start,
            |request, (place, point)| {
                request.push_coordinates(*point.borrow());
                request.push_value::<E::Codec, T>(place.borrow());
            },
        ))
    }
}

impl<T, E> scan::Sealed for GeoDb<T, E> {}

impl<T, E> Scan<E> for GeoDb<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    type Item = (T, Coordinates);

    type Element = (Value, Value);

    const COMMAND: &'static str = "ZSCAN";

    fn item((place, score): (Value, Value)) -> Result<(T, Coordinates)> {
        Ok((reply::key::<E::Codec, T>(place)?, point(score)?))
    }
}

/// Reads the coordinates from a score.
pub(crate) fn point(score: Value) -> Result<Coordinates> {
    reply::float(score).map(Coordinates::from_score)
}
