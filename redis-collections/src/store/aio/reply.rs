//! [`Reply`]: the return type of a call on an awaiting store.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::error::Result;

/// The future of a call on an awaiting [`Store`](super::Store), which resolves to a [`Result`].
///
/// Nothing is sent before the first poll. If the future is dropped after that, the call may or may not be
/// carried out.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Reply<'a, T>(ReplyState<'a, T>);

enum ReplyState<'a, T> {
    /// The result needed no request.
    Ready(Option<Result<T>>),
    Future(Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>),
}

impl<'a, T> Reply<'a, T> {
    /// A reply that is ready at once, without an allocation.
    pub(super) fn ready(result: Result<T>) -> Self {
        Reply(ReplyState::Ready(Some(result)))
    }

    /// The reply that `future` resolves to.
    pub(super) fn from_future(future: impl Future<Output = Result<T>> + Send + 'a) -> Self {
        Reply(ReplyState::Future(Box::pin(future)))
    }
}

/// The result is moved out and never pinned.
impl<T> Unpin for Reply<'_, T> {}

impl<T> Future for Reply<'_, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        match &mut self.0 {
            ReplyState::Ready(result) => result.take().map_or(Poll::Pending, Poll::Ready),
            ReplyState::Future(future) => future.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Reply<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").finish_non_exhaustive()
    }
}
