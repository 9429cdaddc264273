//! [`WaitTimeout`]: how long the server may take for an answer.

use std::time::Duration;

/// Whoever waits longer waits for ever: some 34 years.
const LONGEST: Duration = Duration::from_secs(1 << 30);

/// By how much a server may be late: it looks for waits that are over ten times a second, and less
/// often if it has much to do.
const LATE: Duration = Duration::from_millis(500);

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
