//! [`HashMap`] and [`BTreeMap`] as the local types of a [`Dict`].

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use crate::{
    codec::{Codec, Encode, KeyCodec, encode_unchecked},
    collections::{Dict, KeySite},
    command::{Key, Request, reply},
    error::Result,
    memory::{
        sync::mirror::{Entries, EntryTracker, Held, Mirror, Unreadable, mirrored_field},
        write_set::{Content, Edit, Fingerprint, WriteKind, WriteSet},
    },
    store::Executor,
};

/// Reads a whole hash, and the fingerprint of each of its values.
pub(super) fn load<C, K, V, M>(answer: Value) -> Result<(M, EntryTracker<K, Fingerprint>)>
where
    K: Clone + Eq + Hash,
    C: KeyCodec<K> + Codec<V>,
    M: FromIterator<(K, V)>,
{
    let (mut digests, mut unreadable) = (Vec::new(), None);
    let entries = reply::raw_pairs(answer)?.into_iter().map(|(key, value)| {
        let bytes = reply::bytes(value)?;
        let entry = reply::key::<C, K>(key).and_then(|key| Ok((key, read::<C, V>(&bytes)?)));
        let entry = Unreadable::sift(entry, bytes.len(), &mut unreadable)?;
        Ok(entry.map(|(key, (value, held))| {
            digests.push((key.clone(), held));
            (key, value)
        }))
    });
    let map = entries.filter_map(Result::transpose).collect::<Result<_>>()?;
    Ok((map, EntryTracker::loaded(digests, unreadable)))
}

/// Reads a value, and its fingerprints.
///
/// One is that of the value encoded again: a hash map in a value has its entries in another order
/// then, and must not look changed for it.
pub(super) fn read<C: Codec<V>, V>(bytes: &[u8]) -> Result<(V, Held<Fingerprint>)> {
    let value = C::decode(bytes)?;
    let stored = Fingerprint::of(bytes);
    let seen = encode_unchecked::<C, V, _>(&value, |again| {
        if again == bytes { stored } else { Fingerprint::of(again) }
    })?;
    Ok((value, Held { seen: Some(seen), stored: Some(stored) }))
}

/// Reads what was answered for an entry, and its fingerprints if it is there.
pub(super) fn read_entry<C: Codec<V>, V>(answer: Value) -> Result<(Option<V>, Held<Fingerprint>)> {
    let entry = reply::or_nil(answer, |value| read::<C, V>(&reply::bytes(value)?))?;
    let none = Held { seen: None, stored: None };
    Ok(entry.map_or((None, none), |(value, held)| (Some(value), held)))
}

/// Adds what makes Redis hold `entries` and nothing else.
pub(super) fn replace<'m, 'w, C, K, V>(
    entries: impl Iterator<Item = (&'m K, &'m V)>,
    site: &KeySite,
    writes: &'w mut WriteSet,
) -> Edit<'w>
where
    K: 'static,
    V: 'static,
    C: KeyCodec<K> + Codec<V>,
{
    let mut edit = writes.replace(&site.key, Content::Hash);
    entries.for_each(|(key, value)| edit.set::<C, K, V>(key, value));
    edit
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
            type Tracker = EntryTracker<K, Fingerprint>;

            fn read_request(key: &Key) -> Request {
                Request::read("HGETALL", key)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::pairs(answer, reply::key::<C, K>, reply::value::<C, V>)
            }

            fn load(_: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)> {
                load::<C, K, V, Self>(answer)
            }

            fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
                replace::<C, K, V>(self.iter(), site, writes)
            }
        }

        impl<$($parameter,)+ C> Entries<C> for $map
        where
            K: Clone + Eq + Hash + Send + 'static,
            V: Send + 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Key = K;
            type Digest = Fingerprint;

            const WRITE_KIND: WriteKind = WriteKind::Hash;

            fn digests(&self) -> impl Iterator<Item = (&K, Result<Fingerprint>)> {
                self.iter().map(|(key, value)| {
                    (key, encode_unchecked::<C, V, _>(value, Fingerprint::of))
                })
            }

            fn contains(&self, key: &K) -> bool {
                self.contains_key(key)
            }

            fn digest(&self, key: &K) -> Result<Option<Fingerprint>> {
                self.get(key).map(|value| encode_unchecked::<C, V, _>(value, Fingerprint::of)).transpose()
            }

            fn to_word(print: Fingerprint) -> Vec<u8> {
                print.to_word()
            }

            fn put(&self, key: &K, _: Option<Fingerprint>, edit: &mut Edit<'_>) {
                if let Some(value) = self.get(key) {
                    edit.set::<C, K, V>(key, value);
                }
            }

            fn remove_entry(key: &K, _: Option<Fingerprint>, edit: &mut Edit<'_>) {
                edit.remove::<C, K>(key);
            }

            fn expect(key: &K, digests: &[Vec<u8>], edit: &mut Edit<'_>) {
                edit.expect::<C, K>(key, digests);
            }

            fn read_entries_request(handle: &Key, keys: &[K]) -> Request {
                Request::read("HMGET", handle).values::<C, K, _>(keys)
            }

            fn accept(&mut self, key: &K, answer: Value) -> Result<Held<Fingerprint>> {
                let (value, held) = read_entry::<C, V>(answer)?;
                match value {
                    Some(value) => self.insert(key.clone(), value),
                    None => self.remove(key),
                };
                Ok(held)
            }

            fn carry_over(&mut self, key: &K, theirs: &mut Self, _: Option<Fingerprint>) {
                match theirs.remove(key) {
                    Some(value) => self.insert(key.clone(), value),
                    None => self.remove(key),
                };
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
