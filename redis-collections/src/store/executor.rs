//! [`Executor`]: the seam between a request and how it is sent.

use redis::Value;

use crate::{
    command::{Key, Request},
    error::Result,
};

/// Sends requests, and decides what a call returns.
///
/// There are three executors: [`Store`](crate::Store) blocks, [`aio::Store`](crate::aio::Store) awaits,
/// and [`Batch`](crate::Batch) records. Each method of a collection is written once for all of them. The
/// trait is sealed.
pub trait Executor: sealed::Sealed + Clone + Send + Sync + 'static {
    /// The codec of the collections that are opened on this executor.
    type Codec: 'static;

    /// The same kind of executor with another codec.
    type With<D: 'static>: Executor<Codec = D>;

    /// The return type of a call: a `Result`, a future of one, or a [`Ticket`](crate::Ticket).
    type Reply<'a, T: Send + 'a>;

    /// Returns an executor with the same connections and another codec. Sends nothing.
    #[doc(hidden)]
    fn with<D: 'static>(&self) -> Self::With<D>;

    /// Returns the namespace that precedes the names of collections.
    fn namespace(&self) -> Option<&str>;

    /// Returns the address and the database of the server, without a password. Executors that return the
    /// same address work on the same data.
    fn server(&self) -> &str;

    /// Sends `request`, and returns the reply as `read` converts it.
    fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Sends each of `requests` on its own executor, then passes all replies to `then`, which works at
    /// `key`.
    ///
    /// A batch has no replies yet. Unless `requests` is empty, the call fails there with
    /// [`CrossServer`](crate::Error::CrossServer).
    #[doc(hidden)]
    fn gather<'a, T: Send + 'a>(
        &self,
        key: &Key,
        requests: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Self::Reply<'a, T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Returns `result` as the [`Reply`](Executor::Reply) of a call. Sends nothing.
    #[doc(hidden)]
    fn ready<'a, T: Send + 'a>(&self, result: Result<T>) -> Self::Reply<'a, T>;
}

/// Seals [`Executor`].
pub(crate) mod sealed {
    #[allow(unnameable_types, reason = "an unnameable supertrait seals a trait")]
    pub trait Sealed {}
}
