//! [`DefaultMap`]: a map in memory with a default value.

use std::{
    collections::HashMap,
    hash::Hash,
    ops::{Deref, DerefMut},
};

/// A [`HashMap`] with a default value for missing keys: the local type of a
/// [`DefaultDict`](crate::DefaultDict).
///
/// Only [`get_or_default`](DefaultMap::get_or_default) uses the default. All other methods are those of
/// [`HashMap`].
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
    /// Creates an empty map with the default value `default`.
    pub fn new(default: V) -> Self {
        Self::of(HashMap::new(), default)
    }

    /// Creates a map with the entries of `map` and the default value `default`.
    pub fn of(map: HashMap<K, V>, default: V) -> Self {
        DefaultMap { map, default }
    }

    /// Returns the value at `key`; inserts the default value first if there is no entry.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Clone,
    {
        self.map.entry(key).or_insert_with(|| self.default.clone())
    }

    /// Returns the entries without the default value.
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
