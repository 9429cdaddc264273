//! [`WaitTimeout`]: how long a blocking command waits.

use std::time::Duration;

/// The longest timeout, some 34 years. A longer one is shortened to it.
const LONGEST: Duration = Duration::from_secs(1 << 30);

/// How late a server may end a wait: it looks for expired waits ten times a second, and less often
/// under load.
const MAX_DELAY: Duration = Duration::from_millis(500);

/// How long a blocking command, such as `BLPOP`, waits on the server.
#[derive(Clone, Copy, Debug)]
pub struct WaitTimeout(Duration);

impl WaitTimeout {
    /// A timeout after `time`.
    pub fn of(time: Duration) -> Self {
        WaitTimeout(time.min(LONGEST))
    }

    /// The timeout in seconds, as Redis expects it. It is at least a millisecond, since 0 means no timeout.
    pub(crate) fn seconds(self) -> String {
        let millis = self.0.as_nanos().div_ceil(1_000_000).max(1);
        format!("{}.{:03}", millis / 1000, millis % 1000)
    }

    /// How long the client waits, if other replies take no longer than `reply_timeout`.
    pub(crate) fn with_reply_timeout(self, reply_timeout: Duration) -> Duration {
        self.0.saturating_add(MAX_DELAY).saturating_add(reply_timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_timeout_is_rounded_down_to_none() {
        let seconds = |time| WaitTimeout::of(time).seconds();

        assert_eq!(seconds(Duration::from_nanos(1)), "0.001");
        assert_eq!(seconds(Duration::from_micros(1_000_001)), "1.001");
        assert_eq!(seconds(Duration::from_millis(62_500)), "62.500");
        assert_eq!(seconds(Duration::MAX), "1073741824.000");
    }
}
