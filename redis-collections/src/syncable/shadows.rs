//! The common calls of the local types, which note what they touch and so cost no comparison of all.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, btree_map, hash_map},
    hash::{BuildHasher, Hash},
};

use super::Syncable;
use crate::{
    Executor, Scores, Tally,
    mirror::{Marks, Mirror},
};

impl<K, V, S, M, E> Syncable<HashMap<K, V, S>, E>
where
    HashMap<K, V, S>: Mirror<E::Codec, Known = Marks<K, M>>,
    K: Clone + Eq + Hash,
    M: Copy + PartialEq,
    S: BuildHasher,
    E: Executor,
{
    /// Sets `key` to `value`, and returns the value that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.known.touch(key.clone());
        self.local.insert(key, value)
    }

    /// Removes the entry at `key`, and returns its value.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (key, value) = self.local.remove_entry(key)?;
        self.known.touch(key);
        Some(value)
    }

    /// Returns the value at `key` to be changed.
    pub fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (key, _) = self.local.get_key_value(key)?;
        self.known.touch(key.clone());
        self.local.get_mut(key.clone().borrow())
    }

    /// Returns the place of `key` in the map.
    pub fn entry(&mut self, key: K) -> hash_map::Entry<'_, K, V> {
        self.known.touch(key.clone());
        self.local.entry(key)
    }
}

impl<K, V, M, E> Syncable<BTreeMap<K, V>, E>
where
    BTreeMap<K, V>: Mirror<E::Codec, Known = Marks<K, M>>,
    K: Clone + Eq + Hash + Ord,
    M: Copy + PartialEq,
    E: Executor,
{
    /// Sets `key` to `value`, and returns the value that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.known.touch(key.clone());
        self.local.insert(key, value)
    }

    /// Removes the entry at `key`, and returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (key, value) = self.local.remove_entry(key)?;
        self.known.touch(key);
        Some(value)
    }

    /// Returns the place of `key` in the map.
    pub fn entry(&mut self, key: K) -> btree_map::Entry<'_, K, V> {
        self.known.touch(key.clone());
        self.local.entry(key)
    }
}

impl<T, S, E> Syncable<HashSet<T, S>, E>
where
    HashSet<T, S>: Mirror<E::Codec, Known = Marks<T, ()>>,
    T: Clone + Eq + Hash,
    S: BuildHasher,
    E: Executor,
{
    /// Adds `member`, and returns whether it is new.
    pub fn insert(&mut self, member: T) -> bool {
        self.known.touch(member.clone());
        self.local.insert(member)
    }

    /// Removes `member`, and returns whether it was there.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.local.take(member).map(|member| self.known.touch(member)).is_some()
    }
}

impl<T, E> Syncable<BTreeSet<T>, E>
where
    BTreeSet<T>: Mirror<E::Codec, Known = Marks<T, ()>>,
    T: Clone + Eq + Hash + Ord,
    E: Executor,
{
    /// Adds `member`, and returns whether it is new.
    pub fn insert(&mut self, member: T) -> bool {
        self.known.touch(member.clone());
        self.local.insert(member)
    }

    /// Removes `member`, and returns whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.local.take(member).map(|member| self.known.touch(member)).is_some()
    }
}

impl<T, E> Syncable<Tally<T>, E>
where
    Tally<T>: Mirror<E::Codec, Known = Marks<T, i64>>,
    T: Clone + Eq + Hash,
    E: Executor,
{
    /// Adds `amount` to the count of `thing`, and returns the new count.
    pub fn add(&mut self, thing: T, amount: i64) -> i64 {
        self.known.touch(thing.clone());
        self.local.add(thing, amount)
    }

    /// Sets the count of `thing`.
    pub fn set(&mut self, thing: T, count: i64) {
        self.known.touch(thing.clone());
        self.local.set(thing, count);
    }
}

impl<T, E> Syncable<Scores<T>, E>
where
    Scores<T>: Mirror<E::Codec, Known = Marks<T, f64>>,
    T: Clone + Eq + Hash,
    E: Executor,
{
    /// Sets the score of `member`, and returns the one that it had.
    pub fn insert(&mut self, member: T, score: f64) -> Option<f64> {
        self.known.touch(member.clone());
        self.local.insert(member, score)
    }

    /// Adds `amount` to the score of `member`, and returns the new score.
    pub fn increment(&mut self, member: T, amount: f64) -> f64 {
        self.known.touch(member.clone());
        self.local.increment(member, amount)
    }
}
