//! [`DefaultMap`] as the local type of a [`DefaultDict`]; and maps with a default as fields.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use super::maps::{load, replace};
use crate::{
    codec::{Codec, Encode, KeyCodec},
    collections::{Collection, DefaultDict, KeySite},
    command::{Key, Replies, Request, reply},
    error::{Error, Result},
    local::DefaultMap,
    memory::{
        field::{Defaulted, Field, FieldSite, WithDefault},
        sync::mirror::{Entries, EntryTracker, Held, Mirror, SyncField},
        write_set::{Edit, Fingerprint, WriteKind, WriteSet},
    },
    store::Executor,
};

impl<K, V, C> Mirror<C> for DefaultMap<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Default + Send + 'static,
    C: KeyCodec<K> + Codec<V>,
{
    type Remote<E: Executor<Codec = C>> = DefaultDict<K, V, E>;
    type Tracker = EntryTracker<K, Fingerprint>;

    fn read_request(key: &Key) -> Request {
        Request::read("HGETALL", key)
    }

    fn read(answer: Value) -> Result<Self> {
        let map = reply::pairs(answer, reply::key::<C, K>, reply::value::<C, V>)?;
        Ok(DefaultMap::of(map, V::default()))
    }

    fn load(site: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)> {
        let default = match &site.options.default {
            Some(Ok(bytes)) => <C as Codec<V>>::decode(bytes)?,
            Some(Err(reason)) => return Err(Error::encode(<C as Encode<V>>::NAME, &**reason)),
            None => V::default(),
        };
        let (map, known) = load::<C, K, V, HashMap<K, V>>(answer)?;
        Ok((DefaultMap::of(map, default), known))
    }

    fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
        replace::<C, K, V>(self.iter(), site, writes)
    }
}

/// The entries of the map; the default is none of them.
impl<K, V, C> Entries<C> for DefaultMap<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Default + Send + 'static,
    C: KeyCodec<K> + Codec<V>,
{
    type Key = K;
    type Digest = Fingerprint;

    const WRITE_KIND: WriteKind = WriteKind::Hash;

    fn digests(&self) -> impl Iterator<Item = (&K, Result<Fingerprint>)> {
        Entries::<C>::digests(&**self)
    }

    fn contains(&self, key: &K) -> bool {
        self.contains_key(key)
    }

    fn digest(&self, key: &K) -> Result<Option<Fingerprint>> {
        Entries::<C>::digest(&**self, key)
    }

    fn to_word(print: Fingerprint) -> Vec<u8> {
        print.to_word()
    }

    fn put(&self, key: &K, old: Option<Fingerprint>, edit: &mut Edit<'_>) {
        Entries::<C>::put(&**self, key, old, edit);
    }

    fn remove_entry(key: &K, old: Option<Fingerprint>, edit: &mut Edit<'_>) {
        <HashMap<K, V> as Entries<C>>::remove_entry(key, old, edit);
    }

    fn expect(key: &K, digests: &[Vec<u8>], edit: &mut Edit<'_>) {
        <HashMap<K, V> as Entries<C>>::expect(key, digests, edit);
    }

    fn read_entries_request(handle: &Key, keys: &[K]) -> Request {
        <HashMap<K, V> as Entries<C>>::read_entries_request(handle, keys)
    }

    fn accept(&mut self, key: &K, answer: Value) -> Result<Held<Fingerprint>> {
        Entries::<C>::accept(&mut **self, key, answer)
    }

    fn carry_over(&mut self, key: &K, theirs: &mut Self, old: Option<Fingerprint>) {
        Entries::<C>::carry_over(&mut **self, key, &mut **theirs, old);
    }
}

macro_rules! map_with_default {
    ([$($parameter:ident),+] $map:ty where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> Field<C> for WithDefault<$map>
        where
            K: Clone + Eq + Hash + Send + 'static,
            V: Send + 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Plain = $map;
            type Live<E: Executor<Codec = C>> = DefaultDict<K, V, E>;

            const KIND: &'static str = "DefaultDict";
            const CODEC: &'static str = <$map as Field<C>>::CODEC;

            fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
                <$map as Field<C>>::add_reads(site, reads);
            }

            fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<$map>> {
                <$map as Field<C>>::read(site, replies)
            }

            fn add_writes(plain: &$map, site: &FieldSite, writes: &mut WriteSet) {
                <$map as Field<C>>::add_writes(plain, site, writes);
            }

            fn open<E: Executor<Codec = C>>(
                executor: E,
                site: &FieldSite,
                _: &mut Replies,
            ) -> Result<DefaultDict<K, V, E>> {
                Ok(DefaultDict::from_handle(site.handle(&executor)))
            }
        }

        impl<$($parameter,)+ C> Defaulted<C> for WithDefault<$map>
        where
            K: Clone + Eq + Hash + Send + 'static,
            V: Send + 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Item = V;
        }

        impl<$($parameter,)+ C> SyncField<C> for WithDefault<$map>
        where
            K: Clone + Eq + Hash + Send + 'static,
            V: Default + Send + 'static,
            C: KeyCodec<K> + Codec<V>,
            $($bounds)+
        {
            type Local = DefaultMap<K, V>;
        }
    };
}

map_with_default!([K, V, S] HashMap<K, V, S> where S: BuildHasher + Default + Send + 'static);
map_with_default!([K, V] BTreeMap<K, V> where K: Ord);
