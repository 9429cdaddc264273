//! [`Idle`]: the connections that wait for a call to wait on them.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a connection is kept. One that stood idle for longer may have been closed by whoever is
/// in between, and a pop that is lost with it is not sent again.
const KEPT: Duration = Duration::from_secs(60);

/// Connections that no call uses, each with the moment since when.
#[derive(Debug)]
pub(crate) struct Idle<W>(Mutex<Vec<(Instant, W)>>);

impl<W> Idle<W> {
    /// Takes the connection that was used last.
    pub(crate) fn take(&self) -> Option<W> {
        self.with(|idle| {
            idle.retain(|(since, _)| since.elapsed() < KEPT);
            idle.pop().map(|(_, socket)| socket)
        })
    }

    /// Keeps a connection, all answers on which have been read.
    pub(crate) fn keep(&self, socket: W) {
        self.with(|idle| idle.push((Instant::now(), socket)));
    }

    /// Drops all connections: whatever closed one has most likely closed the others, too.
    #[cfg(feature = "aio")]
    pub(crate) fn forget(&self) {
        self.with(Vec::clear);
    }

    fn with<R>(&self, change: impl FnOnce(&mut Vec<(Instant, W)>) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<W> Default for Idle<W> {
    fn default() -> Self {
        Idle(Mutex::default())
    }
}
