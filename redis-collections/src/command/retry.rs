//! [`Retry`]: what may be done with a request whose fate is unknown.

/// What may be done with a request whose fate is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Retry {
    /// It changes nothing: it may be repeated.
    Read,
    /// State and answer are the same when it is repeated.
    Idempotent,
    /// It is sent at most one time, unless the server says that it did not carry it out.
    Once,
}
