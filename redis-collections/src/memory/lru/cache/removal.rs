//! What leaves memory because it is removed.

use std::{collections::HashMap, hash::Hash};

use super::{Cache, Entry};

/// An entry whose removal is under way.
pub(in super::super) struct PendingRemoval<K> {
    pub(in super::super) key: K,
    /// The version of its absence.
    pub(in super::super) version: u64,
    /// Whether memory knew of it.
    pub(in super::super) is_known: bool,
    /// Whether there was a value, which this call has taken.
    is_taker: bool,
}

/// The removals of all entries that memory knew, until they have ended.
pub(super) type Removals<K, V> = HashMap<K, Vec<RemovedEntry<V>>>;

/// The calls that remove what memory knew of a key.
pub(super) struct RemovedEntry<V> {
    version: u64,
    calls: usize,
    /// What memory knew: the call that took it gets it, or another one if that fails. If all fail, it
    /// comes back.
    old: Option<Entry<V>>,
    /// The call that took it has failed.
    is_unclaimed: bool,
    /// Another call has been made.
    is_confirmed: bool,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Takes what memory knows of `key`, whose removal is sent now.
    pub(in super::super) fn begin_removal(&mut self, key: K) -> PendingRemoval<K> {
        let Some(entry) = self.entries.peek(&key) else {
            return PendingRemoval {
                version: self.begin_bypass(&key),
                key,
                is_known: false,
                is_taker: false,
            };
        };
        let (mut version, mut old) = (entry.version, None);
        if entry.value.is_some() {
            old = self.put(key.clone(), None);
            version = self.clock;
        }
        let is_taker = old.is_some();
        let removals = self.removals.entry(key.clone()).or_default();
        match removals.iter_mut().find(|removal| removal.version == version) {
            Some(removal) => removal.calls += 1,
            None => removals.push(RemovedEntry::new(version, old)),
        }
        self.in_flight.begin_write(&key, version);
        PendingRemoval { key, version, is_known: true, is_taker }
    }

    /// Takes all that memory knows, and what is on its way: the removal of everything is sent now.
    pub(in super::super) fn begin_clear(&mut self) -> Vec<PendingRemoval<K>> {
        let known = self.entries.iter().rev().map(|(key, _)| key);
        let coming = self.in_flight.keys().filter(|key| !self.entries.contains(*key));
        let keys: Vec<K> = known.chain(coming).cloned().collect();
        let removal = keys.into_iter().map(|key| self.begin_removal(key)).collect();
        self.in_flight.begin_clear();
        removal
    }

    /// Takes notice that Redis has removed the entry, and returns what memory knew of it.
    pub(in super::super) fn confirm_removal(&mut self, removal: &PendingRemoval<K>) -> Option<V> {
        if !removal.is_known {
            self.in_flight.end_bypass(&removal.key);
            self.stats.writes += 1;
            return None;
        }
        let old = self.end_removal(removal, true);
        self.settle(&removal.key, removal.version, true);
        old.and_then(|old| old.value)
    }

    /// Takes notice that nobody knows whether the entry was removed; it comes back, unless others
    /// are removing it.
    pub(in super::super) fn fail_removal(&mut self, removal: &PendingRemoval<K>) {
        if !removal.is_known {
            self.in_flight.end_bypass(&removal.key);
            return;
        }
        let old = self.end_removal(removal, false);
        let (key, version) = (&removal.key, removal.version);
        let is_untouched = self.entries.peek(key).is_some_and(|entry| entry.version == version);
        let is_last = self.in_flight.writes(key) == 1;
        match old {
            // Redis does not have it, or not as it is, or may be given it again.
            Some(Entry { value: Some(value), dirty, .. })
                if is_untouched && (dirty || !is_last) =>
            {
                self.put(key.clone(), Some(value));
            }
            // Redis knows better.
            Some(Entry { value: Some(_), .. }) if is_untouched => {
                let mark = self.entries.pop(key);
                self.dirty -= usize::from(mark.is_some_and(|mark| mark.dirty));
            }
            _ => {}
        }
        self.settle(key, version, false);
    }

    /// Takes notice that the removal of everything is no longer under way.
    pub(in super::super) fn end_clear(&mut self) {
        self.in_flight.end_clear();
    }

    /// Whether the absence of the entry at `key` is being written by a removal.
    pub(super) fn is_being_removed(&self, key: &K) -> bool {
        self.removals.contains_key(key)
    }

    /// Ends one call, and returns what memory knew if it is for this call: to give it to its caller
    /// if it was made, or else to put it back.
    fn end_removal(&mut self, removal: &PendingRemoval<K>, made: bool) -> Option<Entry<V>> {
        let removals = self.removals.get_mut(&removal.key)?;
        let at = removals.iter().position(|entry| entry.version == removal.version)?;
        let old = removals[at].end(removal.is_taker, made);
        if removals[at].calls == 0 {
            removals.swap_remove(at);
        }
        if removals.is_empty() {
            self.removals.remove(&removal.key);
        }
        old
    }
}

impl<V> RemovedEntry<V> {
    fn new(version: u64, old: Option<Entry<V>>) -> Self {
        RemovedEntry { version, calls: 1, old, is_unclaimed: false, is_confirmed: false }
    }

    /// Ends one call, and returns what memory knew if it is for this call.
    fn end(&mut self, is_taker: bool, made: bool) -> Option<Entry<V>> {
        self.calls -= 1;
        let is_last = self.calls == 0;
        let is_for_this = match (made, is_taker) {
            (true, true) => true,
            (true, false) => {
                self.is_confirmed = true;
                self.is_unclaimed
            }
            (false, true) if self.is_confirmed => {
                self.old = None;
                false
            }
            (false, true) => {
                self.is_unclaimed = true;
                is_last
            }
            (false, false) => is_last && self.is_unclaimed,
        };
        if is_for_this { self.old.take() } else { None }
    }
}
