//! [`Waiter`]: a caller that waits for the value at a key.

use std::{hash::Hash, ops::Deref, sync::MutexGuard};

use super::{
    cache::{Cache, LoadId, ValueLoad},
    pending::{SharedCache, lock},
};
use crate::store::SharedLoad;

/// A caller that waits for the value at a key, perhaps with others.
pub(super) struct Waiter<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    pub(super) key: K,
    load: ValueLoad<V>,
    pub(super) id: LoadId,
}

impl<K: Clone + Eq + Hash, V> Waiter<K, V> {
    /// Registers a waiter with the load of the entry at `key`, and opens one if there is none. The
    /// first waiter gets the lock back, so that it can begin the request under it.
    pub(super) fn register<'c>(
        shared: &SharedCache<K, V>,
        mut cache: MutexGuard<'c, Cache<K, V>>,
        key: K,
    ) -> (Self, Option<MutexGuard<'c, Cache<K, V>>>) {
        let joined = cache.join_load(&key);
        let is_first = joined.is_none();
        let (load, id) = joined.unwrap_or_else(|| cache.open_load(key.clone()));
        let waiter = Waiter { cache: shared.clone(), key, load, id };
        (waiter, is_first.then_some(cache))
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
        // A closed load does not count its waiters, so most waiters need no lock here.
        if !self.load.is_closed() {
            lock(&self.cache).leave_load(&self.key, self.id);
        }
    }
}
