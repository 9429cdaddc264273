//! [`Call`] and [`Removal`]: what is under way, and what becomes of it if no answer comes.

use std::{
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::memory::{Entry, Memory};

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
        memory.land(mem::take(&mut self.sent), false);
        self.asked.iter().for_each(|key| memory.asked(key));
    }
}

/// A call under way that removes an entry.
pub(super) struct Removal<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    taken: Option<(K, u64, Option<Entry<V>>)>,
}

impl<K: Clone + Eq + Hash, V> Removal<K, V> {
    /// Takes the entry at `key` out of memory.
    pub(super) fn new(memory: &Shared<K, V>, key: K) -> Self {
        let (version, old) = lock(memory).take(&key);
        Removal { memory: memory.clone(), taken: Some((key, version, old)) }
    }

    /// Takes notice that it was removed, and returns its value, if memory knew whether it had one.
    pub(super) fn made(mut self) -> Option<Option<V>> {
        let (key, version, old) = self.taken.take()?;
        lock(&self.memory).land([(key, version)], true);
        old.map(|old| old.value)
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Removal<K, V> {
    fn drop(&mut self) {
        if let Some((key, version, old)) = self.taken.take() {
            lock(&self.memory).put_back(key, version, old);
        }
    }
}
