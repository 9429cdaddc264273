//! [`PendingRemoval`]: the removal of an entry, which may still fail.
//!
//! While entries are being removed, memory holds a mark in their place: an entry without a value.

use std::{collections::HashMap, hash::Hash, mem};

use super::{Cache, Entry, Hit};
use crate::memory::lru::{clock::Version, in_flight::Ending};

/// The removal of an entry, which may still fail.
pub(in super::super) struct PendingRemoval<K> {
    key: K,
    /// The version of the mark.
    version: Version,
    role: Role,
}

/// The result of a removal in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Memory does not know the entry, so the removal bypasses memory.
    Bypass,
    /// There was a value. The removal has taken it.
    Taker,
    /// There was no value: another removal has taken it, or the entry was absent.
    Follower,
}

/// The entries that pending removals have removed from memory. A key can be set and removed again
/// while its first removal is pending.
pub(super) type Removals<K, V> = HashMap<K, Vec<RemovedEntry<V>>>;

/// An entry that pending removals have removed from memory.
pub(super) struct RemovedEntry<V> {
    version: Version,
    /// How many removals are pending.
    pending: usize,
    claim: Claim<V>,
}

/// Which removal gets the value that was in memory.
enum Claim<V> {
    /// The one that took it, which is pending. If that fails, another one gets it.
    Taker(Entry<V>),
    /// The one that took it, which is pending. Another one was confirmed, so the value does not come
    /// back if this one fails.
    TakerOnly(Entry<V>),
    /// The first one to be confirmed. If all fail, the value comes back.
    Any(Entry<V>),
    /// None: there was no value, or it was given away.
    Settled,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Removes the entry at `key` from memory, and begins its removal from Redis.
    pub(in super::super) fn begin_removal(&mut self, key: K) -> PendingRemoval<K> {
        let Some(entry) = self.entries.peek(&key) else {
            return PendingRemoval { version: self.begin_bypass(&key), key, role: Role::Bypass };
        };
        let (mut version, mut claim, mut role) = (entry.version, Claim::Settled, Role::Follower);
        if entry.value.is_some() {
            let old = self.put(key.clone(), None);
            version = self.version;
            claim = old.map_or(Claim::Settled, Claim::Taker);
            role = Role::Taker;
        }
        let removals = self.removals.entry(key.clone()).or_default();
        match removals.iter_mut().find(|removed| removed.version == version) {
            Some(removed) => removed.pending += 1,
            None => removals.push(RemovedEntry { version, pending: 1, claim }),
        }
        self.in_flight.begin_write(&key, version);
        PendingRemoval { key, version, role }
    }

    /// Begins the removal of all entries: those that memory knows, those that calls are in flight
    /// for, and those that only Redis knows.
    pub(in super::super) fn begin_clear(&mut self) -> Vec<PendingRemoval<K>> {
        let known = self.entries.iter().rev().map(|(key, _)| key);
        let coming = self.in_flight.keys().filter(|key| !self.entries.contains(*key));
        let keys: Vec<K> = known.chain(coming).cloned().collect();
        let removals = keys.into_iter().map(|key| self.begin_removal(key)).collect();
        self.in_flight.begin_clear();
        removals
    }

    /// Ends a removal. Returns the value for its caller, if memory knows it.
    pub(in super::super) fn end_removal(
        &mut self,
        removal: &PendingRemoval<K>,
        ending: Ending,
    ) -> Option<Hit<V>> {
        match ending {
            Ending::Confirmed => self.confirm_removal(removal),
            Ending::Failed => {
                self.fail_removal(removal);
                None
            }
        }
    }

    /// Ends the removal of all entries.
    pub(in super::super) fn end_clear(&mut self) {
        self.in_flight.end_clear();
    }

    /// Ends a removal that Redis has made. Returns the value for its caller, if memory knew the entry.
    fn confirm_removal(&mut self, removal: &PendingRemoval<K>) -> Option<Hit<V>> {
        if removal.role == Role::Bypass {
            self.in_flight.end_bypass(&removal.key);
            self.stats.writes += 1;
            return None;
        }
        let old = self.take_removed(removal, Ending::Confirmed);
        self.end_write(&removal.key, removal.version, Ending::Confirmed);
        Some(Hit(old.and_then(|old| old.value)))
    }

    /// Ends a removal that Redis may not have made. The entry comes back if no other call removes it.
    fn fail_removal(&mut self, removal: &PendingRemoval<K>) {
        let (key, version) = (&removal.key, removal.version);
        if removal.role == Role::Bypass {
            self.in_flight.end_bypass(key);
            return;
        }
        let old = self.take_removed(removal, Ending::Failed);
        let has_mark = self.entries.peek(key).is_some_and(|entry| entry.version == version);
        if has_mark && let Some(Entry { value: Some(value), dirty, .. }) = old {
            let is_only_write = self.in_flight.writes(key) == 1;
            if dirty || !is_only_write {
                // Redis has another value or none, or another call may still write there.
                self.put(key.clone(), Some(value));
            } else {
                // Redis has this value or none. Memory asks for it when it is needed.
                self.drop_entry(key);
            }
        }
        self.end_write(key, version, Ending::Failed);
    }

    /// Returns whether a pending removal already removes the entry at `key` from Redis.
    pub(super) fn is_being_removed(&self, key: &K) -> bool {
        self.removals.contains_key(key)
    }

    /// Ends one removal, and returns the entry that was in memory if this removal gets it: to return
    /// the value to its caller if it was confirmed, or else to put it back.
    fn take_removed(&mut self, removal: &PendingRemoval<K>, ending: Ending) -> Option<Entry<V>> {
        let removals = self.removals.get_mut(&removal.key)?;
        let at = removals.iter().position(|removed| removed.version == removal.version)?;
        let entry = removals[at].end(removal.role, ending);
        if removals[at].pending == 0 {
            removals.swap_remove(at);
        }
        if removals.is_empty() {
            self.removals.remove(&removal.key);
        }
        entry
    }
}

impl<V> RemovedEntry<V> {
    /// Ends one removal, and returns the entry if this removal gets it.
    fn end(&mut self, role: Role, ending: Ending) -> Option<Entry<V>> {
        self.pending -= 1;
        let is_taker = role == Role::Taker;
        let (claim, entry) = match (mem::replace(&mut self.claim, Claim::Settled), ending) {
            (Claim::Settled, Ending::Confirmed | Ending::Failed) => (Claim::Settled, None),
            (Claim::Taker(entry) | Claim::TakerOnly(entry), Ending::Confirmed) if is_taker => {
                (Claim::Settled, Some(entry))
            }
            (Claim::Taker(entry) | Claim::TakerOnly(entry), Ending::Confirmed) => {
                (Claim::TakerOnly(entry), None)
            }
            (Claim::Taker(entry) | Claim::Any(entry), Ending::Failed) if self.pending == 0 => {
                (Claim::Settled, Some(entry))
            }
            (Claim::Taker(entry), Ending::Failed) if is_taker => (Claim::Any(entry), None),
            (Claim::TakerOnly(_), Ending::Failed) if is_taker => (Claim::Settled, None),
            (claim, Ending::Failed) => (claim, None),
            (Claim::Any(entry), Ending::Confirmed) => (Claim::Settled, Some(entry)),
        };
        self.claim = claim;
        entry
    }
}
