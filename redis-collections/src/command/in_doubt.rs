//! [`InDoubt`]: whether a request may have been carried out, although no reply came.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether a request may have been carried out, although no reply came.
///
/// The sender updates it. The flag is shared, since the future that waits for the reply can be dropped.
#[derive(Clone, Debug, Default)]
pub(crate) struct InDoubt(Arc<AtomicBool>);

impl InDoubt {
    /// Records that the request is sent: from now on the server may carry it out.
    pub(crate) fn set(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Records that the server replied, or that it cannot have carried out the request.
    pub(crate) fn clear(&self) {
        self.0.store(false, Ordering::SeqCst);
    }

    /// Returns whether the request may have been carried out without a reply.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
