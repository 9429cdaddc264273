//! [`InFlight`]: the calls that have begun for each key, and have not ended.

use std::{collections::HashMap, hash::Hash};

use super::clock::{Moment, Version};

/// The calls that have begun for each key, and have not ended.
pub(super) struct InFlight<K> {
    keys: HashMap<K, KeyInFlight>,
    /// How many calls are removing all entries. They affect keys that are not listed, too.
    clears: usize,
    /// When such a call last began or ended.
    last_clear: Moment,
    /// Advances whenever a write begins or ends.
    now: Moment,
}

/// The calls in flight for one key.
#[derive(Default)]
struct KeyInFlight {
    reads: usize,
    writes: usize,
    /// How many of the writes bypass memory, which does not know the entry until they end.
    bypasses: usize,
    /// The version that the latest write sends.
    version: Version,
    /// Different versions are in flight. Redis may receive them in any order.
    contested: bool,
    /// When a write last began or ended.
    last_write: Moment,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Redis has carried it out.
    Confirmed,
    /// It failed, or its future was dropped. Redis may have carried it out.
    Failed,
}

impl<K> Default for InFlight<K> {
    fn default() -> Self {
        InFlight {
            keys: HashMap::new(),
            clears: 0,
            last_clear: Moment::default(),
            now: Moment::default(),
        }
    }
}

impl<K: Clone + Eq + Hash> InFlight<K> {
    /// Returns whether a call for `key` is in flight.
    pub(super) fn contains(&self, key: &K) -> bool {
        !self.keys.is_empty() && self.keys.contains_key(key)
    }

    /// Returns whether a write of the entry at `key` bypasses memory.
    pub(super) fn is_bypassed(&self, key: &K) -> bool {
        self.keys.get(key).is_some_and(|calls| calls.bypasses > 0)
    }

    /// Returns how many writes of the entry at `key` are in flight.
    pub(super) fn writes(&self, key: &K) -> usize {
        self.keys.get(key).map_or(0, |calls| calls.writes)
    }

    /// Returns whether a value of `key` that was requested at `since` is current: no write of the
    /// entry has been in flight since then.
    pub(super) fn is_unchanged(&self, key: &K, since: Moment) -> bool {
        let is_unchanged = |calls: &KeyInFlight| calls.writes == 0 && calls.last_write <= since;
        self.clears == 0 && self.last_clear <= since && self.keys.get(key).is_none_or(is_unchanged)
    }

    /// Returns the keys that calls are in flight for.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.keys.keys()
    }

    /// Returns the current moment.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// Begins a read of the entry at `key`.
    pub(super) fn begin_read(&mut self, key: &K) {
        self.keys.entry(key.clone()).or_default().reads += 1;
    }

    /// Ends a read of the entry at `key`.
    pub(super) fn end_read(&mut self, key: &K) {
        self.end(key, |calls| calls.reads -= 1);
    }

    /// Begins a write of `version` of the entry at `key`.
    pub(super) fn begin_write(&mut self, key: &K, version: Version) {
        let calls = self.keys.entry(key.clone()).or_default();
        calls.contested |= self.clears > 0 || calls.writes > 0 && calls.version != version;
        calls.last_write = self.now.advance();
        calls.version = version;
        calls.writes += 1;
    }

    /// Begins a write of `version` of the entry at `key` that bypasses memory.
    pub(super) fn begin_bypass(&mut self, key: &K, version: Version) {
        self.begin_write(key, version);
        self.keys.entry(key.clone()).or_default().bypasses += 1;
    }

    /// Ends a write of the entry at `key`. Returns whether Redis has the version that was written,
    /// if the write was made: no other version was in flight at the same time.
    pub(super) fn end_write(&mut self, key: &K) -> bool {
        let now = self.now.advance();
        let mut is_uncontested = false;
        self.end(key, |calls| {
            is_uncontested = !calls.contested;
            calls.last_write = now;
            calls.writes -= 1;
            calls.contested &= calls.writes > 0;
        });
        is_uncontested
    }

    /// Ends a write that bypasses memory, and returns the same as [`end_write`](Self::end_write).
    pub(super) fn end_bypass(&mut self, key: &K) -> bool {
        if let Some(calls) = self.keys.get_mut(key) {
            calls.bypasses -= 1;
        }
        self.end_write(key)
    }

    /// Begins the removal of all entries.
    pub(super) fn begin_clear(&mut self) {
        self.clears += 1;
        self.last_clear = self.now.advance();
    }

    /// Ends the removal of all entries.
    pub(super) fn end_clear(&mut self) {
        self.clears -= 1;
        self.last_clear = self.now.advance();
    }

    fn end(&mut self, key: &K, end: impl FnOnce(&mut KeyInFlight)) {
        let Some(calls) = self.keys.get_mut(key) else { return };
        end(calls);
        if calls.reads + calls.writes == 0 {
            self.keys.remove(key);
        }
    }
}
