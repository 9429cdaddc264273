//! [`LruDict`]: a map in one Redis hash, of which memory holds what was used last.

mod clock;

mod in_flight;

mod write_batch;

mod cache;

mod pending;

mod waiter;

mod read;

mod whole;

mod field;
pub use field::{LruField, Recent};

use std::{
    borrow::Borrow,
    fmt,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard},
};

use crate::{
    codec::{Codec, KeyCodec, Lookup},
    collections::{Collection, Dict, KeyHandle},
    command::{Script, reply},
    store::{Connected, Executor, Store},
};
use cache::Cache;
use clock::Version;
use pending::{Pending, PendingKind, SharedCache, lock};
use write_batch::WriteBatch;

static REMOVE: Script =
    Script::once("HDEL", include_str!("../../collections/scripts/dict_remove.lua"));

/// How many entries there are, where memory differs from Redis.
static LEN: Script = Script::read("HLEN", include_str!("len.lua"));

/// A map whose last used entries are in memory, and all of it in one Redis hash.
///
/// A call that memory can answer sends nothing. What was [`set`](LruDict::set) is written when it
/// leaves memory, together with other old entries, or by [`sync`](LruDict::sync); until then it is
/// *dirty*, and leaves memory only when Redis has confirmed it. If a write fails, memory holds more
/// than `maxsize` entries, and the call that needed room tells the error.
///
/// Clones share the memory. Threads and tasks may use it at the same time: nothing is locked while
/// Redis is asked. It is locked while keys are compared and values cloned, encoded or dropped, so
/// these must not use the same dictionary. What other programs write is seen when memory does not
/// hold the entry.
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
    /// What the sync of a struct is writing.
    syncing: Vec<(K, Version)>,
}

/// What an [`LruDict`] has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// How many entries were asked for that memory knew.
    pub hits: u64,
    /// How many entries were asked for that Redis had to be asked for.
    pub misses: u64,
    /// How many of those waited for the answer that somebody else had asked for.
    pub coalesced: u64,
    /// How many entries left memory for others.
    pub evictions: u64,
    /// How many entries were written to Redis, or removed there.
    pub writes: u64,
}

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Opens the dictionary called `name`, of which memory holds at most `maxsize` entries. Sends
    /// nothing; a bad name is told by the first call that does.
    ///
    /// With a `maxsize` of 0, all calls go to Redis.
    pub fn open(executor: &E, name: &str, maxsize: usize) -> Self
    where
        E: Connected,
    {
        Self::of(KeyHandle::of_name(executor, name), maxsize)
    }

    /// Writes at once whatever is set through this handle.
    #[must_use]
    pub fn with_write_through(self) -> Self {
        LruDict { write_through: true, ..self }
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.remote.key()
    }

    /// Returns the dictionary in Redis, which does not see dirty entries before they are written.
    pub fn remote(&self) -> &Dict<K, V, E> {
        &self.remote
    }

    /// Returns how many entries memory holds at the most.
    pub fn maxsize(&self) -> usize {
        self.lock().maxsize()
    }

    /// Returns what was done since the dictionary was opened.
    pub fn stats(&self) -> Stats {
        self.lock().stats()
    }

    /// Returns whether there are entries that Redis has not confirmed. Sends nothing, O(1).
    pub fn is_dirty(&self) -> bool {
        self.lock().is_dirty()
    }

    /// Returns how many entries there are, dirty ones among them.
    ///
    /// `HLEN`, O(1); with dirty entries `HLEN` + `HEXISTS` in one script, O(dirty entries).
    pub fn len(&self) -> E::Reply<'static, usize> {
        let cache = self.lock();
        if !cache.is_dirty() {
            drop(cache);
            return self.remote.len();
        }
        let (set, removed): (Vec<_>, Vec<_>) = cache.dirty().partition(|(_, is_set)| *is_set);
        let request = self.remote.handle().script(&LEN).arg(set.len());
        let request = (set.into_iter().chain(removed))
            .fold(request, |request, (key, _)| request.value::<E::Codec, K>(key));
        drop(cache);
        self.remote.handle().run(request, reply::size)
    }

    /// Returns whether there is an entry at `key`, which does not become a recent one.
    ///
    /// Nothing if it is in memory, else `HEXISTS`, O(1).
    pub fn contains_key<Q>(&self, key: &Q) -> E::Reply<'static, bool>
    where
        K: Borrow<Q>,
        Q: Lookup<K, E::Codec> + Eq + Hash + ?Sized,
    {
        let known = self.lock().contains(key);
        match known {
            Some(known) => self.remote.handle().ready(Ok(known)),
            None => self.remote.contains_key(key),
        }
    }

    /// Sets `key` to `value`, in memory. It is written when it leaves memory, or by
    /// [`sync`](LruDict::sync).
    ///
    /// Nothing while there is room, else `HSET` of up to 500 old entries in one script. While another
    /// thread inserts or removes an entry that memory does not know, setting it is `HSET`.
    ///
    /// # Errors
    ///
    /// That of the write, if there was one. The value is in memory even then, if `maxsize` is not 0.
    pub fn set(&self, key: K, value: V) -> E::Reply<'static, ()> {
        let (mut cache, mut batch) = (self.lock(), WriteBatch::default());
        let mut bypassed = Vec::new();
        if cache.must_bypass(&key) {
            bypassed = cache.bypass::<E::Codec>(vec![(key, value)], &mut batch);
        } else {
            let now = self.write_through.then(|| key.clone());
            cache.set(key, value);
            cache.make_room::<E::Codec>(0, now, &mut batch);
        }
        drop(cache);
        self.write(batch, bypassed, ())
    }

    /// Removes the entry at `key`, in Redis too, and returns its value.
    ///
    /// `HGET` + `HDEL` in one script, O(1).
    pub fn remove<Q>(&self, key: &Q) -> E::Reply<'static, Option<V>>
    where
        K: Borrow<Q>,
        Q: Lookup<K, E::Codec> + ToOwned<Owned = K> + ?Sized,
    {
        let (handle, key) = (self.remote.handle(), key.to_owned());
        let request = handle.script(&REMOVE).value::<E::Codec, K>(&key);
        let removal = self.lock().begin_removal(key);
        let pending = Pending::new(&self.cache, Vec::new(), PendingKind::Remove(Some(removal)));
        handle.run(request, |answer| {
            let found = pending.confirm(|| Ok(vec![reply::optional::<E::Codec, V>(answer)?]))?;
            Ok(found.into_iter().next().flatten())
        })
    }

    fn of(handle: KeyHandle<E>, maxsize: usize) -> Self {
        let cache = Arc::new(Mutex::new(Cache::new(maxsize)));
        LruDict {
            cache,
            remote: Dict::from_handle(handle),
            write_through: false,
            syncing: Vec::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Cache<K, V>> {
        lock(&self.cache)
    }

    /// Writes `freight` with what is `passing` memory, and gives `answer`.
    fn write<T: Send + 'static>(
        &self,
        batch: WriteBatch<K>,
        bypassed: Vec<(K, V)>,
        answer: T,
    ) -> E::Reply<'static, T> {
        let handle = self.remote.handle();
        if batch.is_empty() {
            let fault = batch.refused.or(batch.fault);
            let fault = fault.map(|error| error.located(|| (self.key().into(), String::new())));
            return handle.ready(fault.map_or(Ok(answer), Err));
        }
        let request = batch.request::<E::Codec>(handle.key(), &[]);
        let pending = Pending::new(&self.cache, batch.versions, PendingKind::Bypass(bypassed));
        handle.run(request, move |_| {
            pending.confirm(|| Ok(Vec::new()))?;
            batch.fault.map_or(Ok(answer), Err)
        })
    }
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
