//! Who shares a question to Redis.

use std::{hash::Hash, sync::Arc};

use super::Cache;
use crate::{memory::lru::clock::Moment, store::SharedLoad};

/// A question that others may share, until somebody has the answer.
pub(super) struct OpenLoad<V> {
    shared: Arc<SharedLoad<Option<V>>>,
    waiters: usize,
    /// Its number.
    number: u64,
    /// When it was new.
    since: Moment,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// The question for the value at `key`, and its number: one that has no answer yet, unless the
    /// entry was written since it was new, or else a new one.
    pub(in super::super) fn join_load(&mut self, key: &K) -> (Arc<SharedLoad<Option<V>>>, u64) {
        if let Some(load) = self.loads.get_mut(key)
            && self.in_flight.is_unchanged(key, load.since)
        {
            load.waiters += 1;
            self.stats.coalesced += 1;
            return (load.shared.clone(), load.number);
        }
        self.loads_begun += 1;
        let (shared, number) = (Arc::<SharedLoad<Option<V>>>::default(), self.loads_begun);
        let since = self.in_flight.now();
        self.loads
            .insert(key.clone(), OpenLoad { shared: shared.clone(), waiters: 1, number, since });
        (shared, number)
    }

    /// Takes notice that one of those who share the question does not wait any more.
    pub(in super::super) fn leave_load(&mut self, key: &K, number: u64) {
        let load = self.loads.get_mut(key).filter(|it| it.number == number);
        let Some(load) = load else { return };
        load.waiters -= 1;
        if load.waiters == 0 {
            self.loads.remove(key);
        }
    }

    /// Takes notice that the question with this number has its answer, or will have none.
    pub(super) fn close_load(&mut self, key: &K, number: Option<u64>) {
        if number.is_some() && self.loads.get(key).map(|it| it.number) == number {
            self.loads.remove(key);
        }
    }
}
