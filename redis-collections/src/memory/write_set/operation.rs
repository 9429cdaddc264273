//! [`Operation`]: the id by which the server recognises changes that it has made.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long the server remembers an operation, by its own clock; `sync/operations.lua` has the same
/// number.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// The id of changes that must be made once, even if they are sent again.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    id: Arc<str>,
    begun: Instant,
}

impl Operation {
    /// A new id: 128 random bits.
    pub(crate) fn new() -> Self {
        let random = || RandomState::new().build_hasher().finish();
        Operation {
            id: format!("{:016x}{:016x}", random(), random()).into(),
            begun: Instant::now(),
        }
    }

    /// The id as the server stores it.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Returns whether the server may have forgotten the operation.
    pub(crate) fn is_forgotten(&self) -> bool {
        self.begun.elapsed() >= KNOWN_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike() {
        let [one, two] = [Operation::new(), Operation::new()];

        assert_ne!(one.id(), two.id());
        assert_eq!(one.id().len(), 32);
    }
}
