//! [`Memory`]: the entries in memory, and what is under way between them and Redis.
//!
//! An entry whose key is under way stays in memory until the call has ended. So an answer that
//! comes late finds whatever is newer, and two writes of one entry that overlap are noticed.

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

use lru::LruCache;

use super::{Stats, freight::Freight};
use crate::{Codec, KeyCodec, Result};

/// How many entries are written at once when memory is full, unless more have to leave.
const BATCH: usize = 500;

/// The entries in memory, the one that was used last first.
pub(super) struct Memory<K, V> {
    entries: LruCache<K, Entry<V>>,
    under_way: HashMap<K, UnderWay>,
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

/// The calls that have been sent for a key, and not answered.
#[derive(Default)]
struct UnderWay {
    reads: usize,
    writes: usize,
    version: u64,
    /// Different versions are being written: nobody knows which one Redis gets last.
    contested: bool,
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    pub(super) fn new(maxsize: usize) -> Self {
        Memory {
            entries: LruCache::unbounded(),
            under_way: HashMap::new(),
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
    pub(super) fn find<Q>(&mut self, key: &Q) -> Option<Option<V>>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
        V: Clone,
    {
        let found = self.entries.get(key).map(|entry| entry.value.clone());
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

    /// All keys that differ from what Redis holds, and whether there is a value.
    pub(super) fn dirty(&self) -> impl Iterator<Item = (&K, bool)> {
        let dirty = self.entries.iter().filter(|(_, entry)| entry.dirty);
        dirty.map(|(key, entry)| (key, entry.value.is_some())).take(self.dirty)
    }

    /// Sets the entry at `key`, to none if it was removed, and returns what was there.
    pub(super) fn put(&mut self, key: K, value: Option<V>) -> Option<Entry<V>> {
        self.clock += 1;
        let entry = Entry { value, version: self.clock, dirty: true, stuck: false };
        let old = self.entries.put(key, entry);
        self.dirty += usize::from(old.as_ref().is_none_or(|old| !old.dirty));
        old
    }

    /// Takes what is at `key`, whose removal is sent now: its version, and what was there.
    pub(super) fn take(&mut self, key: &K) -> (u64, Option<Entry<V>>) {
        let removed = self.entries.peek(key).filter(|entry| entry.value.is_none());
        let (version, old) = match removed {
            Some(&Entry { version, dirty, .. }) => {
                (version, Some(Entry { value: None, version, dirty, stuck: false }))
            }
            None => {
                let old = self.put(key.clone(), None);
                (self.clock, old)
            }
        };
        self.depart(key, version);
        (version, old)
    }

    /// Puts back what [`take`](Memory::take) took: nobody knows whether it was removed.
    pub(super) fn put_back(&mut self, key: K, version: u64, old: Option<Entry<V>>) {
        let untouched =
            self.entries.peek(&key).is_some_and(|entry| entry.dirty && entry.version == version);
        let alone = self.under_way.get(&key).is_none_or(|way| way.writes == 1);
        if untouched && alone {
            match old {
                // Redis does not have it, or not as it is.
                Some(Entry { value: Some(value), dirty: true, .. }) => {
                    self.put(key.clone(), Some(value));
                }
                Some(Entry { value: None, .. }) => {}
                // Redis knows better.
                _ => {
                    self.entries.pop(&key);
                    self.dirty -= 1;
                }
            }
        }
        self.land([(key, version)], false);
    }

    /// Takes notice that the values at `keys` have been asked for.
    pub(super) fn ask(&mut self, keys: &[K]) {
        for key in keys {
            self.under_way.entry(key.clone()).or_default().reads += 1;
        }
    }

    /// The value at `key`, for which Redis has answered `found`; it is kept if it is news.
    pub(super) fn arrive(&mut self, key: &K, found: Option<V>) -> Option<V>
    where
        V: Clone,
    {
        if let Some(entry) = self.entries.get(key) {
            return entry.value.clone();
        }
        self.shrink(1);
        if let Some(value) = &found
            && self.entries.len() < self.maxsize
        {
            let value = Some(value.clone());
            let entry = Entry { value, version: self.clock, dirty: false, stuck: false };
            self.entries.put(key.clone(), entry);
        }
        found
    }

    /// Takes notice that the value at `key` is no longer waited for.
    pub(super) fn asked(&mut self, key: &K) {
        if let Some(way) = self.under_way.get_mut(key) {
            way.reads -= 1;
        }
        self.release(key);
    }

    /// Makes room for `incoming` more entries: what has to be written for it, and `now` with it.
    pub(super) fn spill<C>(&mut self, incoming: usize, now: Option<K>) -> Freight<K>
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        let room = incoming.min(self.maxsize);
        self.shrink(room);
        let mut keys = self.leavers(room);
        keys.extend(now);
        self.pack(keys, Freight::add::<C, V>)
    }

    /// All entries that differ from what Redis holds, to be written.
    pub(super) fn pack_dirty<C>(&mut self) -> Freight<K>
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        let keys = self.dirty().map(|(key, _)| key.clone()).collect();
        self.pack(keys, Freight::add::<C, V>)
    }

    /// Takes notice that these versions of entries were written, or may not have been.
    pub(super) fn land(&mut self, sent: impl IntoIterator<Item = (K, u64)>, made: bool) {
        for (key, version) in sent {
            let Some(way) = self.under_way.get_mut(&key) else { continue };
            way.writes -= 1;
            let settled = made && !way.contested;
            way.contested &= way.writes > 0;
            self.stats.writes += u64::from(made);
            if settled
                && let Some(entry) = self.entries.peek_mut(&key)
                && entry.dirty
                && entry.version == version
            {
                entry.dirty = false;
                self.dirty -= 1;
            }
            self.release(&key);
        }
        self.shrink(0);
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
        let going = self.entries.iter().filter(|(key, entry)| self.is_settled(key) && goes(entry));
        for key in going.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            let gone = self.entries.pop(&key);
            self.dirty -= usize::from(gone.is_some_and(|entry| entry.dirty));
        }
    }

    /// The oldest entries that have to be written, if one of them has to leave.
    fn leavers(&self, room: usize) -> Vec<K> {
        let excess = self.excess(room);
        let batch = excess.min(BATCH.max(room)).max(self.maxsize.div_ceil(2).min(BATCH));
        let oldest = self.entries.iter().rev().enumerate().take(batch);
        let mut leaving = oldest
            .filter(|(_, (key, entry))| entry.dirty && !entry.stuck && self.is_settled(key))
            .peekable();
        match leaving.peek() {
            Some((age, _)) if *age < excess => leaving.map(|(_, (key, _))| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Packs the entries at `keys`, which depart now.
    fn pack(
        &mut self,
        keys: Vec<K>,
        add: impl Fn(&mut Freight<K>, &K, Option<&V>) -> Result<()>,
    ) -> Freight<K> {
        let mut freight = Freight::default();
        for key in keys {
            let Some(entry) = self.entries.peek_mut(&key) else { continue };
            match add(&mut freight, &key, entry.value.as_ref()) {
                Ok(()) => freight.sent.push((key, entry.version)),
                Err(error) => {
                    entry.stuck = true;
                    freight.fault.get_or_insert(error);
                }
            }
        }
        freight.sent.iter().for_each(|(key, version)| self.depart(key, *version));
        freight
    }

    fn depart(&mut self, key: &K, version: u64) {
        let way = self.under_way.entry(key.clone()).or_default();
        way.contested |= way.writes > 0 && way.version != version;
        way.version = version;
        way.writes += 1;
    }

    /// Lets the entry at `key` leave memory again, if no call needs it any more.
    fn release(&mut self, key: &K) {
        if self.under_way.get(key).is_none_or(|way| way.reads + way.writes > 0) {
            return;
        }
        self.under_way.remove(key);
        if self.entries.peek(key).is_some_and(|entry| !entry.dirty && entry.value.is_none()) {
            self.entries.pop(key);
        }
    }

    /// Drops the oldest entries that Redis has, too, while there are too many for `room` more.
    fn shrink(&mut self, room: usize) {
        loop {
            let oldest = self.entries.iter().rev().take(self.excess(room).min(BATCH));
            let free = oldest.filter(|(key, entry)| !entry.dirty && self.is_settled(key));
            let free: Vec<K> = free.map(|(key, _)| key.clone()).collect();
            if free.is_empty() {
                return;
            }
            for key in &free {
                self.entries.pop(key);
            }
            self.stats.evictions += free.len() as u64;
        }
    }

    /// By how many entries memory is too small for `room` more.
    fn excess(&self, room: usize) -> usize {
        (self.entries.len() + room).saturating_sub(self.maxsize)
    }

    fn is_settled(&self, key: &K) -> bool {
        !self.under_way.contains_key(key)
    }
}
