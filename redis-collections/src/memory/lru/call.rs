//! [`Call`], [`Setting`], [`Passing`] and [`Removing`]: what is under way, and what becomes of it if
//! no answer comes.

use std::{
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::memory::{Memory, Taken};
use crate::error::Result;

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
    asked: Asked<K>,
}

/// What a call has asked for.
pub(super) struct Asked<K> {
    pub(super) keys: Vec<K>,
    /// When.
    pub(super) time: u64,
    /// The number of the question, if others may share it.
    pub(super) question: Option<u64>,
}

impl<K: Clone + Eq + Hash, V> Call<K, V> {
    pub(super) fn new(memory: &Shared<K, V>, sent: Vec<(K, u64)>, asked: Asked<K>) -> Self {
        Call { memory: memory.clone(), sent, asked }
    }

    /// A call that asks for nothing.
    pub(super) fn writing(memory: &Shared<K, V>, sent: Vec<(K, u64)>) -> Self {
        Self::new(memory, sent, Asked { keys: Vec::new(), time: 0, question: None })
    }

    /// The keys that it asks for.
    pub(super) fn asked(&self) -> &[K] {
        &self.asked.keys
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
        let (mut memory, time) = (lock(&self.memory), self.asked.time);
        let found = self.asked.keys.iter().zip(found);
        found.map(|(key, found)| memory.arrive(key, time, found)).collect()
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Call<K, V> {
    fn drop(&mut self) {
        let mut memory = lock(&self.memory);
        self.asked.keys.iter().for_each(|key| memory.asked(key, self.asked.question));
        memory.land(mem::take(&mut self.sent), false);
    }
}

/// The setting of an entry that memory does not know, under way.
pub(super) struct Setting<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    key: Option<K>,
}

impl<K: Clone + Eq + Hash, V> Setting<K, V> {
    pub(super) fn new(memory: &Shared<K, V>, key: K) -> Self {
        Setting { memory: memory.clone(), key: Some(key) }
    }

    /// Takes notice that Redis holds `value` now.
    pub(super) fn was_made(mut self, value: V) {
        if let Some(key) = self.key.take() {
            lock(&self.memory).set_remotely(key, value);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Setting<K, V> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            lock(&self.memory).lose_change(&key);
        }
    }
}

/// Entries that are set past memory, under way.
///
/// If that ends without an answer, memory holds them, unless it has no room for any.
pub(super) struct Passing<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    entries: Vec<(K, V)>,
}

impl<K: Clone + Eq + Hash, V> Passing<K, V> {
    pub(super) fn new(memory: &Shared<K, V>, entries: Vec<(K, V)>) -> Self {
        Passing { memory: memory.clone(), entries }
    }

    /// Takes notice that Redis holds them now.
    pub(super) fn were_set(mut self) {
        let mut memory = lock(&self.memory);
        for (key, value) in mem::take(&mut self.entries) {
            memory.set_remotely(key, value);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Passing<K, V> {
    fn drop(&mut self) {
        let mut memory = lock(&self.memory);
        for (key, value) in mem::take(&mut self.entries) {
            memory.hold(key, value);
        }
    }
}

/// The removal of an entry, under way.
///
/// One that ends without an answer puts back what it took out of memory.
pub(super) struct Removing<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    taken: Option<Taken<K>>,
}

impl<K: Clone + Eq + Hash, V> Removing<K, V> {
    pub(super) fn new(memory: &Shared<K, V>, key: K) -> Self {
        let taken = lock(memory).take(key);
        Removing { memory: memory.clone(), taken: Some(taken) }
    }

    /// Takes notice that Redis holds nothing now, and returns what was there: what memory knew, or
    /// else `found`.
    pub(super) fn was_made(mut self, found: Result<Option<V>>) -> Result<Option<V>> {
        let Some(taken) = self.taken.take() else { return found };
        let known = lock(&self.memory).removed(&taken);
        if taken.is_known { Ok(known) } else { found }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Removing<K, V> {
    fn drop(&mut self) {
        if let Some(taken) = self.taken.take() {
            lock(&self.memory).put_back(taken);
        }
    }
}
