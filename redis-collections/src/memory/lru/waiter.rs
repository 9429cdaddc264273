//! [`Waiter`]: one who waits for the value at a key, maybe with others.

use std::{
    hash::Hash,
    ops::Deref,
    sync::{Arc, MutexGuard},
};

use super::{
    cache::Cache,
    pending::{SharedCache, lock},
};
use crate::store::SharedLoad;

/// One who waits for the value at a key, maybe with others. The last one who goes takes the question
/// along.
pub(super) struct Waiter<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    pub(super) key: K,
    load: Arc<SharedLoad<Option<V>>>,
    /// That of the question.
    pub(super) number: u64,
}

impl<K: Clone + Eq + Hash, V> Waiter<K, V> {
    pub(super) fn new(
        shared: &SharedCache<K, V>,
        mut cache: MutexGuard<'_, Cache<K, V>>,
        key: K,
    ) -> Self {
        let (load, number) = cache.join_load(&key);
        Waiter { cache: shared.clone(), key, load, number }
    }
}

impl<K: Clone + Eq + Hash, V> Deref for Waiter<K, V> {
    type Target = SharedLoad<Option<V>>;

    fn deref(&self) -> &SharedLoad<Option<V>> {
        &self.load
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Waiter<K, V> {
    fn drop(&mut self) {
        lock(&self.cache).leave_load(&self.key, self.number);
    }
}
