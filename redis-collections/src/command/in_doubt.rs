//! [`InDoubt`]: whether it is known what became of a request.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether it is known what became of a request.
///
/// Whoever sends it writes this down as it goes. So it can also be told by somebody who will never
/// see an answer, since the future that would have had it was dropped.
#[derive(Clone, Debug, Default)]
pub(crate) struct InDoubt(Arc<AtomicBool>);

impl InDoubt {
    /// Takes notice that the server may carry out the request from now on.
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Takes notice that the server has answered, or that it cannot have carried out anything.
    pub(crate) fn clear(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    /// Whether the request may have been carried out, and nobody can tell.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
