//! What an [`LruDict`] gives out, and keeps.

use std::{borrow::Borrow, hash::Hash, mem, sync::MutexGuard};

use super::{
    LruDict,
    cache::{Cache, Hit},
    pending::{Pending, PendingKind, PendingLoad},
    waiter::Waiter,
    write_batch::WriteBatch,
};
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    collections::Collection,
    command::{Script, reply},
    store::{Connected, Executor},
};

static INSERT: Script =
    Script::once("HSET", include_str!("../../collections/scripts/dict_insert.lua"));

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Returns the value at `key`, if there is one.
    ///
    /// Those who miss the same entry at the same time share one question. If it fails, one of them
    /// is told, and each of the others asks for itself.
    ///
    /// Nothing if it is in memory, else `HGET`, O(1); with dirty entries that have to leave, both
    /// in one script.
    pub fn get<Q>(&self, key: &Q) -> E::Reply<'static, Option<V>>
    where
        E: Connected,
        K: Borrow<Q>,
        Q: Lookup<K, E::Codec> + Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let mut cache = self.lock();
        if let Some(Hit(known)) = cache.find(key) {
            drop(cache);
            return self.remote.handle().ready(Ok(known));
        }
        let waiter = Waiter::new(&self.cache, cache, key.to_owned());
        let this = self.clone();
        self.remote.handle().executor().share(waiter, move |waiter| {
            let (keys, number) = (vec![waiter.key.clone()], Some(waiter.number));
            this.fetch(this.lock(), keys, number, |mut found| found.pop().flatten())
        })
    }

    /// Returns the values at `keys`, in their order, `None` for each that is not there.
    ///
    /// What other threads write meanwhile may be in some of them and not in others.
    ///
    /// Nothing if all are in memory, else `HMGET` of those that are not, O(number of keys).
    pub fn get_many<'q, Q>(
        &self,
        keys: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<Option<V>>>
    where
        K: Borrow<Q>,
        Q: Lookup<K, E::Codec> + Eq + Hash + ToOwned<Owned = K> + ?Sized + 'q,
    {
        // Whoever gives the keys may ask this very dictionary for them.
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
        self.fetch(cache, missed, None, move |found| {
            for (at, value) in gaps.into_iter().zip(found) {
                values[at] = value;
            }
            values
        })
    }

    /// Returns the entries that are in memory, the one that was used last first. Sends nothing; O(n).
    pub fn recent(&self) -> Vec<(K, V)> {
        self.lock().recent()
    }

    /// Sets `key` to `value`, and returns the value that was there.
    ///
    /// Nothing if the old value is in memory, else `HGET` + `HSET` in one script, O(1).
    /// [`set`](LruDict::set) is cheaper.
    ///
    /// # Errors
    ///
    /// That of the write. If it is written through, `value` is in memory even then.
    pub fn insert(&self, key: K, value: V) -> E::Reply<'static, Option<V>> {
        let (mut cache, mut batch) = (self.lock(), WriteBatch::default());
        if let Some(Hit(old)) = cache.find(&key) {
            let now = self.write_through.then(|| key.clone());
            cache.set(key, value);
            cache.write_now::<E::Codec>(now, &mut batch);
            drop(cache);
            return self.write(batch, Vec::new(), old);
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
            let found = pending.confirm(|| Ok(vec![reply::optional::<E::Codec, V>(answer)?]))?;
            Ok(found.into_iter().next().flatten())
        })
    }

    /// Asks for the values at `keys`, as the load with `number` that others share, or as one of its own, and
    /// writes what has to leave memory for them.
    fn fetch<T: Send + 'static>(
        &self,
        mut cache: MutexGuard<'_, Cache<K, V>>,
        keys: Vec<K>,
        number: Option<u64>,
        then: impl FnOnce(Vec<Option<V>>) -> T + Send + 'static,
    ) -> E::Reply<'static, T> {
        let mut batch = WriteBatch::default();
        cache.make_room::<E::Codec>(keys.len(), None, &mut batch);
        let since = cache.begin_reads(&keys);
        drop(cache);
        let load = PendingLoad { keys, since, number, clone: V::clone };
        let versions = mem::take(&mut batch.versions);
        let pending = Pending::new(&self.cache, versions, PendingKind::Load(load));
        let handle = self.remote.handle();
        let request = batch.request::<E::Codec>(handle.key(), pending.keys());
        let is_plain = batch.is_empty() && pending.keys().len() == 1;
        handle.run(request, move |answer| {
            let found = pending.confirm(|| {
                if is_plain {
                    return Ok(vec![reply::optional::<E::Codec, V>(answer)?]);
                }
                reply::list(answer, reply::optional::<E::Codec, V>)
            });
            let answer = then(found?);
            batch.fault.map_or(Ok(answer), Err)
        })
    }
}
