//! [`Clearance`]: the removal of all entries, under way.

use std::{hash::Hash, mem};

use super::{
    cache::PendingRemoval,
    pending::{SharedCache, lock},
};

/// The removal of all entries, under way.
///
/// If it ends without an answer, it puts back what it took out of memory.
pub(super) struct Clearance<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    removal: Vec<PendingRemoval<K>>,
}

impl<K: Clone + Eq + Hash, V> Clearance<K, V> {
    pub(super) fn new(cache: &SharedCache<K, V>) -> Self {
        let removal = lock(cache).begin_clear();
        Clearance { cache: cache.clone(), removal }
    }

    /// Takes notice that Redis holds nothing now.
    pub(super) fn confirm(mut self) {
        let mut cache = lock(&self.cache);
        for removal in mem::take(&mut self.removal) {
            cache.confirm_removal(&removal);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Clearance<K, V> {
    fn drop(&mut self) {
        let mut cache = lock(&self.cache);
        for removal in mem::take(&mut self.removal) {
            cache.fail_removal(removal);
        }
        cache.end_clear();
    }
}
