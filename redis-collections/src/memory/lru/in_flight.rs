//! [`InFlight`]: the calls that have been sent for each key, and not answered.

use std::{collections::HashMap, hash::Hash};

/// The calls that have been sent for each key, and not answered.
pub(super) struct InFlight<K> {
    calls: HashMap<K, KeyInFlight>,
    /// How many calls are removing all entries, those that nobody knows among them.
    clears: usize,
    /// When such a call was sent or ended the last time.
    cleared: u64,
    /// Goes on whenever a write is sent or ends.
    time: u64,
}

#[derive(Default)]
struct KeyInFlight {
    reads: usize,
    writes: usize,
    /// How many of the writes went past memory, which does not know the entry meanwhile.
    changes: usize,
    /// The version that was sent last.
    version: u64,
    /// Different versions are being written: nobody knows which one Redis gets last.
    contested: bool,
    /// When a write was sent or ended the last time.
    changed: u64,
}

impl<K> Default for InFlight<K> {
    fn default() -> Self {
        InFlight { calls: HashMap::new(), clears: 0, cleared: 0, time: 0 }
    }
}

impl<K: Clone + Eq + Hash> InFlight<K> {
    /// Whether a call for `key` is under way.
    pub(super) fn has(&self, key: &K) -> bool {
        !self.calls.is_empty() && self.calls.contains_key(key)
    }

    /// Whether the entry at `key` is being changed past memory.
    pub(super) fn is_bypassed(&self, key: &K) -> bool {
        self.calls.get(key).is_some_and(|calls| calls.changes > 0)
    }

    /// How many writes of the entry at `key` are under way.
    pub(super) fn writes(&self, key: &K) -> usize {
        self.calls.get(key).map_or(0, |calls| calls.writes)
    }

    /// Whether what was read of `key` still holds if it was asked for at `time`: no write has been
    /// under way since.
    pub(super) fn still_holds(&self, key: &K, time: u64) -> bool {
        let is_same = |calls: &KeyInFlight| calls.writes == 0 && calls.changed <= time;
        self.clears == 0 && self.cleared <= time && self.calls.get(key).is_none_or(is_same)
    }

    /// The keys for which calls are under way.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.calls.keys()
    }

    /// What time it is.
    pub(super) fn time(&self) -> u64 {
        self.time
    }

    /// Takes notice that the value at `key` has been asked for.
    pub(super) fn begin_read(&mut self, key: &K) {
        self.calls.entry(key.clone()).or_default().reads += 1;
    }

    /// Takes notice that one who asked for the value at `key` does not wait any more.
    pub(super) fn end_read(&mut self, key: &K) {
        self.end(key, |calls| calls.reads -= 1);
    }

    /// Takes notice that `version` of the entry at `key` has been sent.
    pub(super) fn begin_write(&mut self, key: &K, version: u64) {
        let calls = self.calls.entry(key.clone()).or_default();
        calls.contested |= self.clears > 0 || calls.writes > 0 && calls.version != version;
        self.time += 1;
        calls.changed = self.time;
        calls.version = version;
        calls.writes += 1;
    }

    /// Takes notice that a change of the entry at `key` has been sent, past memory.
    pub(super) fn begin_bypass(&mut self, key: &K, version: u64) {
        self.begin_write(key, version);
        self.calls.entry(key.clone()).or_default().changes += 1;
    }

    /// Takes notice that a write of the entry at `key` has ended, and returns whether Redis has what
    /// it wrote: no other version has been under way at the same time.
    pub(super) fn end_write(&mut self, key: &K) -> bool {
        self.time += 1;
        let (mut is_last, time) = (false, self.time);
        self.end(key, |calls| {
            is_last = !calls.contested;
            calls.changed = time;
            calls.writes -= 1;
            calls.contested &= calls.writes > 0;
        });
        is_last
    }

    /// Takes notice that a change past memory has ended, and returns the same.
    pub(super) fn end_bypass(&mut self, key: &K) -> bool {
        if let Some(calls) = self.calls.get_mut(key) {
            calls.changes -= 1;
        }
        self.end_write(key)
    }

    /// Takes notice that the removal of all entries has been sent.
    pub(super) fn begin_clear(&mut self) {
        self.time += 1;
        (self.clears, self.cleared) = (self.clears + 1, self.time);
    }

    /// Takes notice that such a call has ended.
    pub(super) fn end_clear(&mut self) {
        self.time += 1;
        (self.clears, self.cleared) = (self.clears - 1, self.time);
    }

    fn end(&mut self, key: &K, end: impl FnOnce(&mut KeyInFlight)) {
        let Some(calls) = self.calls.get_mut(key) else { return };
        end(calls);
        if calls.reads + calls.writes == 0 {
            self.calls.remove(key);
        }
    }
}
