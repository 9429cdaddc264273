//! [`Update`]: what to write for what was read, and how often that is tried.

use std::{iter, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::{command::Request, error::Error};

/// How often a change is tried before it is given up as a [`Conflict`](Error::Conflict).
const ATTEMPTS: usize = 32;

/// What to write, if there is anything to write, and what the call returns then.
pub(crate) type Update<T> = (Option<Request>, T);

/// What to wait before each attempt: nothing at first, then longer and longer, and by chance, so
/// that those who hinder each other part.
pub(crate) fn pauses() -> impl Iterator<Item = Duration> {
    let pauses = ExponentialBuilder::default()
        .with_min_delay(Duration::from_micros(200))
        .with_max_delay(Duration::from_millis(10))
        .with_max_times(ATTEMPTS - 1)
        .with_jitter();
    iter::once(Duration::ZERO).chain(pauses.build())
}

/// The error of a change that others overtook each time; `read` is what was read last.
pub(crate) fn overtaken(read: &Request) -> Error {
    Error::Conflict { keys: vec![read.location().0] }
}
