//! [`Cache`]: the entries in memory, and what is under way between them and Redis.
//!
//! An entry whose key is under way stays in memory until the call has ended. So an answer that
//! comes late finds whatever is newer, and two writes of one entry that overlap are noticed.

mod loads;
mod removal;
pub(super) use removal::PendingRemoval;
use removal::Removals;
mod eviction;

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

use lru::LruCache;

use self::loads::OpenLoad;
use super::{Stats, in_flight::InFlight};

/// The entries in memory, the one that was used last first.
pub(super) struct Cache<K, V> {
    entries: LruCache<K, Entry<V>>,
    in_flight: InFlight<K>,
    removals: Removals<K, V>,
    loads: HashMap<K, OpenLoad<V>>,
    /// How many questions there have been.
    loads_begun: u64,
    maxsize: usize,
    dirty: usize,
    clock: u64,
    stats: Stats,
}

/// What is known of a key.
pub(super) struct Entry<V> {
    /// The value; `None` if the entry was removed, and Redis may still have it.
    pub(super) value: Option<V>,
    version: u64,
    dirty: bool,
    /// It cannot be encoded, and would keep the others from being written.
    stuck: bool,
}

/// What memory knows of a key: its value, or that there is none.
pub(super) struct Hit<V>(pub(super) Option<V>);

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    pub(super) fn new(maxsize: usize) -> Self {
        Cache {
            entries: LruCache::unbounded(),
            in_flight: InFlight::default(),
            removals: HashMap::new(),
            loads: HashMap::new(),
            loads_begun: 0,
            maxsize,
            dirty: 0,
            clock: 0,
            stats: Stats::default(),
        }
    }

    pub(super) fn maxsize(&self) -> usize {
        self.maxsize
    }

    pub(super) fn stats(&self) -> Stats {
        self.stats
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.dirty > 0
    }

    /// The value at `key`, if memory knows whether there is one; counts, and makes it the newest.
    pub(super) fn find<Q>(&mut self, key: &Q) -> Option<Hit<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let found = self.entries.get(key).map(|entry| Hit(entry.value.clone()));
        match found {
            Some(_) => self.stats.hits += 1,
            None => self.stats.misses += 1,
        }
        found
    }

    /// Whether there is an entry at `key`, if memory knows.
    pub(super) fn contains<Q>(&self, key: &Q) -> Option<bool>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.entries.peek(key).map(|entry| entry.value.is_some())
    }

    /// All entries, the one that was used last first.
    pub(super) fn recent(&self) -> Vec<(K, V)>
    where
        V: Clone,
    {
        let entry = |(key, entry): (&K, &Entry<V>)| Some((key.clone(), entry.value.clone()?));
        self.entries.iter().filter_map(entry).collect()
    }

    /// All keys that differ from what Redis holds, and whether there is a value.
    pub(super) fn dirty(&self) -> impl Iterator<Item = (&K, bool)> {
        self.dirty_entries().map(|(key, entry)| (key, entry.value.is_some()))
    }

    fn dirty_entries(&self) -> impl Iterator<Item = (&K, &Entry<V>)> {
        self.entries.iter().filter(|(_, entry)| entry.dirty).take(self.dirty)
    }

    /// Sets the entry at `key`, to none if it was removed, and returns what was there.
    pub(super) fn put(&mut self, key: K, value: Option<V>) -> Option<Entry<V>> {
        self.clock += 1;
        let entry = Entry { value, version: self.clock, dirty: true, stuck: false };
        let old = self.entries.put(key, entry);
        self.dirty += usize::from(old.as_ref().is_none_or(|old| !old.dirty));
        old
    }

    /// Takes notice that the entry at `key`, which memory does not know, is being changed in Redis;
    /// returns the version that it will have.
    pub(super) fn begin_bypass(&mut self, key: &K) -> u64 {
        self.clock += 1;
        self.in_flight.begin_bypass(key, self.clock);
        self.clock
    }

    /// Takes notice that Redis has set the entry at `key` to `value`, past memory.
    pub(super) fn confirm_bypass(&mut self, key: K, value: V) {
        let settled = self.in_flight.end_bypass(&key);
        self.stats.writes += 1;
        if settled && !self.entries.contains(&key) {
            self.keep(key, value);
        }
    }

    /// Takes notice that nobody knows whether the entry at `key` was changed, past memory.
    pub(super) fn fail_bypass(&mut self, key: &K) {
        self.in_flight.end_bypass(key);
    }

    /// Takes notice of the same, and holds the value that it was to have, if there is any room.
    pub(super) fn fail_bypass_into_memory(&mut self, key: K, value: V) {
        self.fail_bypass(&key);
        if self.maxsize > 0 && !self.entries.contains(&key) {
            self.put(key, Some(value));
        }
    }

    /// Takes notice that the values at `keys` have been asked for, and returns when.
    pub(super) fn begin_reads(&mut self, keys: &[K]) -> u64 {
        for key in keys {
            self.in_flight.begin_read(key);
        }
        self.in_flight.time()
    }

    /// The value at `key`, for which Redis has answered `found` since it was asked at `time`; it is
    /// kept if it is news.
    pub(super) fn accept(
        &mut self,
        key: &K,
        time: u64,
        found: Option<V>,
        clone: fn(&V) -> V,
    ) -> Option<V> {
        if let Some(entry) = self.entries.get(key) {
            return entry.value.as_ref().map(clone);
        }
        if let Some(value) = &found
            && self.in_flight.still_holds(key, time)
        {
            self.keep(key.clone(), clone(value));
        }
        found
    }

    /// Takes notice that the value at `key` is no longer waited for, nor the answer to the question
    /// that was boarded at `boarded`.
    pub(super) fn end_load(&mut self, key: &K, loads_begun: Option<u64>) {
        self.close_load(key, loads_begun);
        self.in_flight.end_read(key);
        self.release(key);
    }

    /// Takes notice that these versions of entries were written, or may not have been.
    pub(super) fn end_writes(&mut self, versions: impl IntoIterator<Item = (K, u64)>, made: bool) {
        for (key, version) in versions {
            self.settle(&key, version, made);
        }
    }

    fn settle(&mut self, key: &K, version: u64, made: bool) {
        let settled = self.in_flight.end_write(key) && made;
        self.stats.writes += u64::from(made);
        if settled
            && let Some(entry) = self.entries.peek_mut(key)
            && entry.dirty
            && entry.version == version
        {
            entry.dirty = false;
            self.dirty -= 1;
        }
        self.release(key);
    }

    /// Drops all entries that Redis has, too.
    pub(super) fn drop_clean(&mut self) {
        self.drop_if(|entry| !entry.dirty);
    }

    /// Drops all values that Redis does not have; what was removed stays removed.
    pub(super) fn drop_dirty(&mut self) {
        self.drop_if(|entry| entry.dirty && entry.value.is_some());
    }

    fn drop_if(&mut self, goes: impl Fn(&Entry<V>) -> bool) {
        let going =
            self.entries.iter().filter(|(key, entry)| !self.in_flight.has(key) && goes(entry));
        for key in going.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            let gone = self.entries.pop(&key);
            self.dirty -= usize::from(gone.is_some_and(|entry| entry.dirty));
        }
    }

    /// Forgets that there was an entry at `key`, once nobody can answer that there is.
    fn release(&mut self, key: &K) {
        let is_over =
            self.entries.peek(key).is_some_and(|entry| !entry.dirty && entry.value.is_none());
        if is_over && !self.in_flight.has(key) {
            self.entries.pop(key);
        }
    }
}
