//! [`Call`] and [`Change`]: what is under way, and what becomes of it if no answer comes.

use std::{
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::memory::{Memory, Taken};
use crate::Result;

/// What all clones of an [`LruDict`](super::LruDict) share.
pub(super) type Shared<K, V> = Arc<Mutex<Memory<K, V>>>;

/// The memory; a panic of somebody's `Clone` or `Serialize` leaves it as good as it was.
pub(super) fn lock<K, V>(memory: &Mutex<Memory<K, V>>) -> MutexGuard<'_, Memory<K, V>> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call under way that writes entries, and asks for others.
///
/// One that ends without an answer, since it failed or its future was dropped, has written nothing
/// that memory may forget.
pub(super) struct Call<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    sent: Vec<(K, u64)>,
    asked: Vec<K>,
}

impl<K: Clone + Eq + Hash, V> Call<K, V> {
    pub(super) fn new(memory: &Shared<K, V>, sent: Vec<(K, u64)>, asked: Vec<K>) -> Self {
        Call { memory: memory.clone(), sent, asked }
    }

    /// Takes notice that the entries were written.
    pub(super) fn made(&mut self) {
        lock(&self.memory).land(mem::take(&mut self.sent), true);
    }

    /// Takes notice of the values that were asked for, and returns those that hold now.
    pub(super) fn arrived(self, found: Vec<Option<V>>) -> Vec<Option<V>>
    where
        V: Clone,
    {
        let mut memory = lock(&self.memory);
        self.asked.iter().zip(found).map(|(key, found)| memory.arrive(key, found)).collect()
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Call<K, V> {
    fn drop(&mut self) {
        let mut memory = lock(&self.memory);
        self.asked.iter().for_each(|key| memory.asked(key));
        memory.land(mem::take(&mut self.sent), false);
    }
}

/// A call under way that changes one entry, and returns what was there.
///
/// One that ends without an answer puts back what it took out of memory.
pub(super) struct Change<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    taken: Option<Taken<K, V>>,
}

impl<K: Clone + Eq + Hash, V> Change<K, V> {
    /// The setting of the entry at `key`, which memory does not know.
    pub(super) fn set(memory: &Shared<K, V>, key: K, version: u64) -> Self {
        Change { memory: memory.clone(), taken: Some(Taken { key, version, old: None }) }
    }

    /// The removal of the entry at `key`, which leaves memory now.
    pub(super) fn remove(memory: &Shared<K, V>, key: K) -> Self {
        let taken = lock(memory).take(key);
        Change { memory: memory.clone(), taken: Some(taken) }
    }

    /// Takes notice that Redis holds `value` now, and returns what was there: `found`, unless
    /// memory knows better.
    pub(super) fn was_set(mut self, value: V, found: Result<Option<V>>) -> Result<Option<V>> {
        let Some(Taken { key, .. }) = self.taken.take() else { return found };
        lock(&self.memory).set_remotely(key, value, found)
    }

    /// Takes notice that Redis holds nothing now, and returns what was there: `found`, unless
    /// memory knows better.
    pub(super) fn was_removed(mut self, found: Result<Option<V>>) -> Result<Option<V>> {
        let Some(Taken { key, version, old }) = self.taken.take() else { return found };
        let mut memory = lock(&self.memory);
        let Some(old) = old else { return memory.remove_remotely(key, found) };
        memory.land([(key, version)], true);
        Ok(old.value)
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Change<K, V> {
    fn drop(&mut self) {
        if let Some(taken) = self.taken.take() {
            lock(&self.memory).put_back(taken);
        }
    }
}
