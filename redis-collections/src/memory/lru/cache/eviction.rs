//! Which entries leave memory, and which are written first.

use std::hash::Hash;

use super::{Cache, Entry};
use crate::{
    codec::{Codec, KeyCodec},
    memory::lru::write_batch::WriteBatch,
};

/// How many victims are written at once, unless more must leave memory.
const BATCH: usize = 500;

/// How many victims are written at once by a call that reads as many entries. More would hold up the
/// server, so entries that find no room are not kept.
const MAX_ROOM: usize = 10_000;

impl<K: Clone + Eq + Hash + 'static, V: 'static> Cache<K, V> {
    /// Makes room for `incoming` more entries. Adds the victims to `batch`, and the entry at `now`.
    pub(in super::super) fn make_room<C: KeyCodec<K> + Codec<V>>(
        &mut self,
        incoming: usize,
        now: Option<K>,
        batch: &mut WriteBatch<K>,
    ) {
        let room = incoming.min(self.maxsize).min(MAX_ROOM);
        self.evict_clean(room);
        let mut keys = self.victims(room);
        keys.extend(now);
        self.collect::<C>(keys, batch);
    }

    /// Adds the entry at `key` to `batch`.
    pub(in super::super) fn write_now<C: KeyCodec<K> + Codec<V>>(
        &mut self,
        key: Option<K>,
        batch: &mut WriteBatch<K>,
    ) {
        self.collect::<C>(key.into_iter().collect(), batch);
    }

    /// Returns all dirty entries as one batch.
    pub(in super::super) fn collect_dirty<C: KeyCodec<K> + Codec<V>>(&mut self) -> WriteBatch<K> {
        let keys = self.writable().map(|(key, _)| key.clone()).collect();
        let mut batch = WriteBatch::default();
        self.collect::<C>(keys, &mut batch);
        batch.refused = batch.fault.take();
        batch
    }

    /// Sets all `entries`, and returns those that bypass memory. If memory is too small or the
    /// entries are to be written `now`, adds all dirty entries to `batch`.
    pub(in super::super) fn set_all<C: KeyCodec<K> + Codec<V>>(
        &mut self,
        entries: Vec<(K, V)>,
        now: bool,
        batch: &mut WriteBatch<K>,
    ) -> Vec<(K, V)> {
        let (bypassed, kept): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(key, _)| self.must_bypass(key));
        for (key, value) in kept {
            self.set(key, value);
        }
        self.evict_clean(0);
        if now || self.excess(0) > 0 {
            let writable = self.writable().filter(|(_, entry)| !entry.stuck);
            let keys = writable.map(|(key, _)| key.clone()).collect();
            self.collect::<C>(keys, batch);
        }
        self.bypass::<C>(bypassed, batch)
    }

    /// Adds the entries at `keys` to `batch`, and begins to write them. An entry that cannot be
    /// encoded is stuck.
    fn collect<C: KeyCodec<K> + Codec<V>>(&mut self, keys: Vec<K>, batch: &mut WriteBatch<K>) {
        let first = batch.versions.len();
        for key in keys {
            let Some(entry) = self.entries.peek_mut(&key) else { continue };
            match batch.add::<C, V>(&key, entry.value.as_ref()) {
                Ok(()) => batch.versions.push((key, entry.version)),
                Err(error) => {
                    entry.stuck = true;
                    batch.fault.get_or_insert(error);
                }
            }
        }
        // Not before: a panic of the user's `Serialize` would leave the writes in flight forever.
        for (key, version) in &batch.versions[first..] {
            self.in_flight.begin_write(key, *version);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Keeps an entry that Redis has, if there is room for it.
    pub(super) fn keep(&mut self, key: K, value: V) {
        self.evict_clean(1);
        if self.entries.len() < self.maxsize {
            let (value, version) = (Some(value), self.version);
            self.entries.put(key, Entry { value, version, dirty: false, stuck: false });
        }
    }

    /// Drops the oldest clean entries until there is room for `room` more.
    pub(in super::super) fn evict_clean(&mut self, room: usize) {
        loop {
            let oldest = self.entries.iter().rev().filter(|(_, entry)| !entry.stuck);
            let oldest = oldest.take(self.excess(room).min(BATCH));
            let clean = oldest.filter(|(key, entry)| !entry.dirty && !self.in_flight.contains(key));
            let clean: Vec<K> = clean.map(|(key, _)| key.clone()).collect();
            let evicted = clean.iter().filter(|key| self.drop_entry(key)).count();
            if evicted == 0 {
                return;
            }
            self.stats.evictions += evicted as u64;
        }
    }

    /// Returns the oldest dirty entries, if one of them must leave to make room for `room` more.
    fn victims(&self, room: usize) -> Vec<K> {
        let excess = self.excess(room);
        if excess == 0 {
            return Vec::new();
        }
        let batch = excess.min(BATCH.max(room)).max(self.maxsize.div_ceil(2).min(BATCH));
        // A stuck entry stays, and does not count: it would keep others from being written.
        let oldest = self.entries.iter().rev().filter(|(_, entry)| !entry.stuck).enumerate();
        let mut victims = (oldest.take(batch))
            .filter(|(_, (key, entry))| entry.dirty && !self.in_flight.contains(key))
            .peekable();
        match victims.peek() {
            Some((age, _)) if *age < excess => victims.map(|(_, (key, _))| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the dirty entries that can be written now. Those that a pending removal writes
    /// cannot.
    fn writable(&self) -> impl Iterator<Item = (&K, &Entry<V>)> {
        let dirty = self.dirty_entries();
        dirty.filter(|(key, entry)| entry.value.is_some() || !self.is_being_removed(key))
    }

    /// Returns by how many entries memory is too small for `room` more.
    fn excess(&self, room: usize) -> usize {
        (self.entries.len() + room).saturating_sub(self.maxsize)
    }
}
