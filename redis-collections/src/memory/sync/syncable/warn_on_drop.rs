//! [`WarnOnDrop`]: what is known of a collection in memory, which tells if it goes with changes.

use std::ops::{Deref, DerefMut};

use crate::{
    command::Key,
    memory::sync::mirror::{Mirror, Tracker},
};

/// What is known of a collection in memory.
///
/// When it is dropped it warns of changes that go with it. It looks only at what was touched: to
/// compare could take long, and a drop is no time for that.
pub(super) struct WarnOnDrop<L: Mirror<C>, C: 'static> {
    tracker: L::Tracker,
    key: Key,
    is_given_up: bool,
}

impl<L: Mirror<C>, C: 'static> WarnOnDrop<L, C> {
    /// What is known of the collection at `key`.
    pub(super) fn new(tracker: L::Tracker, key: Key) -> Self {
        WarnOnDrop { tracker, key, is_given_up: false }
    }

    /// Takes notice that somebody wants the changes to go.
    pub(super) fn give_up(&mut self) {
        self.is_given_up = true;
    }

    /// How many changes go with it that nobody has given up.
    fn lost(&self) -> usize {
        if self.is_given_up { 0 } else { self.tracker.touched() }
    }
}

impl<L: Mirror<C>, C: 'static> Deref for WarnOnDrop<L, C> {
    type Target = L::Tracker;

    fn deref(&self) -> &L::Tracker {
        &self.tracker
    }
}

impl<L: Mirror<C>, C: 'static> DerefMut for WarnOnDrop<L, C> {
    fn deref_mut(&mut self) -> &mut L::Tracker {
        &mut self.tracker
    }
}

impl<L: Mirror<C>, C: 'static> Drop for WarnOnDrop<L, C> {
    fn drop(&mut self) {
        let changes = self.lost();
        if changes > 0 {
            warn(&self.key, changes);
        }
    }
}

#[cfg(feature = "tracing")]
fn warn(key: &Key, changes: usize) {
    tracing::warn!(%key, changes, "a collection in memory was dropped with changes not synced");
}

#[cfg(not(feature = "tracing"))]
fn warn(_: &Key, _: usize) {}
