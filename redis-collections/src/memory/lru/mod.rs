//! [`LruDict`]: a map in one Redis hash, with the most recently used entries in memory.

mod clock;

mod in_flight;

mod write_batch;

mod cache;

mod pending;

mod fetch;

mod waiter;

mod read;

mod write;

mod sync;

mod field;
pub use field::{LruField, Recent};

use std::fmt;

use crate::{
    collections::{Collection, Dict},
    store::{Executor, Store},
};
use clock::Version;
use pending::SharedCache;

/// A map in one Redis hash, with the most recently used entries in memory.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`](crate::Store), and a
/// future of one on [`aio::Store`](crate::aio::Store).
///
/// A call sends nothing if memory has the entry. An entry that was [`set`](LruDict::set) is *dirty*
/// until Redis has confirmed it. Dirty entries are written by [`sync`](LruDict::sync), or in
/// batches when the oldest must leave memory. If such a write fails, they stay: the call that
/// needed room returns the error, and memory holds more than `maxsize` entries.
///
/// Clones share the memory, and threads and tasks may use it at the same time. It is not locked
/// while a request is in flight. It is locked while keys are compared and while keys and values are
/// cloned, encoded or dropped, so `Eq`, `Hash`, `Clone`, `Serialize` and `Drop` must not call back
/// into this dictionary. Changes by other programs are visible only for entries that are not in
/// memory.
///
/// ```
/// # use redis_collections::{LruDict, Store};
/// # let store = Store::temporary()?;
/// let tiles: LruDict<u32, String> = LruDict::open(&store, "tiles", 1_000);
/// tiles.set(7, "grass".into())?; //                         in memory
/// assert_eq!(tiles.get(&7)?.as_deref(), Some("grass")); //  in memory
///
/// tiles.sync()?; //                                         HSET tiles 7 "grass"
/// assert_eq!(tiles.remote().get(&7)?.as_deref(), Some("grass")); // HGET tiles 7
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct LruDict<K, V, E = Store> {
    cache: SharedCache<K, V>,
    remote: Dict<K, V, E>,
    write_through: bool,
    /// What the pending sync of a struct writes.
    syncing: Vec<(K, Version)>,
}

/// The counters of an [`LruDict`] since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// How many lookups found the entry in memory.
    pub hits: u64,
    /// How many lookups needed Redis.
    pub misses: u64,
    /// How many misses shared a request that another caller had begun.
    pub coalesced: u64,
    /// How many entries left memory to make room.
    pub evictions: u64,
    /// How many entries were written to Redis, or removed from it.
    pub writes: u64,
}

impl<K, V, E> Clone for LruDict<K, V, E>
where
    E: Executor,
{
    fn clone(&self) -> Self {
        let (cache, remote) = (self.cache.clone(), self.remote.clone());
        LruDict { cache, remote, write_through: self.write_through, syncing: Vec::new() }
    }
}

impl<K, V, E: Executor> fmt::Debug for LruDict<K, V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LruDict").field(self.remote.handle().key()).finish()
    }
}
