//! [`HashMap`] and [`BTreeMap`]: what a [`Dict`] is in memory.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use super::Dict;
use crate::{
    Codec, Encode, Executor, Key, KeyCodec, Request, Result,
    codec::with_bytes,
    collection::Target,
    mirror::{Entries, Fingerprint, Marks, Mirror, mirrored_field},
    reply,
    writes::{Action, Writes},
};

/// Reads a whole hash, and the fingerprint of each of its values.
///
/// It is that of the value encoded again: a hash map in a value has its entries in another order
/// then, and must not look changed for it.
pub(in crate::collections) fn load<C, K, V, M>(answer: Value) -> Result<(M, Marks<K, Fingerprint>)>
where
    K: Clone + Eq + Hash,
    C: KeyCodec<K> + Codec<V>,
    M: FromIterator<(K, V)>,
{
    let mut held = HashMap::new();
    let entries = reply::raw_pairs(answer)?.into_iter().map(|(key, value)| {
        let (key, value) = (reply::key::<C, K>(key)?, reply::value::<C, V>(value)?);
        held.insert(key.clone(), with_bytes::<C, V, _>(&value, Fingerprint::of)?);
        Ok((key, value))
    });
    let map = entries.collect::<Result<_>>()?;
    Ok((map, Marks::new(held)))
}

/// Adds what makes Redis hold `entries` and nothing else.
pub(in crate::collections) fn replace<'m, C, K, V>(
    entries: impl Iterator<Item = (&'m K, &'m V)>,
    target: &Target,
    writes: &mut Writes,
) where
    K: 'static,
    V: 'static,
    C: KeyCodec<K> + Codec<V>,
{
    writes.section(Action::Replace, &target.key);
    writes.arg("hash");
    for (key, value) in entries {
        writes.value::<C, K>(key);
        writes.value::<C, V>(value);
    }
}

macro_rules! local_map {
    ([$($parameter:ident),+] $map:ty where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> Mirror<C> for $map
        where
            K: Clone + Eq + Hash + Send + 'static,
            V: Send + 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Remote<E: Executor<Codec = C>> = Dict<K, V, E>;
            type Known = Marks<K, Fingerprint>;

            fn ask(key: &Key) -> Request {
                Request::read("HGETALL", key)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::pairs(answer, reply::key::<C, K>, reply::value::<C, V>)
            }

            fn load(_: &Target, answer: Value) -> Result<(Self, Self::Known)> {
                load::<C, K, V, Self>(answer)
            }

            fn replace(&self, target: &Target, writes: &mut Writes) {
                replace::<C, K, V>(self.iter(), target, writes);
            }
        }

        impl<$($parameter,)+ C> Entries<C> for $map
        where
            K: Clone + Eq + Hash + 'static,
            V: 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Key = K;
            type Mark = Fingerprint;

            const ACTION: Action = Action::Hash;

            fn keys(&self) -> impl Iterator<Item = &K> {
                self.keys()
            }

            fn mark(&self, key: &K) -> Result<Option<Fingerprint>> {
                self.get(key).map(|value| with_bytes::<C, V, _>(value, Fingerprint::of)).transpose()
            }

            fn put(&self, key: &K, _: Option<Fingerprint>, writes: &mut Writes) {
                let Some(value) = self.get(key) else { return };
                writes.value::<C, K>(key);
                writes.value::<C, V>(value);
            }

            fn drop(key: &K, _: Fingerprint, writes: &mut Writes) {
                writes.value::<C, K>(key);
            }
        }

        mirrored_field! {
            [$($parameter),+] $map: "Dict", <C as Encode<V>>::NAME;
            where
                K: Clone + Eq + Hash + Send + 'static,
                V: Send + 'static,
                C: KeyCodec<K> + Codec<V>,
                $($bounds)+
        }
    };
}

local_map!([K, V, S] HashMap<K, V, S> where S: BuildHasher + Default + Send + 'static);
local_map!([K, V] BTreeMap<K, V> where K: Ord);
