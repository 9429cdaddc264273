//! [`Clearance`]: the removal of all entries, under way.

use std::{hash::Hash, mem};

use super::{
    call::{Shared, lock},
    memory::Taken,
};

/// The removal of all entries, under way.
///
/// If it ends without an answer, it puts back what it took out of memory.
pub(super) struct Clearance<K: Clone + Eq + Hash, V> {
    memory: Shared<K, V>,
    taken: Vec<Taken<K>>,
}

impl<K: Clone + Eq + Hash, V> Clearance<K, V> {
    pub(super) fn new(memory: &Shared<K, V>) -> Self {
        let taken = lock(memory).take_all();
        Clearance { memory: memory.clone(), taken }
    }

    /// Takes notice that Redis holds nothing now.
    pub(super) fn was_made(mut self) {
        let mut memory = lock(&self.memory);
        for taken in mem::take(&mut self.taken) {
            memory.removed(&taken);
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Clearance<K, V> {
    fn drop(&mut self) {
        let mut memory = lock(&self.memory);
        for taken in mem::take(&mut self.taken) {
            memory.put_back(taken);
        }
        memory.cleared();
    }
}
