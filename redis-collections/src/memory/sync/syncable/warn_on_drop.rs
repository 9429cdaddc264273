//! [`WarnOnDrop`]: a tracker that warns if it is dropped with changes.

use std::ops::{Deref, DerefMut};

use crate::{
    command::Key,
    memory::sync::mirror::{Mirror, Tracker},
};

/// The tracker of a collection in memory.
///
/// It warns if it is dropped with changes. It looks only at touched entries, because comparing all
/// of them could make the drop slow.
pub(super) struct WarnOnDrop<L: Mirror<C>, C: 'static> {
    tracker: L::Tracker,
    key: Key,
    is_given_up: bool,
}

impl<L: Mirror<C>, C: 'static> WarnOnDrop<L, C> {
    /// The tracker of the collection at `key`.
    pub(super) fn new(tracker: L::Tracker, key: Key) -> Self {
        WarnOnDrop { tracker, key, is_given_up: false }
    }

    /// Records that the changes are given up on purpose.
    pub(super) fn give_up(&mut self) {
        self.is_given_up = true;
    }

    /// Returns how many changes are lost with it.
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
