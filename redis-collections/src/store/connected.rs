//! [`Connected`]: an executor that sends each call on its own.

use std::ops::Deref;

use redis::Value;

use crate::{
    command::{Key, Request},
    error::Result,
    store::{Executor, Pages, SharedLoad, Update, WaitTimeout},
};

/// An executor that sends each call on its own: [`Store`](crate::Store) and [`aio::Store`](crate::aio::Store),
/// but not [`Batch`](crate::Batch).
///
/// Collections in memory, cursors, calls that wait (`pop_front_wait`) and calls that compute a new value
/// (`modify`, `sort`) need it: a batch has no replies while its calls are recorded.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no replies while its calls are recorded",
    label = "not a store",
    note = "call this on a store, outside of `pipeline` and `atomic`"
)]
pub trait Connected: Executor {
    /// A cursor over the elements of `P`: an iterator on a blocking store, a stream on an awaiting one.
    type Cursor<P: Pages<Self>>;

    /// Returns a cursor before the first element of `pages`. Sends nothing.
    #[doc(hidden)]
    fn cursor<P: Pages<Self>>(pages: P) -> Self::Cursor<P>;

    /// Calls `load` once for all concurrent waiters of a shared load, and returns its result to each of them.
    /// If it fails, one waiter gets the error, and each of the others calls `load` again.
    ///
    /// The first waiter passes the `lock` under which it opened the load. `load` gets it if the call sends at
    /// once. An awaiting store releases it, because the first poll may be much later.
    ///
    /// `waiter` is dropped after the load has ended.
    #[doc(hidden)]
    fn share<'a, T: Clone + Send + 'static, W: Deref<Target = SharedLoad<T>> + Send + 'a, L>(
        &self,
        waiter: W,
        lock: Option<L>,
        load: impl Fn(&W, Option<L>) -> Self::Reply<'static, T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Sends `request`, to which the server replies within `timeout`, on a dedicated connection.
    ///
    /// Each call has such a connection to itself, beside a blocking store's pool or an awaiting store's shared
    /// connection. After the reply it stays open for a minute, for the next such call.
    #[doc(hidden)]
    fn wait<'a, T: Send + 'a>(
        &self,
        request: Request,
        timeout: WaitTimeout,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Self::Reply<'a, T>;

    /// Sends `read`, then the request that `change` makes of the reply. Repeats both until the server
    /// confirms that the data did not change in between. Returns what `change` returned with the last
    /// request.
    ///
    /// Two round trips, and two more each time that another client changed the data.
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) after 32 attempts.
    #[doc(hidden)]
    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Self::Reply<'a, T>;
}
