//! [`Wait`]: calls that the server answers when it can, and not at once.

mod idle;
pub(crate) use idle::Idle;

use std::time::Duration;

use redis::Value;

use crate::{command::Request, error::Result, store::Connected};

/// Whoever waits longer waits for ever: some 34 years.
const LONGEST: Duration = Duration::from_secs(1 << 30);

/// By how much a server may be late: it looks for waits that are over ten times a second, and less
/// often if it has much to do.
const LATE: Duration = Duration::from_millis(500);

/// An executor that can wait for an answer on a connection of its own: both stores.
///
/// The other calls of the store go on meanwhile: a blocking store has as many connections for this
/// as calls wait, beside its pool, and an awaiting one beside the connection that all tasks share.
/// A call that has been answered leaves its connection to the next one for a minute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot wait: its calls are sent together, and answered together",
    label = "not a store",
    note = "call this on a store, outside of `pipeline` and `atomic`"
)]
pub trait Wait: Connected {
    /// Carries out `request`, which the server answers within `timeout`, and reads the answer with
    /// `read`.
    fn wait<'a, T: Send + 'a>(
        &self,
        request: Request,
        timeout: WaitTimeout,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Self::Reply<'a, T>;
}

/// How long the server may take for an answer.
#[derive(Clone, Copy, Debug)]
pub struct WaitTimeout(Duration);

impl WaitTimeout {
    /// One of `time`, or for ever if that is longer than a server would run.
    pub fn of(time: Duration) -> Self {
        WaitTimeout(time.min(LONGEST))
    }

    /// In seconds, as Redis takes it; what is less than a millisecond is one, since 0 is for ever.
    pub(crate) fn seconds(self) -> String {
        let millis = self.0.as_nanos().div_ceil(1_000_000).max(1);
        format!("{}.{:03}", millis / 1000, millis % 1000)
    }

    /// How long the client waits, whose answers are on their way for `timeout` at the most.
    pub(crate) fn with(self, timeout: Duration) -> Duration {
        self.0.saturating_add(LATE).saturating_add(timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_becomes_one_for_ever_by_rounding() {
        let seconds = |time| WaitTimeout::of(time).seconds();

        assert_eq!(seconds(Duration::from_nanos(1)), "0.001");
        assert_eq!(seconds(Duration::from_micros(1_000_001)), "1.001");
        assert_eq!(seconds(Duration::from_millis(62_500)), "62.500");
        assert_eq!(seconds(Duration::MAX), "1073741824.000");
    }
}
