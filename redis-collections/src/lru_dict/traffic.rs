//! [`Traffic`]: the calls that have been sent for each key, and not answered.

use std::{collections::HashMap, hash::Hash};

/// The calls that have been sent for each key, and not answered.
pub(super) struct Traffic<K> {
    calls: HashMap<K, Calls>,
    /// How many calls are removing all entries, those that nobody knows among them.
    clears: usize,
}

#[derive(Default)]
struct Calls {
    reads: usize,
    writes: usize,
    /// The version that was sent last.
    version: u64,
    /// Different versions are being written: nobody knows which one Redis gets last.
    contested: bool,
    /// What is read may be older than what was written.
    changed: bool,
}

impl<K> Default for Traffic<K> {
    fn default() -> Self {
        Traffic { calls: HashMap::new(), clears: 0 }
    }
}

impl<K: Clone + Eq + Hash> Traffic<K> {
    /// Whether a call for `key` is under way.
    pub(super) fn has(&self, key: &K) -> bool {
        !self.calls.is_empty() && self.calls.contains_key(key)
    }

    /// Whether the entry at `key` was written since the first call that is still under way.
    pub(super) fn has_changed(&self, key: &K) -> bool {
        self.calls.get(key).is_some_and(|calls| calls.changed)
    }

    /// How many writes of the entry at `key` are under way.
    pub(super) fn writes(&self, key: &K) -> usize {
        self.calls.get(key).map_or(0, |calls| calls.writes)
    }

    /// The keys for which calls are under way.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.calls.keys()
    }

    /// Takes notice that the value at `key` has been asked for.
    pub(super) fn ask(&mut self, key: &K) {
        let calls = self.calls.entry(key.clone()).or_default();
        calls.changed |= self.clears > 0;
        calls.reads += 1;
    }

    /// Takes notice that one who asked for the value at `key` does not wait any more.
    pub(super) fn answer(&mut self, key: &K) {
        self.end(key, |calls| calls.reads -= 1);
    }

    /// Takes notice that `version` of the entry at `key` has been sent.
    pub(super) fn depart(&mut self, key: &K, version: u64) {
        let calls = self.calls.entry(key.clone()).or_default();
        calls.contested |= self.clears > 0 || calls.writes > 0 && calls.version != version;
        calls.changed = true;
        calls.version = version;
        calls.writes += 1;
    }

    /// Takes notice that a write of the entry at `key` has ended, and returns whether Redis has what
    /// it wrote: no other version has been under way at the same time.
    pub(super) fn land(&mut self, key: &K) -> bool {
        let mut is_last = false;
        self.end(key, |calls| {
            is_last = !calls.contested;
            calls.writes -= 1;
            calls.contested &= calls.writes > 0;
        });
        is_last
    }

    /// Takes notice that the removal of all entries has been sent.
    pub(super) fn clear(&mut self) {
        self.clears += 1;
    }

    /// Takes notice that such a call has ended.
    pub(super) fn cleared(&mut self) {
        self.clears -= 1;
    }

    fn end(&mut self, key: &K, end: impl FnOnce(&mut Calls)) {
        let Some(calls) = self.calls.get_mut(key) else { return };
        end(calls);
        if calls.reads + calls.writes == 0 {
            self.calls.remove(key);
        }
    }
}
