//! What leaves memory because it is removed.

use std::hash::Hash;

use super::{Entry, Memory};

/// An entry whose removal is under way.
pub(in super::super) struct Taken<K, V> {
    pub(in super::super) key: K,
    /// The version of its absence.
    pub(in super::super) version: u64,
    /// What memory knew.
    pub(in super::super) old: Option<Entry<V>>,
}

impl<K, V> Taken<K, V> {
    /// Whether there was a value.
    pub(in super::super) fn is_value(&self) -> bool {
        self.old.as_ref().is_some_and(|old| old.value.is_some())
    }

    /// Which version of which entry was sent.
    pub(in super::super) fn into_sent(self) -> (K, u64) {
        (self.key, self.version)
    }
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    /// Takes what memory knows of `key`, whose removal is sent now.
    pub(in super::super) fn take(&mut self, key: K) -> Taken<K, V> {
        let Some(&Entry { ref value, version, dirty, stuck }) = self.entries.peek(&key) else {
            return Taken { version: self.change(&key), key, old: None };
        };
        if value.is_none() {
            self.under_way.depart(&key, version);
            let old = Some(Entry { value: None, version, dirty, stuck });
            return Taken { key, version, old };
        }
        let old = self.put(key.clone(), None);
        self.under_way.depart(&key, self.clock);
        Taken { key, version: self.clock, old }
    }

    /// Takes all that memory knows, and what is on its way: the removal of everything is sent now.
    pub(in super::super) fn take_all(&mut self) -> Vec<Taken<K, V>> {
        let known = self.entries.iter().rev().map(|(key, _)| key);
        let coming = self.under_way.keys().filter(|key| !self.entries.contains(*key));
        let keys: Vec<K> = known.chain(coming).cloned().collect();
        let taken = keys.into_iter().map(|key| self.take(key)).collect();
        self.under_way.clear();
        taken
    }

    /// Puts back what was taken: nobody knows whether it was removed.
    pub(in super::super) fn put_back(&mut self, Taken { key, version, old }: Taken<K, V>) {
        let untouched =
            self.entries.peek(&key).is_some_and(|entry| entry.dirty && entry.version == version);
        if untouched && self.under_way.writes(&key) == 1 {
            match old {
                // Redis does not have it, or not as it is.
                Some(Entry { value: Some(value), dirty: true, .. }) => {
                    self.put(key.clone(), Some(value));
                }
                // Redis knows better.
                Some(Entry { value: Some(_), .. }) => {
                    self.entries.pop(&key);
                    self.dirty -= 1;
                }
                _ => {}
            }
        }
        self.land([(key, version)], false);
    }

    /// Takes notice that the removal of everything is no longer under way.
    pub(in super::super) fn cleared(&mut self) {
        self.under_way.cleared();
    }
}
