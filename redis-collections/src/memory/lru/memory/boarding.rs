//! Who shares a question to Redis.

use std::{hash::Hash, sync::Arc};

use super::Memory;
use crate::store::SharedLoad;

/// A question that others may share, until somebody has the answer.
pub(super) struct Boarding<V> {
    flight: Arc<SharedLoad<Option<V>>>,
    seats: usize,
    /// Its number.
    number: u64,
    /// When it was new.
    time: u64,
}

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    /// The question for the value at `key`, and its number: one that has no answer yet, unless the
    /// entry was written since it was new, or else a new one.
    pub(in super::super) fn board(&mut self, key: &K) -> (Arc<SharedLoad<Option<V>>>, u64) {
        if let Some(boarding) = self.boarding.get_mut(key)
            && self.under_way.still_holds(key, boarding.time)
        {
            boarding.seats += 1;
            self.stats.coalesced += 1;
            return (boarding.flight.clone(), boarding.number);
        }
        self.boarded += 1;
        let (flight, number) = (Arc::<SharedLoad<Option<V>>>::default(), self.boarded);
        let time = self.under_way.time();
        self.boarding
            .insert(key.clone(), Boarding { flight: flight.clone(), seats: 1, number, time });
        (flight, number)
    }

    /// Takes notice that one of those who share the question does not wait any more.
    pub(in super::super) fn leave(&mut self, key: &K, number: u64) {
        let boarding = self.boarding.get_mut(key).filter(|it| it.number == number);
        let Some(boarding) = boarding else { return };
        boarding.seats -= 1;
        if boarding.seats == 0 {
            self.boarding.remove(key);
        }
    }

    /// Takes notice that the question with this number has its answer, or will have none.
    pub(super) fn close(&mut self, key: &K, number: Option<u64>) {
        if number.is_some() && self.boarding.get(key).map(|it| it.number) == number {
            self.boarding.remove(key);
        }
    }
}
