//! [`GeoDb`]: places with coordinates in one Redis sorted set.

mod positions;
pub(crate) use positions::check;

mod search;
pub use search::{Area, Near, Order, SearchOptions};

pub(crate) mod whole;

mod algebra;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// Places with coordinates, kept in one Redis sorted set.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of a [`HashMap`](std::collections::HashMap) from places to
/// [`Coordinates`](crate::Coordinates), with searches by distance. Redis rounds coordinates to
/// about half a metre. All lengths are in metres; [`Unit`](crate::Unit) converts other units. A
/// call is one round trip and atomic, unless its documentation says otherwise.
///
/// ```
/// # use redis_collections::{Coordinates, GeoDb, Store, Unit};
/// # let store = Store::temporary()?;
/// let cities: GeoDb<String> = GeoDb::open(&store, "cities");
///
/// cities.set("berlin", Coordinates::new(52.52, 13.405))?; //  GEOADD cities 13.405 52.52 "berlin"
/// cities.set("potsdam", Coordinates::new(52.4, 13.066))?; //  GEOADD cities 13.066 52.4 "potsdam"
/// let metres = cities.distance("berlin", "potsdam")?; //      GEODIST cities "berlin" "potsdam" m
/// assert_eq!(metres.map(f64::round), Some(26_570.0));
///
/// let here = Coordinates::new(52.5, 13.3);
/// let near = cities.within(here, Unit::Kilometre.metres(10.0))?; // GEOSEARCH cities FROMLONLAT …
/// assert_eq!(near[0].place, "berlin");
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct GeoDb<T, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Collection<E> for GeoDb<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        GeoDb { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<T, E: Executor> Clone for GeoDb<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<T, E: Executor> fmt::Debug for GeoDb<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GeoDb").field(self.handle.key()).finish()
    }
}
