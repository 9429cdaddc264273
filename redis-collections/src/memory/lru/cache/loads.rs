//! [`OpenLoad`]: a read of one entry that callers can join.

use std::{hash::Hash, sync::Arc};

use super::Cache;
use crate::{memory::lru::clock::Moment, store::SharedLoad};

/// The read of one entry that its waiters share.
pub(in super::super) type ValueLoad<V> = Arc<SharedLoad<Option<V>>>;

/// Identifies a load. A pending call holds this instead of the load: the load holds the call's future,
/// so the two would keep each other alive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct LoadId(u64);

/// A read of one entry that callers can join.
pub(super) struct OpenLoad<V> {
    shared: ValueLoad<V>,
    waiters: usize,
    id: LoadId,
    /// When it began.
    since: Moment,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// Joins the open load of the entry at `key`, if the entry has not been written since that began.
    pub(in super::super) fn join_load(&mut self, key: &K) -> Option<(ValueLoad<V>, LoadId)> {
        let load = self.loads.get_mut(key)?;
        if !self.in_flight.is_unchanged(key, load.since) {
            return None;
        }
        load.waiters += 1;
        self.stats.coalesced += 1;
        Some((load.shared.clone(), load.id))
    }

    /// Opens a load of the entry at `key`, for others to join.
    pub(in super::super) fn open_load(&mut self, key: K) -> (ValueLoad<V>, LoadId) {
        self.last_load.0 += 1;
        let (shared, id) = (ValueLoad::<V>::default(), self.last_load);
        let load = OpenLoad { shared: shared.clone(), waiters: 1, id, since: self.in_flight.now() };
        if let Some(outdated) = self.loads.insert(key, load) {
            outdated.shared.close();
        }
        (shared, id)
    }

    /// Takes one waiter off a load. A load without waiters is closed.
    pub(in super::super) fn leave_load(&mut self, key: &K, id: LoadId) {
        let Some(load) = self.loads.get_mut(key).filter(|load| load.id == id) else { return };
        load.waiters -= 1;
        if load.waiters == 0 {
            self.close_load(key, id);
        }
    }

    /// Closes a load that has ended, successfully or not.
    pub(super) fn close_load(&mut self, key: &K, id: LoadId) {
        if self.loads.get(key).is_some_and(|load| load.id == id)
            && let Some(load) = self.loads.remove(key)
        {
            load.shared.close();
        }
    }
}
