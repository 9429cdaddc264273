//! [`Retry`]: whether a request can be repeated after a lost reply.

/// Whether a request can be repeated after a lost reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Retry {
    /// It changes nothing, and can be repeated.
    Read,
    /// Repeating it gives the same state and the same reply.
    Idempotent,
    /// It is sent at most once, unless the server says that it did not carry it out.
    Once,
}
