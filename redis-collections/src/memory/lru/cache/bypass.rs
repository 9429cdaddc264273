//! Entries that are set in Redis and not in memory.

use std::hash::Hash;

use super::Cache;
use crate::{
    codec::{Codec, KeyCodec},
    memory::lru::{clock::Version, write_batch::WriteBatch},
};

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Returns whether the entry at `key` must be set past memory. It must if memory has no room at
    /// all, or while another call changes an entry that memory does not know: only Redis knows the
    /// order of the two.
    pub(in super::super) fn must_bypass(&self, key: &K) -> bool {
        self.maxsize == 0 || self.in_flight.is_bypassed(key) && !self.entries.contains(key)
    }

    /// Adds `entries` to `batch` and begins to set them past memory. Returns those that are pending.
    ///
    /// If one of them cannot be encoded, all are set in memory, or refused if memory has no room.
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

    /// Begins a write that bypasses memory, and returns its version.
    pub(in super::super) fn begin_bypass(&mut self, key: &K) -> Version {
        let version = self.version.advance();
        self.in_flight.begin_bypass(key, version);
        version
    }

    /// Ends a bypass that Redis has made, and keeps the value if no other write was in flight.
    pub(in super::super) fn confirm_bypass(&mut self, key: K, value: V) {
        let is_current = self.in_flight.end_bypass(&key);
        self.stats.writes += 1;
        if is_current && !self.entries.contains(&key) {
            self.keep(key, value);
        }
    }

    /// Ends a bypass that Redis may not have made.
    pub(in super::super) fn fail_bypass(&mut self, key: &K) {
        self.in_flight.end_bypass(key);
    }

    /// Ends a bypass that Redis may not have made, and sets the value in memory, unless memory has
    /// no room or another entry.
    pub(in super::super) fn fail_bypass_into_memory(&mut self, key: K, value: V) {
        self.fail_bypass(&key);
        if self.maxsize > 0 && !self.entries.contains(&key) {
            self.set(key, value);
        }
    }
}
