//! [`Operation`]: the mark of changes by which the server knows that it has made them.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long the server knows an operation, by its own clock: `sync/operations.lua` says so too.
const KNOWN_FOR: Duration = Duration::from_secs(60);

/// The mark of changes that must be made once, though they may be sent again.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    id: Arc<str>,
    begun: Instant,
}

impl Operation {
    /// A mark that no other changes have: 128 random bits.
    pub(crate) fn new() -> Self {
        let random = || RandomState::new().build_hasher().finish();
        Operation {
            id: format!("{:016x}{:016x}", random(), random()).into(),
            begun: Instant::now(),
        }
    }

    /// The mark as the server keeps it.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it is so old that the server may have forgotten it.
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
