//! [`Update`]: the outcome of one attempt to change a value, and the retries.

use std::{iter, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::{command::Request, error::Error};

/// The number of attempts before a change fails with [`Conflict`](Error::Conflict).
const ATTEMPTS: usize = 32;

/// The request that writes the change, if there is a change, and the result of the call.
pub(crate) type Update<T> = (Option<Request>, T);

/// The pause before each attempt: none, then longer and longer ones with jitter, so that competing
/// clients get out of step.
pub(crate) fn pauses() -> impl Iterator<Item = Duration> {
    let pauses = ExponentialBuilder::default()
        .with_min_delay(Duration::from_micros(200))
        .with_max_delay(Duration::from_millis(10))
        .with_max_times(ATTEMPTS - 1)
        .with_jitter();
    iter::once(Duration::ZERO).chain(pauses.build())
}

/// The error after the last attempt: other clients changed the data that `read` had read.
pub(crate) fn conflict(read: &Request) -> Error {
    Error::Conflict { keys: vec![read.location().0] }
}
