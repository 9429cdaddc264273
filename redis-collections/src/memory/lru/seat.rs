//! [`Seat`]: one who waits for the value at a key, maybe with others.

use std::{
    hash::Hash,
    ops::Deref,
    sync::{Arc, MutexGuard},
};

use super::{
    call::{Shared, lock},
    memory::Memory,
};
use crate::store::SharedLoad;

/// One who waits for the value at a key, maybe with others. The last one who goes takes the question
/// along.
pub(super) struct Seat<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    pub(super) key: K,
    flight: Arc<SharedLoad<Option<V>>>,
    /// That of the question.
    pub(super) number: u64,
}

impl<K: Clone + Eq + Hash, V> Seat<K, V> {
    pub(super) fn new(
        shared: &Shared<K, V>,
        mut memory: MutexGuard<'_, Memory<K, V>>,
        key: K,
    ) -> Self {
        let (flight, number) = memory.board(&key);
        Seat { memory: shared.clone(), key, flight, number }
    }
}

impl<K: Clone + Eq + Hash, V> Deref for Seat<K, V> {
    type Target = SharedLoad<Option<V>>;

    fn deref(&self) -> &SharedLoad<Option<V>> {
        &self.flight
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Seat<K, V> {
    fn drop(&mut self) {
        lock(&self.memory).leave(&self.key, self.number);
    }
}
