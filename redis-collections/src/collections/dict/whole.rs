//! The calls of a [`Dict`] on all entries.

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

use redis::Value;

use super::Dict;
use crate::{
    codec::{Codec, KeyCodec},
    collections::{Collection, Scan, scan},
    command::{Request, reply},
    error::Result,
    store::{Connected, Executor},
};

impl<K, V, E> Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Returns all keys, in no order.
    ///
    /// `HKEYS`, O(n).
    pub fn keys(&self) -> E::Reply<'static, Vec<K>> {
        let request = self.handle.read("HKEYS");
        self.handle.run(request, |answer| reply::list(answer, reply::key::<E::Codec, K>))
    }

    /// Returns all values, in no order.
    ///
    /// `HVALS`, O(n).
    pub fn values(&self) -> E::Reply<'static, Vec<V>> {
        let request = self.handle.read("HVALS");
        self.handle.run(request, |answer| reply::list(answer, reply::value::<E::Codec, V>))
    }

    /// Returns all entries.
    ///
    /// `HGETALL`, O(n). [`iter`](Dict::iter) reads a large dictionary page by page.
    /// Returning 1,000,000 entries blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn to_map(&self) -> E::Reply<'static, HashMap<K, V>>
    where
        K: Eq + Hash,
    {
        self.handle.run(self.handle.read("HGETALL"), entries::<E::Codec, K, V, _>)
    }

    /// Returns an iterator over all entries, or a stream on an [`aio::Store`](crate::aio::Store).
    ///
    /// An entry present throughout is returned exactly once; one added or removed during the
    /// iteration may or may not appear.
    ///
    /// `HSCAN`, O(1) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(Self::from_handle(self.handle.clone()))
    }

    /// Sets all of `entries`; the last of equal keys wins.
    ///
    /// `HSET` with 500 entries each, O(number of entries), in one transaction for each 10,000
    /// entries or 1 MiB.
    pub fn extend<A: Borrow<K>, B: Borrow<V>>(
        &self,
        entries: impl IntoIterator<Item = (A, B)>,
    ) -> E::Reply<'static, ()> {
        let start = || self.handle.idempotent("HSET");
        self.handle.run_all(Request::bulk(
            entries,
            Request::ITEMS,
            start,
            |request, (key, value)| {
                request.push_value::<E::Codec, K>(key.borrow());
                request.push_value::<E::Codec, V>(value.borrow());
            },
        ))
    }
}

impl<K, V, E> scan::Sealed for Dict<K, V, E> {}

impl<K, V, E> Scan<E> for Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    type Item = (K, V);

    type Element = (Value, Value);

    const COMMAND: &'static str = "HSCAN";

    fn item((key, value): (Value, Value)) -> Result<(K, V)> {
        Ok((reply::key::<E::Codec, K>(key)?, reply::value::<E::Codec, V>(value)?))
    }
}

/// Reads the entries of a hash.
pub(super) fn entries<C, K, V, M>(answer: Value) -> Result<M>
where
    C: KeyCodec<K> + Codec<V>,
    M: FromIterator<(K, V)>,
{
    reply::pairs(answer, reply::key::<C, K>, reply::value::<C, V>)
}
