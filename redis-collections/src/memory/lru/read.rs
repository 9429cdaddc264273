//! How an [`LruDict`] is opened and read.

use std::{
    borrow::Borrow,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard},
};

use super::{
    LruDict, Stats,
    cache::{Cache, Hit},
    fetch::Fetch,
    pending::lock,
    waiter::Waiter,
};
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    collections::{Collection, Dict, KeyHandle},
    command::{Script, reply},
    store::{Connected, Executor},
};

/// Counts the entries where memory differs from Redis.
static LEN: Script = Script::read("HLEN", include_str!("len.lua"));

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Opens the dictionary called `name`, with at most `maxsize` entries in memory. Sends nothing;
    /// the first call that sends a request reports an invalid name.
    ///
    /// With a `maxsize` of 0, every call goes to Redis.
    pub fn open(executor: &E, name: &str, maxsize: usize) -> Self
    where
        E: Connected,
    {
        Self::of(KeyHandle::of_name(executor, name), maxsize)
    }

    /// Makes [`set`](LruDict::set), [`insert`](LruDict::insert) and [`extend`](LruDict::extend) on
    /// this handle write to Redis at once.
    #[must_use]
    pub fn with_write_through(self) -> Self {
        LruDict { write_through: true, ..self }
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.remote.key()
    }

    /// Returns the dictionary in Redis. It lacks dirty entries until they are written.
    pub fn remote(&self) -> &Dict<K, V, E> {
        &self.remote
    }

    /// Returns the maximum number of entries in memory.
    pub fn maxsize(&self) -> usize {
        self.lock().maxsize()
    }

    /// Returns the value at `key`, if there is one.
    ///
    /// Concurrent misses of a key share one `HGET`. If it fails, one caller gets the error and the
    /// others retry.
    ///
    /// Nothing if the entry is in memory, else `HGET`, O(1). Dirty entries that must leave memory
    /// are written in the same script.
    pub fn get<Q>(&self, key: &Q) -> E::Reply<'static, Option<V>>
    where
        E: Connected,
        K: Borrow<Q>,
        V: Clone,
        Q: Lookup<K, E::Codec> + Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let mut cache = self.lock();
        if let Some(Hit(value)) = cache.find(key) {
            drop(cache);
            return self.remote.handle().ready(Ok(value));
        }
        let (waiter, first) = Waiter::register(&self.cache, cache, key.to_owned());
        let this = self.clone();
        let executor = self.remote.handle().executor();
        executor.share(waiter, first, move |waiter, cache: Option<MutexGuard<'_, Cache<K, V>>>| {
            let cache = cache.unwrap_or_else(|| this.lock());
            let (handle, keys) = (this.remote.handle(), vec![waiter.key.clone()]);
            let (hash, id) = (handle.key(), Some(waiter.id));
            Fetch::begin::<E::Codec>(&this.cache, cache, hash, keys, id)
                .send(handle, |mut values| values.pop().flatten())
        })
    }

    /// Returns the values at `keys`, in their order, with `None` for each missing entry.
    ///
    /// Concurrent changes by other threads may be visible in some of the values and not in others.
    ///
    /// Nothing if all entries are in memory, else `HMGET` of the others, O(number of keys).
    pub fn get_many<'q, Q>(
        &self,
        keys: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<Option<V>>>
    where
        K: Borrow<Q>,
        V: Clone,
        Q: Lookup<K, E::Codec> + Eq + Hash + ToOwned<Owned = K> + ?Sized + 'q,
    {
        // The iterator may use this dictionary, so it ends before the lock.
        let keys: Vec<&Q> = keys.into_iter().collect();
        let (mut missed, mut gaps) = (Vec::new(), Vec::new());
        let mut cache = self.lock();
        let known = keys.into_iter().enumerate().map(|(at, key)| {
            cache.find(key).map_or_else(
                || {
                    missed.push(key.to_owned());
                    gaps.push(at);
                    None
                },
                |known| known.0,
            )
        });
        let mut values: Vec<Option<V>> = known.collect();
        if missed.is_empty() {
            drop(cache);
            return self.remote.handle().ready(Ok(values));
        }
        let handle = self.remote.handle();
        let fetch = Fetch::begin::<E::Codec>(&self.cache, cache, handle.key(), missed, None);
        fetch.send(handle, move |found| {
            for (at, value) in gaps.into_iter().zip(found) {
                values[at] = value;
            }
            values
        })
    }

    /// Returns whether there is an entry at `key`. The entry does not become a recently used one.
    ///
    /// Nothing if the entry is in memory, else `HEXISTS`, O(1).
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

    /// Returns the number of entries, including dirty ones.
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

    /// Returns the entries in memory, the most recently used one first. Sends nothing; O(n).
    pub fn recent(&self) -> Vec<(K, V)>
    where
        V: Clone,
    {
        self.lock().recent()
    }

    /// Returns the counters since the dictionary was opened. Sends nothing; O(1).
    pub fn stats(&self) -> Stats {
        self.lock().stats()
    }

    /// Returns whether there are entries that Redis has not confirmed. Sends nothing; O(1).
    pub fn is_dirty(&self) -> bool {
        self.lock().is_dirty()
    }

    pub(super) fn of(handle: KeyHandle<E>, maxsize: usize) -> Self {
        LruDict {
            cache: Arc::new(Mutex::new(Cache::new(maxsize))),
            remote: Dict::from_handle(handle),
            write_through: false,
            syncing: Vec::new(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Cache<K, V>> {
        lock(&self.cache)
    }
}
