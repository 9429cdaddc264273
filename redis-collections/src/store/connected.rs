//! [`Connected`]: an executor that gets an answer from each call.

use std::ops::Deref;

use redis::Value;

use crate::{
    command::{Key, Request},
    error::Result,
    store::{Executor, Pages, SharedLoad, Update, WaitTimeout},
};

/// An executor that gets an answer from each call: both stores, and no batch.
///
/// Collections that keep entries in memory, cursors, calls that wait, and calls that compute a change
/// from what they have read need one, since a batch has no answer before all its calls are made.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no answers before all its calls are recorded",
    label = "not a store",
    note = "call this on a store, outside of `pipeline` and `atomic`"
)]
pub trait Connected: Executor {
    /// An iterator, or on an awaiting store a stream, over the elements of `P`.
    type Cursor<P: Pages<Self>>;

    /// Starts before the first element of `pages`. Sends nothing.
    #[doc(hidden)]
    fn cursor<P: Pages<Self>>(pages: P) -> Self::Cursor<P>;

    /// Sends what `ask` makes, once for all who wait for the same load. `waiter` lives until the
    /// answer has come.
    #[doc(hidden)]
    fn share<'a, T: Clone + Send + 'static, W: Deref<Target = SharedLoad<T>> + Send + 'a>(
        &self,
        waiter: W,
        ask: impl Fn(&W) -> Self::Reply<'static, T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Sends `request`, which the server answers within `timeout`, on a connection that no other
    /// call uses meanwhile.
    ///
    /// A blocking store opens as many of these, beside its pool, as calls wait. An awaiting one opens
    /// them beside the connection that all tasks share. After the answer, the connection stays open
    /// for the next such call for a minute.
    #[doc(hidden)]
    fn wait<'a, T: Send + 'a>(
        &self,
        request: Request,
        timeout: WaitTimeout,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Reads with `read`, and sends what `change` makes of the answer, until the server confirms that
    /// nothing changed in between. Returns what `change` returned beside the last request.
    ///
    /// Two round trips, and two more each time that somebody else was faster.
    #[doc(hidden)]
    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Self::Reply<'a, T>;
}
