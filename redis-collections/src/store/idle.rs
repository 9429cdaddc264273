//! [`IdleConnections`]: dedicated connections that no call uses.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long an idle connection is kept. A firewall may close one that is idle for longer, and a pop that
/// is lost with it is not repeated.
const MAX_IDLE: Duration = Duration::from_secs(60);

/// Connections that no call uses, each with the time of its last use.
#[derive(Debug)]
pub(crate) struct IdleConnections<T>(Mutex<Vec<(Instant, T)>>);

impl<T> IdleConnections<T> {
    /// Takes the connection that was used last.
    pub(crate) fn take(&self) -> Option<T> {
        self.with(|idle| {
            idle.retain(|(since, _)| since.elapsed() < MAX_IDLE);
            idle.pop().map(|(_, connection)| connection)
        })
    }

    /// Keeps a connection for the next call. All its replies must have been read.
    pub(crate) fn put_back(&self, connection: T) {
        self.with(|idle| idle.push((Instant::now(), connection)));
    }

    /// Drops all connections. If one was closed, the others most likely were, too.
    #[cfg(feature = "aio")]
    pub(crate) fn clear(&self) {
        self.with(Vec::clear);
    }

    fn with<R>(&self, change: impl FnOnce(&mut Vec<(Instant, T)>) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Default for IdleConnections<T> {
    fn default() -> Self {
        IdleConnections(Mutex::default())
    }
}
