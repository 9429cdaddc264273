//! [`Executor`]: the one seam between what to ask and how to send it.

use redis::Value;

use crate::{
    command::{Key, Request},
    error::Result,
};

/// Sends requests, and decides what a call returns.
///
/// There are three: a [`Store`](crate::Store) blocks, an [`aio::Store`](crate::aio::Store) awaits,
/// and a [`Batch`](crate::Batch) records. A collection's method is written once, and its executor
/// decides what the caller gets.
pub trait Executor: sealed::Sealed + Clone + Send + Sync + 'static {
    /// How values are written.
    type Codec: 'static;

    /// The same connections with another codec.
    type With<D: 'static>: Executor<Codec = D>;

    /// What a call gives back: a `Result`, a future of one, or a ticket for one.
    type Reply<'a, T: Send + 'a>;

    /// Returns the same connections with another codec. Sends nothing.
    #[doc(hidden)]
    fn with<D: 'static>(&self) -> Self::With<D>;

    /// Returns what the names of collections begin with.
    fn namespace(&self) -> Option<&str>;

    /// Returns the address of the server: what one executor writes, another with the same address
    /// can read.
    fn server(&self) -> &str;

    /// Carries out `request`, and reads the answer with `read`.
    fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Asks others first, each on an executor of its own, and gives what `then` makes of their
    /// answers; `key` is where that is done.
    #[doc(hidden)]
    fn gather<'a, T: Send + 'a>(
        &self,
        key: &Key,
        asks: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Self::Reply<'a, T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Gives `answer` without asking the server.
    #[doc(hidden)]
    fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> Self::Reply<'a, T>;
}

/// What keeps [`Executor`] to the executors of this crate.
pub(crate) mod sealed {
    #[allow(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}
}
