//! What leaves memory because it is removed.

use std::{collections::HashMap, hash::Hash};

use super::{Entry, Memory};

/// An entry whose removal is under way.
pub(in super::super) struct Taken<K> {
    pub(in super::super) key: K,
    /// The version of its absence.
    pub(in super::super) version: u64,
    /// Whether memory knew of it.
    pub(in super::super) is_known: bool,
    /// Whether there was a value, which this call has taken.
    is_first: bool,
}

/// The removals of all entries that memory knew, until they have ended.
pub(super) type Removals<K, V> = HashMap<K, Vec<Removal<V>>>;

/// The calls that remove what memory knew of a key.
pub(super) struct Removal<V> {
    version: u64,
    calls: usize,
    /// What memory knew: the call that took it gets it, or another one if that fails. If all fail, it
    /// comes back.
    old: Option<Entry<V>>,
    /// The call that took it has failed.
    is_left: bool,
    /// Another call has been made.
    is_confirmed: bool,
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    /// Takes what memory knows of `key`, whose removal is sent now.
    pub(in super::super) fn take(&mut self, key: K) -> Taken<K> {
        let Some(entry) = self.entries.peek(&key) else {
            return Taken { version: self.change(&key), key, is_known: false, is_first: false };
        };
        let (mut version, mut old) = (entry.version, None);
        if entry.value.is_some() {
            old = self.put(key.clone(), None);
            version = self.clock;
        }
        let is_first = old.is_some();
        let removals = self.removals.entry(key.clone()).or_default();
        match removals.iter_mut().find(|removal| removal.version == version) {
            Some(removal) => removal.calls += 1,
            None => removals.push(Removal::new(version, old)),
        }
        self.under_way.depart(&key, version);
        Taken { key, version, is_known: true, is_first }
    }

    /// Takes all that memory knows, and what is on its way: the removal of everything is sent now.
    pub(in super::super) fn take_all(&mut self) -> Vec<Taken<K>> {
        let known = self.entries.iter().rev().map(|(key, _)| key);
        let coming = self.under_way.keys().filter(|key| !self.entries.contains(*key));
        let keys: Vec<K> = known.chain(coming).cloned().collect();
        let taken = keys.into_iter().map(|key| self.take(key)).collect();
        self.under_way.clear();
        taken
    }

    /// Takes notice that Redis has removed the entry, and returns what memory knew of it.
    pub(in super::super) fn removed(&mut self, taken: &Taken<K>) -> Option<V> {
        if !taken.is_known {
            self.under_way.land_past(&taken.key);
            self.stats.writes += 1;
            return None;
        }
        let old = self.end_removal(taken, true);
        self.settle(&taken.key, taken.version, true);
        old.and_then(|old| old.value)
    }

    /// Takes notice that nobody knows whether the entry was removed; it comes back, unless others
    /// are removing it.
    pub(in super::super) fn put_back(&mut self, taken: Taken<K>) {
        if !taken.is_known {
            self.under_way.land_past(&taken.key);
            return;
        }
        let old = self.end_removal(&taken, false);
        let Taken { key, version, .. } = taken;
        let is_untouched = self.entries.peek(&key).is_some_and(|entry| entry.version == version);
        let is_last = self.under_way.writes(&key) == 1;
        match old {
            // Redis does not have it, or not as it is, or may be given it again.
            Some(Entry { value: Some(value), dirty, .. })
                if is_untouched && (dirty || !is_last) =>
            {
                self.put(key.clone(), Some(value));
            }
            // Redis knows better.
            Some(Entry { value: Some(_), .. }) if is_untouched => {
                let mark = self.entries.pop(&key);
                self.dirty -= usize::from(mark.is_some_and(|mark| mark.dirty));
            }
            _ => {}
        }
        self.settle(&key, version, false);
    }

    /// Takes notice that the removal of everything is no longer under way.
    pub(in super::super) fn cleared(&mut self) {
        self.under_way.cleared();
        self.shrink(0);
    }

    /// Whether the absence of the entry at `key` is being written by a removal.
    pub(super) fn is_being_removed(&self, key: &K) -> bool {
        self.removals.contains_key(key)
    }

    /// Ends one call, and returns what memory knew if it is for this call: to give it to its caller
    /// if it was made, or else to put it back.
    fn end_removal(&mut self, taken: &Taken<K>, made: bool) -> Option<Entry<V>> {
        let removals = self.removals.get_mut(&taken.key)?;
        let at = removals.iter().position(|removal| removal.version == taken.version)?;
        let old = removals[at].end(taken.is_first, made);
        if removals[at].calls == 0 {
            removals.swap_remove(at);
        }
        if removals.is_empty() {
            self.removals.remove(&taken.key);
        }
        old
    }
}

impl<V> Removal<V> {
    fn new(version: u64, old: Option<Entry<V>>) -> Self {
        Removal { version, calls: 1, old, is_left: false, is_confirmed: false }
    }

    /// Ends one call, and returns what memory knew if it is for this call.
    fn end(&mut self, is_first: bool, made: bool) -> Option<Entry<V>> {
        self.calls -= 1;
        let is_last = self.calls == 0;
        let is_for_this = match (made, is_first) {
            (true, true) => true,
            (true, false) => {
                self.is_confirmed = true;
                self.is_left
            }
            (false, true) if self.is_confirmed => {
                self.old = None;
                false
            }
            (false, true) => {
                self.is_left = true;
                is_last
            }
            (false, false) => is_last && self.is_left,
        };
        if is_for_this { self.old.take() } else { None }
    }
}
