//! [`Waiter`]: a caller that waits for the value at a key.

use std::{cell::Cell, hash::Hash, ops::Deref, sync::MutexGuard};

use super::{
    cache::{Cache, LoadId, ValueLoad},
    fetch::Fetch,
    pending::{SharedCache, lock},
};
use crate::store::SharedLoad;

/// A caller that waits for the value at a key, perhaps with others.
pub(super) struct Waiter<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    pub(super) key: K,
    load: ValueLoad<V>,
    pub(super) id: LoadId,
    /// The request that the first waiter has begun. If another waiter is polled first, it begins
    /// its own, and this one is dropped unsent.
    fetch: Cell<Option<Fetch<K, V>>>,
}

impl<K: Clone + Eq + Hash, V> Waiter<K, V> {
    /// Registers a waiter with the load of the entry at `key`, and opens one if there is none. The
    /// first waiter gets the lock back, and must [begin](Waiter::begin) the request under it.
    pub(super) fn register<'c>(
        shared: &SharedCache<K, V>,
        mut cache: MutexGuard<'c, Cache<K, V>>,
        key: K,
    ) -> (Self, Option<MutexGuard<'c, Cache<K, V>>>) {
        let joined = cache.join_load(&key);
        let is_first = joined.is_none();
        let (load, id) = joined.unwrap_or_else(|| cache.open_load(key.clone()));
        let waiter = Waiter { cache: shared.clone(), key, load, id, fetch: Cell::default() };
        (waiter, is_first.then_some(cache))
    }

    /// Keeps the request until it is sent.
    pub(super) fn begin(&self, fetch: Fetch<K, V>) {
        self.fetch.set(Some(fetch));
    }

    /// Takes the request to send it, if there is one.
    pub(super) fn take_fetch(&self) -> Option<Fetch<K, V>> {
        self.fetch.take()
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
