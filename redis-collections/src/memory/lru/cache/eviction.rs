//! Who leaves memory, and what is written before.

use std::hash::Hash;

use super::{Cache, Entry};
use crate::{
    codec::{Codec, KeyCodec},
    error::Result,
    memory::lru::write_batch::WriteBatch,
};

/// How many entries are written at once when memory is full, unless more have to leave.
const BATCH: usize = 500;

/// How many entries are written at once by a call that brings as many: more would hold up the
/// server, and what finds no room is not kept.
const MOST: usize = 10_000;

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Makes room for `incoming` more entries: adds what has to be written for it, and `now`.
    pub(in super::super) fn make_room<C>(
        &mut self,
        incoming: usize,
        now: Option<K>,
        batch: &mut WriteBatch<K>,
    ) where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        let room = incoming.min(self.maxsize).min(MOST);
        self.evict_clean(room);
        let mut keys = self.victims(room);
        keys.extend(now);
        self.collect(keys, batch, WriteBatch::add::<C, V>);
    }

    /// Adds the entry at `key`, to be written at once.
    pub(in super::super) fn write_now<C>(&mut self, key: Option<K>, batch: &mut WriteBatch<K>)
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        self.collect(key.into_iter().collect(), batch, WriteBatch::add::<C, V>);
    }

    /// All entries that differ from what Redis holds, to be written.
    pub(in super::super) fn collect_dirty<C>(&mut self) -> WriteBatch<K>
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        let keys = self.writable().map(|(key, _)| key.clone()).collect();
        let mut batch = WriteBatch::default();
        self.collect(keys, &mut batch, WriteBatch::add::<C, V>);
        batch.refused = batch.fault.take();
        batch
    }

    /// Sets all `entries`, and returns those that go past memory. Adds what has to be written: nothing,
    /// if there is room and it is not to be written `now`.
    pub(in super::super) fn set_all<C>(
        &mut self,
        entries: Vec<(K, V)>,
        now: bool,
        batch: &mut WriteBatch<K>,
    ) -> Vec<(K, V)>
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        let (bypassed, staying): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(key, _)| self.must_bypass(key));
        for (key, value) in staying {
            self.set(key, value);
        }
        self.evict_clean(0);
        if now || self.excess(0) > 0 {
            let fit = self.writable().filter(|(_, entry)| !entry.stuck);
            let keys = fit.map(|(key, _)| key.clone()).collect();
            self.collect(keys, batch, WriteBatch::add::<C, V>);
        }
        self.bypass::<C>(bypassed, batch)
    }

    /// The dirty entries that may be written now: no call is removing them already.
    fn writable(&self) -> impl Iterator<Item = (&K, &Entry<V>)> {
        let dirty = self.dirty_entries();
        dirty.filter(|(key, entry)| entry.value.is_some() || !self.is_being_removed(key))
    }

    /// Whether the entry at `key` has to be set past memory: there is no room for any, or somebody
    /// else is changing it there, so Redis knows the order.
    pub(in super::super) fn must_bypass(&self, key: &K) -> bool {
        self.maxsize == 0 || self.in_flight.is_bypassed(key) && !self.entries.contains(key)
    }

    /// Adds entries that go to Redis past memory, and returns them. If one cannot be stored, they are
    /// in memory instead, or refused where that has no room.
    pub(in super::super) fn bypass<C>(
        &mut self,
        entries: Vec<(K, V)>,
        batch: &mut WriteBatch<K>,
    ) -> Vec<(K, V)>
    where
        K: 'static,
        V: 'static,
        C: KeyCodec<K> + Codec<V>,
    {
        match batch.add_all::<C, V>(&entries) {
            Ok(()) => {
                for (key, _) in &entries {
                    self.begin_bypass(key);
                }
                return entries;
            }
            Err(error) if self.maxsize == 0 => batch.refused = Some(error),
            Err(error) => {
                batch.fault = Some(error);
                for (key, value) in entries {
                    self.set(key, value);
                }
            }
        }
        Vec::new()
    }

    /// Keeps an entry that Redis has, too, if there is room for it.
    pub(super) fn keep(&mut self, key: K, value: V) {
        self.evict_clean(1);
        if self.entries.len() < self.maxsize {
            let (value, version) = (Some(value), self.version);
            self.entries.put(key, Entry { value, version, dirty: false, stuck: false });
        }
    }

    /// Drops the oldest entries that Redis has, too, while there are too many for `room` more.
    pub(in super::super) fn evict_clean(&mut self, room: usize) {
        loop {
            let oldest = self.entries.iter().rev().filter(|(_, entry)| !entry.stuck);
            let oldest = oldest.take(self.excess(room).min(BATCH));
            let free = oldest.filter(|(key, entry)| !entry.dirty && !self.in_flight.contains(key));
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

    /// The oldest entries that have to be written, if one of them has to leave.
    fn victims(&self, room: usize) -> Vec<K> {
        let excess = self.excess(room);
        if excess == 0 {
            return Vec::new();
        }
        let batch = excess.min(BATCH.max(room)).max(self.maxsize.div_ceil(2).min(BATCH));
        // One that cannot be stored stays, and takes nobody's turn.
        let oldest = self.entries.iter().rev().filter(|(_, entry)| !entry.stuck).enumerate();
        let mut leaving = (oldest.take(batch))
            .filter(|(_, (key, entry))| entry.dirty && !self.in_flight.contains(key))
            .peekable();
        match leaving.peek() {
            Some((age, _)) if *age < excess => leaving.map(|(_, (key, _))| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Adds the entries at `keys`, which depart now.
    fn collect(
        &mut self,
        keys: Vec<K>,
        batch: &mut WriteBatch<K>,
        add: impl Fn(&mut WriteBatch<K>, &K, Option<&V>) -> Result<()>,
    ) {
        let first = batch.versions.len();
        for key in keys {
            let Some(entry) = self.entries.peek_mut(&key) else { continue };
            match add(batch, &key, entry.value.as_ref()) {
                Ok(()) => batch.versions.push((key, entry.version)),
                Err(error) => {
                    entry.stuck = true;
                    batch.fault.get_or_insert(error);
                }
            }
        }
        for (key, version) in &batch.versions[first..] {
            self.in_flight.begin_write(key, *version);
        }
    }

    /// By how many entries memory is too small for `room` more.
    fn excess(&self, room: usize) -> usize {
        (self.entries.len() + room).saturating_sub(self.maxsize)
    }
}
