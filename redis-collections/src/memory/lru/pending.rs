//! [`Pending`]: a call that may still fail.

use std::{
    hash::Hash,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    cache::{Cache, Hit, LoadId, PendingRemoval},
    clock::{Moment, Version},
    in_flight::Ending,
};
use crate::error::Result;

/// The cache that all clones of an [`LruDict`](super::LruDict) share.
pub(super) type SharedCache<K, V> = Arc<Mutex<Cache<K, V>>>;

/// Locks the cache. A panic of the user's `Clone` or `Serialize` leaves the cache sound, so a
/// poisoned lock is no reason to stop.
pub(super) fn lock<K, V>(cache: &Mutex<Cache<K, V>>) -> MutexGuard<'_, Cache<K, V>> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call that may still fail.
///
/// It ends when it is [confirmed](Pending::confirm) or dropped. A call that is dropped before Redis
/// has replied counts as failed, so the entries that it writes stay dirty.
pub(super) struct Pending<K: Clone + Eq + Hash, V> {
    cache: SharedCache<K, V>,
    /// The entries in memory that the call writes.
    versions: Vec<(K, Version)>,
    kind: PendingKind<K, V>,
    ending: Ending,
}

/// The effect of a call, apart from writing entries that memory holds.
pub(super) enum PendingKind<K, V> {
    /// It only writes entries that memory holds.
    Write,
    /// It reads entries.
    Load(PendingLoad<K, V>),
    /// It replaces entries that memory does not know, and reads the old ones. If it fails, the new
    /// values are gone.
    Replace(Vec<(K, V)>),
    /// It sets entries past memory. If it fails, memory holds them, unless `maxsize` is 0.
    Bypass(Vec<(K, V)>),
    /// It removes an entry. If it fails, the entry comes back. `None` once that has ended.
    Remove(Option<PendingRemoval<K>>),
    /// It removes all entries. If it fails, those that memory knew come back.
    Clear(Vec<PendingRemoval<K>>),
}

/// The keys that a call reads.
pub(super) struct PendingLoad<K, V> {
    pub(super) keys: Vec<K>,
    /// When the call began.
    pub(super) since: Moment,
    /// The load that other callers can join, if any.
    pub(super) id: Option<LoadId>,
    /// `V::clone`. Other kinds of calls do not require `V: Clone`.
    pub(super) clone: fn(&V) -> V,
}

impl<K: Clone + Eq + Hash, V> Pending<K, V> {
    pub(super) fn new(
        cache: &SharedCache<K, V>,
        versions: Vec<(K, Version)>,
        kind: PendingKind<K, V>,
    ) -> Self {
        Pending { cache: cache.clone(), versions, kind, ending: Ending::Failed }
    }

    /// Returns the keys that the call reads.
    pub(super) fn keys(&self) -> &[K] {
        if let PendingKind::Load(load) = &self.kind { &load.keys } else { &[] }
    }

    /// Returns the entries that the call sets past memory.
    pub(super) fn entries(&self) -> &[(K, V)] {
        match &self.kind {
            PendingKind::Replace(entries) | PendingKind::Bypass(entries) => entries,
            _ => &[],
        }
    }

    /// Ends the call, which Redis has carried out. Returns the values that `read` finds in the reply,
    /// or newer ones from memory.
    pub(super) fn confirm(
        mut self,
        read: impl FnOnce() -> Result<Vec<Option<V>>>,
    ) -> Result<Vec<Option<V>>> {
        // Set before the reply is read: a panic in the user's `Deserialize` undoes nothing in Redis.
        self.ending = Ending::Confirmed;
        let found = read();
        self.end(found)
    }

    /// Ends the call as [`confirm`](Pending::confirm) does, for a reply that is one value.
    pub(super) fn confirm_one(self, read: impl FnOnce() -> Result<Option<V>>) -> Result<Option<V>> {
        let values = self.confirm(|| Ok(vec![read()?]))?;
        Ok(values.into_iter().next().flatten())
    }

    /// Ends the call with the values that it found, under one lock.
    fn end(&mut self, found: Result<Vec<Option<V>>>) -> Result<Vec<Option<V>>> {
        let Pending { cache, versions, kind, ending } = self;
        let mut cache = lock(cache);
        cache.end_writes(mem::take(versions), *ending);
        let found = kind.end(&mut cache, *ending, found);
        // Only now: after a panic above, `Drop` ends the rest of the call.
        *kind = PendingKind::Write;
        cache.evict_clean(0);
        found
    }

    /// Returns whether there is nothing left to end.
    fn is_over(&self) -> bool {
        self.versions.is_empty() && matches!(self.kind, PendingKind::Write)
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Pending<K, V> {
    fn drop(&mut self) {
        if !self.is_over() {
            // No caller is left to return values to.
            let _ = self.end(Ok(Vec::new()));
        }
    }
}

impl<K: Clone + Eq + Hash, V> PendingKind<K, V> {
    fn end(
        &mut self,
        cache: &mut Cache<K, V>,
        ending: Ending,
        found: Result<Vec<Option<V>>>,
    ) -> Result<Vec<Option<V>>> {
        match (self, ending) {
            (PendingKind::Write, _) => {}
            (PendingKind::Load(load), _) => {
                let found = found.map(|found| load.accept(cache, found));
                load.keys.drain(..).for_each(|key| cache.end_read(&key, load.id));
                return found;
            }
            (PendingKind::Replace(set) | PendingKind::Bypass(set), Ending::Confirmed) => {
                set.drain(..).for_each(|(key, value)| cache.confirm_bypass(key, value));
            }
            (PendingKind::Replace(set), Ending::Failed) => {
                set.drain(..).for_each(|(key, _)| cache.fail_bypass(&key));
            }
            (PendingKind::Bypass(set), Ending::Failed) => {
                // Memory keeps the first value of a key that it gets: the last one that was set.
                let set = set.drain(..).rev();
                set.for_each(|(key, value)| cache.fail_bypass_into_memory(key, value));
            }
            (PendingKind::Remove(removal), _) => {
                let Some(removal) = removal.take() else { return found };
                if let Some(Hit(known)) = cache.end_removal(&removal, ending) {
                    return Ok(vec![known]);
                }
            }
            (PendingKind::Clear(removals), _) => {
                let ended = removals.drain(..).map(|removal| cache.end_removal(&removal, ending));
                // Dropped when all have ended: a panic of one value would leave the others in flight.
                drop(ended.collect::<Vec<_>>());
                cache.end_clear();
            }
        }
        found
    }
}

impl<K: Clone + Eq + Hash, V> PendingLoad<K, V> {
    /// Keeps the values that Redis has `found`, and returns the current ones.
    fn accept(&self, cache: &mut Cache<K, V>, found: Vec<Option<V>>) -> Vec<Option<V>> {
        let found = self.keys.iter().zip(found);
        found.map(|(key, found)| cache.accept(key, self.since, found, self.clone)).collect()
    }
}
