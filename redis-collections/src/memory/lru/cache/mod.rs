//! [`Cache`]: the entries in memory, and the calls in flight between memory and Redis.
//!
//! An entry stays in memory while a call for its key is in flight. So a late reply finds the newer
//! value, and two overlapping writes of one entry are noticed.

mod loads;
use loads::OpenLoad;
pub(super) use loads::{LoadId, ValueLoad};

mod removal;
pub(super) use removal::PendingRemoval;
use removal::Removals;

mod eviction;

mod bypass;

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

use lru::LruCache;

use super::{
    Stats,
    clock::{Moment, Version},
    in_flight::{Ending, InFlight},
};

/// The entries in memory, and the calls in flight between memory and Redis.
pub(super) struct Cache<K, V> {
    /// The most recently used entry comes first.
    entries: LruCache<K, Entry<V>>,
    in_flight: InFlight<K>,
    removals: Removals<K, V>,
    loads: HashMap<K, OpenLoad<V>>,
    last_load: LoadId,
    maxsize: usize,
    dirty: usize,
    /// The latest version.
    version: Version,
    stats: Stats,
}

/// The entry that memory holds for a key.
struct Entry<V> {
    /// `None` if there is no entry; Redis may still have one.
    value: Option<V>,
    version: Version,
    /// Redis has not confirmed this version.
    dirty: bool,
    /// It cannot be encoded. It is passed over, so that the others can still be written.
    stuck: bool,
}

/// A key that memory knows: its value, or `None` if there is no entry.
pub(super) struct Hit<V>(pub(super) Option<V>);

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    pub(super) fn new(maxsize: usize) -> Self {
        Cache {
            entries: LruCache::unbounded(),
            in_flight: InFlight::default(),
            removals: HashMap::new(),
            loads: HashMap::new(),
            last_load: LoadId::default(),
            maxsize,
            dirty: 0,
            version: Version::default(),
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

    /// Looks up `key`, counts a hit or a miss, and makes the entry the most recent one.
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

    /// Returns whether there is an entry at `key`, or `None` if only Redis knows.
    pub(super) fn contains<Q>(&self, key: &Q) -> Option<bool>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.entries.peek(key).map(|entry| entry.value.is_some())
    }

    /// Returns all entries, the most recently used one first.
    pub(super) fn recent(&self) -> Vec<(K, V)>
    where
        V: Clone,
    {
        let entry = |(key, entry): (&K, &Entry<V>)| Some((key.clone(), entry.value.clone()?));
        self.entries.iter().filter_map(entry).collect()
    }

    /// Returns the keys of all dirty entries, and whether each has a value.
    pub(super) fn dirty(&self) -> impl Iterator<Item = (&K, bool)> {
        self.dirty_entries().map(|(key, entry)| (key, entry.value.is_some()))
    }

    fn dirty_entries(&self) -> impl Iterator<Item = (&K, &Entry<V>)> {
        self.entries.iter().filter(|(_, entry)| entry.dirty).take(self.dirty)
    }

    /// Sets or removes the value at `key`, and returns the old entry.
    fn put(&mut self, key: K, value: Option<V>) -> Option<Entry<V>> {
        let entry = Entry { value, version: self.version.advance(), dirty: true, stuck: false };
        // Unlike `put`, this returns the key, so a panic of its `Drop` comes after the count.
        let old = self.entries.push(key, entry);
        self.dirty += usize::from(old.as_ref().is_none_or(|(_, old)| !old.dirty));
        old.map(|(_, old)| old)
    }

    /// Sets the value at `key` in memory.
    pub(super) fn set(&mut self, key: K, value: V) {
        self.put(key, Some(value));
    }

    /// Begins reads of the entries at `keys`, and returns the current moment.
    pub(super) fn begin_reads(&mut self, keys: &[K]) -> Moment {
        for key in keys {
            self.in_flight.begin_read(key);
        }
        self.in_flight.now()
    }

    /// Returns the current value at `key`: the one in memory, or else the one that Redis has
    /// `found` for a read that began at `since`. The latter is kept if no write has been in flight
    /// since then.
    pub(super) fn accept(
        &mut self,
        key: &K,
        since: Moment,
        found: Option<V>,
        clone: fn(&V) -> V,
    ) -> Option<V> {
        if let Some(entry) = self.entries.get(key) {
            return entry.value.as_ref().map(clone);
        }
        if let Some(value) = &found
            && self.in_flight.is_unchanged(key, since)
        {
            self.keep(key.clone(), clone(value));
        }
        found
    }

    /// Ends a read of the entry at `key`, which closes the load with this `id`.
    pub(super) fn end_read(&mut self, key: &K, id: Option<LoadId>) {
        if let Some(id) = id {
            self.close_load(key, id);
        }
        self.in_flight.end_read(key);
        self.drop_mark(key);
    }

    /// Ends writes of these versions.
    pub(super) fn end_writes(
        &mut self,
        versions: impl IntoIterator<Item = (K, Version)>,
        ending: Ending,
    ) {
        for (key, version) in versions {
            self.end_write(&key, version, ending);
        }
    }

    /// Ends a write of one version. The entry is clean if Redis surely has that version, and memory
    /// too.
    fn end_write(&mut self, key: &K, version: Version, ending: Ending) {
        let is_uncontested = self.in_flight.end_write(key);
        let is_confirmed = ending == Ending::Confirmed;
        self.stats.writes += u64::from(is_confirmed);
        if is_uncontested
            && is_confirmed
            && let Some(entry) = self.entries.peek_mut(key)
            && entry.dirty
            && entry.version == version
        {
            entry.dirty = false;
            self.dirty -= 1;
        }
        self.drop_mark(key);
    }

    /// Drops all clean entries.
    pub(super) fn drop_clean(&mut self) {
        self.drop_if(|entry| !entry.dirty);
    }

    /// Drops all dirty entries that have a value. Removed entries stay removed.
    pub(super) fn drop_dirty(&mut self) {
        self.drop_if(|entry| entry.dirty && entry.value.is_some());
    }

    /// Drops all entries that `is_dropped` selects, except those in flight.
    fn drop_if(&mut self, is_dropped: impl Fn(&Entry<V>) -> bool) {
        let dropped = self
            .entries
            .iter()
            .filter(|(key, entry)| !self.in_flight.contains(key) && is_dropped(entry));
        for key in dropped.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            self.drop_entry(&key);
        }
    }

    /// Drops the entry at `key`, and returns whether there was one.
    fn drop_entry(&mut self, key: &K) -> bool {
        // `pop` drops the key while the list still has the entry. If that panics, the list is broken.
        let dropped = self.entries.pop_entry(key);
        self.dirty -= usize::from(dropped.as_ref().is_some_and(|(_, entry)| entry.dirty));
        dropped.is_some()
    }

    /// Drops the mark of a removed entry, once no call in flight can find the entry in Redis.
    fn drop_mark(&mut self, key: &K) {
        let is_mark =
            self.entries.peek(key).is_some_and(|entry| !entry.dirty && entry.value.is_none());
        if is_mark && !self.in_flight.contains(key) {
            self.drop_entry(key);
        }
    }
}
