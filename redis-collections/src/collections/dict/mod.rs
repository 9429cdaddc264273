//! [`Dict`]: a map in one Redis hash.

mod entries;

mod whole;

mod algebra;

mod lifetimes;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// A map, kept in one Redis hash.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of [`HashMap`](std::collections::HashMap). A call is one round
/// trip and atomic, unless its documentation says otherwise. An entry that cannot be decoded is an
/// error only for the calls that read it. An entry can have [a time to live](Dict::set_with_ttl) if
/// the server supports it; setting the entry again removes that.
///
/// ```
/// # use redis_collections::{Dict, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
///
/// ages.set("ada", &36)?; //                        HSET ages "ada" 36
/// assert_eq!(ages.insert("ada", &37)?, Some(36)); // HGET + HSET in one script
/// assert_eq!(ages.get("ada")?, Some(37)); //       HGET ages "ada"
///
/// ages.extend([("alan".to_string(), 41), ("grace".to_string(), 85)])?; // HSET ages "alan" 41 …
/// assert_eq!(ages.len()?, 3); //                   HLEN ages
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Dict<K, V, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K, V, E: Executor> Collection<E> for Dict<K, V, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        Dict { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<K, V, E: Executor> Clone for Dict<K, V, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<K, V, E: Executor> fmt::Debug for Dict<K, V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dict").field(self.handle.key()).finish()
    }
}
