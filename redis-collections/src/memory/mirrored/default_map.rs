//! [`DefaultMap`]: what a [`DefaultDict`] is in memory, and maps with a default as fields.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use super::maps::{load, replace};
use crate::{
    codec::{Codec, Encode, KeyCodec},
    collections::{Collection, DefaultDict, Target},
    command::{Answers, Key, Request, reply},
    error::{Error, Result},
    local::DefaultMap,
    memory::{
        field::{Defaulted, Field, Spot, WithDefault},
        sync::mirror::{Entries, Fingerprint, Held, Marks, Mirror, SyncField},
        write_set::{Action, Writes},
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
    type Known = Marks<K, Fingerprint>;

    fn ask(key: &Key) -> Request {
        Request::read("HGETALL", key)
    }

    fn read(answer: Value) -> Result<Self> {
        let map = reply::pairs(answer, reply::key::<C, K>, reply::value::<C, V>)?;
        Ok(DefaultMap::of(map, V::default()))
    }

    fn load(target: &Target, answer: Value) -> Result<(Self, Self::Known)> {
        let default = match &target.options.default {
            Some(Ok(bytes)) => <C as Codec<V>>::decode(bytes)?,
            Some(Err(reason)) => return Err(Error::encode(<C as Encode<V>>::NAME, &**reason)),
            None => V::default(),
        };
        let (map, known) = load::<C, K, V, HashMap<K, V>>(answer)?;
        Ok((DefaultMap::of(map, default), known))
    }

    fn replace(&self, target: &Target, writes: &mut Writes) {
        replace::<C, K, V>(self.iter(), target, writes);
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
    type Mark = Fingerprint;

    const ACTION: Action = Action::Hash;

    fn marks(&self) -> impl Iterator<Item = (&K, Result<Fingerprint>)> {
        Entries::<C>::marks(&**self)
    }

    fn contains(&self, key: &K) -> bool {
        self.contains_key(key)
    }

    fn mark(&self, key: &K) -> Result<Option<Fingerprint>> {
        Entries::<C>::mark(&**self, key)
    }

    fn told(print: Fingerprint) -> Vec<u8> {
        print.told()
    }

    fn name(key: &K, writes: &mut Writes) {
        writes.value::<C, K>(key);
    }

    fn put(&self, key: &K, old: Option<Fingerprint>, writes: &mut Writes) {
        Entries::<C>::put(&**self, key, old, writes);
    }

    fn drop(key: &K, old: Fingerprint, writes: &mut Writes) {
        <HashMap<K, V> as Entries<C>>::drop(key, old, writes);
    }

    fn ask_for(place: &Key, keys: &[K]) -> Request {
        <HashMap<K, V> as Entries<C>>::ask_for(place, keys)
    }

    fn take(&mut self, key: &K, answer: Value) -> Result<Held<Fingerprint>> {
        Entries::<C>::take(&mut **self, key, answer)
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

            fn ask(spot: &Spot, asks: &mut Vec<Request>) {
                <$map as Field<C>>::ask(spot, asks);
            }

            fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<$map>> {
                <$map as Field<C>>::read(spot, answers)
            }

            fn write(plain: &$map, spot: &Spot, writes: &mut Writes) {
                <$map as Field<C>>::write(plain, spot, writes);
            }

            fn live<E: Executor<Codec = C>>(
                executor: E,
                spot: &Spot,
                _: &mut Answers,
            ) -> Result<DefaultDict<K, V, E>> {
                Ok(DefaultDict::at(spot.place(&executor)))
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
