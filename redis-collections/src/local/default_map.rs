//! [`DefaultMap`]: a map in memory of which every key has a value.

use std::{
    collections::HashMap,
    hash::Hash,
    ops::{Deref, DerefMut},
};

/// A [`HashMap`] with a value for each missing key: what a [`DefaultDict`](crate::DefaultDict) is
/// in Redis.
///
/// ```
/// use redis_collections::DefaultMap;
///
/// let mut visits = DefaultMap::new(10);
/// *visits.get_or_default("ada") += 1;
/// assert_eq!(visits["ada"], 11);
/// assert_eq!(visits.get("alan"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefaultMap<K: Eq + Hash, V> {
    map: HashMap<K, V>,
    default: V,
}

impl<K: Eq + Hash, V> DefaultMap<K, V> {
    /// Creates an empty map of which each missing key stands for `default`.
    pub fn new(default: V) -> Self {
        Self::of(HashMap::new(), default)
    }

    /// The map with the entries of `map`.
    pub fn of(map: HashMap<K, V>, default: V) -> Self {
        DefaultMap { map, default }
    }

    /// Returns the value at `key`; inserts the default first if it is not there.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Clone,
    {
        self.map.entry(key).or_insert_with(|| self.default.clone())
    }

    /// Gives up the default, and returns the entries.
    pub fn into_map(self) -> HashMap<K, V> {
        self.map
    }
}

impl<K: Eq + Hash, V> Deref for DefaultMap<K, V> {
    type Target = HashMap<K, V>;

    fn deref(&self) -> &HashMap<K, V> {
        &self.map
    }
}

impl<K: Eq + Hash, V> DerefMut for DefaultMap<K, V> {
    fn deref_mut(&mut self) -> &mut HashMap<K, V> {
        &mut self.map
    }
}
