//! How an [`LruDict`] is written.

use std::{borrow::Borrow, hash::Hash};

use super::{
    LruDict,
    cache::Hit,
    pending::{Pending, PendingKind},
    write_batch::WriteBatch,
};
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    collections::Collection,
    command::{Script, reply},
    store::Executor,
};

static INSERT: Script =
    Script::once("HSET", include_str!("../../collections/scripts/dict_insert.lua"));
static REMOVE: Script =
    Script::once("HDEL", include_str!("../../collections/scripts/dict_remove.lua"));

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Sets `key` to `value` in memory. The entry is written when it leaves memory, or by
    /// [`sync`](LruDict::sync).
    ///
    /// Nothing while there is room, else `HSET` of up to 500 old entries in one script. While another
    /// thread inserts or removes an entry that is not in memory, setting that entry is `HSET`.
    ///
    /// # Errors
    ///
    /// The error of the write, if there was one. The value is in memory even then, unless `maxsize`
    /// is 0.
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
        self.send(batch, bypassed, ())
    }

    /// Sets `key` to `value`, and returns the old value. [`set`](LruDict::set) is cheaper.
    ///
    /// Nothing if the old value is in memory, else `HGET` + `HSET` in one script, O(1).
    ///
    /// # Errors
    ///
    /// The error of the write. If the old value was in memory, the new one is in memory even then.
    pub fn insert(&self, key: K, value: V) -> E::Reply<'static, Option<V>>
    where
        V: Clone,
    {
        let mut cache = self.lock();
        if let Some(Hit(old)) = cache.find(&key) {
            let (mut batch, now) = (WriteBatch::default(), self.write_through.then(|| key.clone()));
            cache.set(key, value);
            cache.write_now::<E::Codec>(now, &mut batch);
            drop(cache);
            return self.send(batch, Vec::new(), old);
        }
        cache.begin_bypass(&key);
        drop(cache);
        let kind = PendingKind::Replace(vec![(key, value)]);
        let pending = Pending::new(&self.cache, Vec::new(), kind);
        let handle = self.remote.handle();
        let request = pending.entries().iter().fold(handle.script(&INSERT), |request, entry| {
            request.value::<E::Codec, K>(&entry.0).value::<E::Codec, V>(&entry.1)
        });
        handle.run(request, |answer| {
            pending.confirm_one(|| reply::optional_value::<E::Codec, V>(answer))
        })
    }

    /// Sets all `entries` in memory. They are written when they leave memory, or by
    /// [`sync`](LruDict::sync).
    ///
    /// Nothing while there is room, else the requests of `sync`: all dirty entries are written, and
    /// the oldest leave.
    ///
    /// # Errors
    ///
    /// The error of the write, if there was one. The entries are in memory even then, unless
    /// `maxsize` is 0.
    pub fn extend(&self, entries: impl IntoIterator<Item = (K, V)>) -> E::Reply<'static, ()> {
        // The iterator may use this dictionary, so it ends before the lock.
        let entries: Vec<(K, V)> = entries.into_iter().collect();
        let (mut cache, mut batch) = (self.lock(), WriteBatch::default());
        let bypassed = cache.set_all::<E::Codec>(entries, self.write_through, &mut batch);
        drop(cache);
        let fault = batch.fault.take();
        let fault = fault.map(|error| error.with_location(|| (self.key().into(), String::new())));
        self.flush(batch, bypassed, || fault.map_or(Ok(()), Err))
    }

    /// Removes the entry at `key` from memory and from Redis, and returns its value.
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
            pending.confirm_one(|| reply::optional_value::<E::Codec, V>(answer))
        })
    }

    /// Removes all entries from memory and from Redis.
    ///
    /// Other threads may see some entries removed before others. An entry that they set at the same
    /// time may remain.
    ///
    /// `UNLINK`, O(1), and O(n) in memory.
    pub fn clear(&self) -> E::Reply<'static, ()> {
        let removals = self.lock().begin_clear();
        let pending = Pending::new(&self.cache, Vec::new(), PendingKind::Clear(removals));
        let handle = self.remote.handle();
        handle.run(handle.idempotent("UNLINK"), |answer| {
            pending.confirm(|| Ok(Vec::new()))?;
            reply::unit(answer)
        })
    }

    /// Writes `batch`, which contains the `bypassed` entries, and returns `answer`.
    fn send<T: Send + 'static>(
        &self,
        batch: WriteBatch<K>,
        bypassed: Vec<(K, V)>,
        answer: T,
    ) -> E::Reply<'static, T> {
        let handle = self.remote.handle();
        if batch.is_empty() {
            let fault = batch.refused.or(batch.fault);
            let fault =
                fault.map(|error| error.with_location(|| (self.key().into(), String::new())));
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
