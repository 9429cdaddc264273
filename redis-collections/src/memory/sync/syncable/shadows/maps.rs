//! The common calls of [`HashMap`], [`BTreeMap`] and [`DefaultMap`].

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap, btree_map, hash_map},
    hash::{BuildHasher, Hash},
};

use crate::{
    local::DefaultMap,
    memory::{
        Syncable,
        sync::mirror::{EntryTracker, Mirror},
    },
    store::Executor,
};

macro_rules! map_calls {
    (
        [$($parameter:ident),+] $map:ty, $entry:ty, [$($bound:tt)+];
        where $($bounds:tt)*
    ) => {
        impl<$($parameter,)+ M, E> Syncable<$map, E>
        where
            $map: Mirror<E::Codec, Tracker = EntryTracker<K, M>>,
            K: Clone + Eq + Hash + $($bound)+,
            M: Copy + PartialEq,
            E: Executor,
            $($bounds)*
        {
            /// Sets `key` to `value`, and returns the old value.
            pub fn insert(&mut self, key: K, value: V) -> Option<V> {
                self.tracker.touch(key.clone());
                self.local.insert(key, value)
            }

            /// Removes the entry at `key`, and returns its value.
            pub fn remove<Q: $($bound)+ + ?Sized>(&mut self, key: &Q) -> Option<V>
            where
                K: Borrow<Q>,
            {
                let (key, value) = self.local.remove_entry(key)?;
                self.tracker.touch(key);
                Some(value)
            }

            /// Returns the value at `key` for a change.
            pub fn get_mut<Q: $($bound)+ + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
            where
                K: Borrow<Q>,
            {
                let (owned, _) = self.local.get_key_value(key)?;
                self.tracker.touch(owned.clone());
                self.local.get_mut(key)
            }

            /// Returns the entry of `key`.
            pub fn entry(&mut self, key: K) -> $entry {
                self.tracker.touch(key.clone());
                self.local.entry(key)
            }

            /// Sets each key to its value.
            pub fn extend(&mut self, entries: impl IntoIterator<Item = (K, V)>) {
                for (key, value) in entries {
                    self.insert(key, value);
                }
            }
        }
    };
}

map_calls! {
    [K, V, S] HashMap<K, V, S>, hash_map::Entry<'_, K, V>, [Hash + Eq];
    where S: BuildHasher
}
map_calls! { [K, V] BTreeMap<K, V>, btree_map::Entry<'_, K, V>, [Ord]; where }
map_calls! { [K, V] DefaultMap<K, V>, hash_map::Entry<'_, K, V>, [Hash + Eq]; where }

impl<K, V, M, E> Syncable<DefaultMap<K, V>, E>
where
    DefaultMap<K, V>: Mirror<E::Codec, Tracker = EntryTracker<K, M>>,
    K: Clone + Eq + Hash,
    V: Clone,
    M: Copy + PartialEq,
    E: Executor,
{
    /// Returns the value at `key`. If there is none, inserts the default first.
    pub fn get_or_default(&mut self, key: K) -> &mut V {
        self.tracker.touch(key.clone());
        self.local.get_or_default(key)
    }
}
