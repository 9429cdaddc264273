//! [`Pair`]: the collection that calls are made on, and another one.

use std::{mem, time::Duration};

use redis_collections::Store;

use super::Model;

/// The two collections of a case.
pub(crate) struct Pair<M: Model> {
    /// The one that calls are made on.
    pub(crate) ours: Twin<M>,
    /// Another one of the same kind.
    pub(crate) theirs: Twin<M>,
}

/// A collection, and what std says that it holds.
pub(crate) struct Twin<M: Model> {
    pub(crate) name: &'static str,
    pub(crate) redis: M,
    pub(crate) std: M::Std,
    /// The milliseconds that it may stay at the most, if not for ever.
    pub(crate) ttl: Option<i64>,
}

impl<M: Model> Pair<M> {
    pub(crate) fn new(store: &Store) -> Self {
        Pair { ours: Twin::new(store, "a"), theirs: Twin::new(store, "b") }
    }

    /// Exchanges the two.
    pub(crate) fn turn(&mut self) {
        mem::swap(&mut self.ours, &mut self.theirs);
    }
}

impl<M: Model> Twin<M> {
    fn new(store: &Store, name: &'static str) -> Self {
        Twin { name, redis: M::open(store, name), std: M::Std::default(), ttl: None }
    }

    /// Whether there must be no key: an empty collection is none.
    pub(crate) fn is_missing(&self) -> bool {
        self.std == M::Std::default()
    }

    /// Lets it vanish after `time`: at once after none.
    pub(crate) fn expire(&mut self, time: Duration) {
        if time.is_zero() {
            self.take();
        } else if !self.is_missing() {
            self.ttl = Some(i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        }
    }

    /// Takes all that std holds.
    pub(crate) fn take(&mut self) -> M::Std {
        mem::take(&mut self.std)
    }
}
