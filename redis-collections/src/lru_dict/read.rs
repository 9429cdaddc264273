//! What an [`LruDict`] gives out, and keeps.

use std::{borrow::Borrow, hash::Hash, sync::MutexGuard};

use super::{LruDict, call::Call, freight::Freight, memory::Memory};
use crate::{Codec, Collection, Executor, KeyCodec, Lookup, Request, reply};

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Returns the value at `key`, if there is one.
    ///
    /// Nothing if it is in memory, else `HGET`, O(1); with dirty entries that have to leave, both
    /// in one script.
    pub fn get<Q>(&self, key: &Q) -> E::Reply<'static, Option<V>>
    where
        K: Borrow<Q>,
        Q: Lookup<K, E::Codec> + Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let mut memory = self.lock();
        if let Some(known) = memory.find(key) {
            drop(memory);
            return self.remote.place().ready(Ok(known));
        }
        self.fetch(memory, vec![key.to_owned()], |found, call| call.arrived(found).pop().flatten())
    }

    /// Returns the values at `keys`, in their order, `None` for each that is not there.
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
        let mut memory = self.lock();
        let known = keys.into_iter().enumerate().map(|(at, key)| {
            memory.find(key).unwrap_or_else(|| {
                missed.push(key.to_owned());
                gaps.push(at);
                None
            })
        });
        let mut values: Vec<Option<V>> = known.collect();
        if missed.is_empty() {
            drop(memory);
            return self.remote.place().ready(Ok(values));
        }
        self.fetch(memory, missed, move |found, call| {
            for (at, value) in gaps.into_iter().zip(call.arrived(found)) {
                values[at] = value;
            }
            values
        })
    }

    /// Sets `key` to `value`, in memory, and returns the value that was there.
    ///
    /// Nothing if the old value is in memory and there is room, else `HGET`, O(1), with what
    /// [`set`](LruDict::set) sends. `set` is cheaper.
    ///
    /// # Errors
    ///
    /// The new value is in memory even then; the old one could not be told.
    pub fn insert(&self, key: K, value: V) -> E::Reply<'static, Option<V>> {
        let mut memory = self.lock();
        let known = memory.find(&key);
        let now = self.writes_through(&memory).then(|| key.clone());
        memory.put(key.clone(), Some(value));
        let freight = memory.spill::<E::Codec>(0, now);
        if let Some(known) = known {
            drop(memory);
            return self.write(freight, known);
        }
        let asked = vec![key];
        memory.ask(&asked);
        drop(memory);
        let request = freight.request::<E::Codec>(self.remote.place().key(), &asked).only_once();
        self.exchange(request, freight, asked, |mut found, _| found.pop().flatten())
    }

    /// Asks for the values at `asked`, and writes what has to leave memory for them.
    fn fetch<T: Send + 'static>(
        &self,
        mut memory: MutexGuard<'_, Memory<K, V>>,
        asked: Vec<K>,
        then: impl FnOnce(Vec<Option<V>>, Call<K, V>) -> T + Send + 'static,
    ) -> E::Reply<'static, T> {
        let freight = memory.spill::<E::Codec>(asked.len(), None);
        memory.ask(&asked);
        drop(memory);
        let request = freight.request::<E::Codec>(self.remote.place().key(), &asked);
        self.exchange(request, freight, asked, then)
    }

    /// Sends `request`, which writes `freight` and asks for the values at `asked`.
    fn exchange<T: Send + 'static>(
        &self,
        request: Request,
        freight: Freight<K>,
        asked: Vec<K>,
        then: impl FnOnce(Vec<Option<V>>, Call<K, V>) -> T + Send + 'static,
    ) -> E::Reply<'static, T> {
        let is_plain = freight.sent.is_empty() && asked.len() == 1;
        let mut call = Call::new(&self.memory, freight.sent, asked);
        self.remote.place().run(request, move |answer| {
            call.made();
            let found = if is_plain {
                vec![reply::optional::<E::Codec, V>(answer)?]
            } else {
                reply::list(answer, reply::optional::<E::Codec, V>)?
            };
            let answer = then(found, call);
            freight.fault.map_or(Ok(answer), Err)
        })
    }
}
