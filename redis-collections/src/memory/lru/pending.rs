//! [`Call`], [`Setting`], [`Bypassing`] and [`Removing`]: what is under way, and what becomes of it if
//! no answer comes.

use std::{
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::cache::{Cache, PendingRemoval};
use crate::error::Result;

/// What all clones of an [`LruDict`](super::LruDict) share.
pub(super) type SharedCache<K, V> = Arc<Mutex<Cache<K, V>>>;

/// The memory; a panic of somebody's `Clone` or `Serialize` leaves it as good as it was.
pub(super) fn lock<K, V>(cache: &Mutex<Cache<K, V>>) -> MutexGuard<'_, Cache<K, V>> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call under way that writes entries, and asks for others.
///
/// One that ends without an answer, since it failed or its future was dropped, has written nothing
/// that memory may forget.
pub(super) struct Call<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    versions: Vec<(K, u64)>,
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
    pub(super) fn new(cache: &SharedCache<K, V>, versions: Vec<(K, u64)>, asked: Asked<K>) -> Self {
        Call { cache: cache.clone(), versions, asked }
    }

    /// A call that asks for nothing.
    pub(super) fn writing(cache: &SharedCache<K, V>, versions: Vec<(K, u64)>) -> Self {
        Self::new(cache, versions, Asked { keys: Vec::new(), time: 0, question: None })
    }

    /// The keys that it asks for.
    pub(super) fn asked(&self) -> &[K] {
        &self.asked.keys
    }

    /// Takes notice that the entries were written.
    pub(super) fn made(&mut self) {
        lock(&self.cache).end_writes(mem::take(&mut self.versions), true);
    }

    /// Takes notice of the values that were asked for, and returns those that hold now.
    pub(super) fn accept(self, found: Vec<Option<V>>) -> Vec<Option<V>>
    where
        V: Clone,
    {
        let (mut cache, time) = (lock(&self.cache), self.asked.time);
        let found = self.asked.keys.iter().zip(found);
        found.map(|(key, found)| cache.accept(key, time, found)).collect()
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Call<K, V> {
    fn drop(&mut self) {
        let mut cache = lock(&self.cache);
        self.asked.keys.iter().for_each(|key| cache.end_load(key, self.asked.question));
        cache.end_writes(mem::take(&mut self.versions), false);
    }
}

/// The setting of an entry that memory does not know, under way.
pub(super) struct Setting<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    key: Option<K>,
}

impl<K: Clone + Eq + Hash, V> Setting<K, V> {
    pub(super) fn new(cache: &SharedCache<K, V>, key: K) -> Self {
        Setting { cache: cache.clone(), key: Some(key) }
    }

    /// Takes notice that Redis holds `value` now.
    pub(super) fn confirm(mut self, value: V) {
        if let Some(key) = self.key.take() {
            lock(&self.cache).confirm_bypass(key, value);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Setting<K, V> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            lock(&self.cache).fail_bypass(&key);
        }
    }
}

/// Entries that are set past memory, under way.
///
/// If that ends without an answer, memory holds them, unless it has no room for any.
pub(super) struct Bypassing<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    entries: Vec<(K, V)>,
}

impl<K: Clone + Eq + Hash, V> Bypassing<K, V> {
    pub(super) fn new(cache: &SharedCache<K, V>, entries: Vec<(K, V)>) -> Self {
        Bypassing { cache: cache.clone(), entries }
    }

    /// Takes notice that Redis holds them now.
    pub(super) fn confirm(mut self) {
        let mut cache = lock(&self.cache);
        for (key, value) in mem::take(&mut self.entries) {
            cache.confirm_bypass(key, value);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Bypassing<K, V> {
    fn drop(&mut self) {
        let mut cache = lock(&self.cache);
        for (key, value) in mem::take(&mut self.entries) {
            cache.fail_bypass_into_memory(key, value);
        }
    }
}

/// The removal of an entry, under way.
///
/// One that ends without an answer puts back what it took out of memory.
pub(super) struct Removing<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    removal: Option<PendingRemoval<K>>,
}

impl<K: Clone + Eq + Hash, V> Removing<K, V> {
    pub(super) fn new(cache: &SharedCache<K, V>, key: K) -> Self {
        let removal = lock(cache).begin_removal(key);
        Removing { cache: cache.clone(), removal: Some(removal) }
    }

    /// Takes notice that Redis holds nothing now, and returns what was there: what memory knew, or
    /// else `found`.
    pub(super) fn confirm(mut self, found: Result<Option<V>>) -> Result<Option<V>> {
        let Some(removal) = self.removal.take() else { return found };
        let known = lock(&self.cache).confirm_removal(&removal);
        if removal.is_known { Ok(known) } else { found }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Removing<K, V> {
    fn drop(&mut self) {
        if let Some(removal) = self.removal.take() {
            lock(&self.cache).fail_removal(removal);
        }
    }
}
