//! Who shares a question to Redis.

use std::{hash::Hash, sync::Arc};

use super::Memory;
use crate::Flight;

/// A question that others may share, until somebody has the answer.
pub(super) struct Boarding<V> {
    flight: Arc<Flight<Option<V>>>,
    seats: usize,
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    /// The question for the value at `key`: one that has no answer yet, unless the entry was written
    /// since it was asked, or else a new one.
    pub(in super::super) fn board(&mut self, key: &K) -> Arc<Flight<Option<V>>> {
        if let Some(boarding) = self.boarding.get_mut(key)
            && !self.under_way.has_changed(key)
        {
            boarding.seats += 1;
            self.stats.coalesced += 1;
            return boarding.flight.clone();
        }
        let flight = Arc::<Flight<Option<V>>>::default();
        self.boarding.insert(key.clone(), Boarding { flight: flight.clone(), seats: 1 });
        flight
    }

    /// Takes notice that one of those who share `flight` does not wait any more.
    pub(in super::super) fn leave(&mut self, key: &K, flight: &Arc<Flight<Option<V>>>) {
        let Some(boarding) = self.boarding.get_mut(key) else { return };
        if !Arc::ptr_eq(&boarding.flight, flight) {
            return;
        }
        boarding.seats -= 1;
        if boarding.seats == 0 {
            self.boarding.remove(key);
        }
    }
}
