//! [`Reply`]: what a call on an awaiting store gives back.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::error::Result;

/// A call under way: a future of its answer. Nothing is sent before it is first polled.
///
/// One that is dropped after that may have been carried out.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Reply<'a, T>(State<'a, T>);

enum State<'a, T> {
    /// The answer came from memory.
    Ready(Option<Result<T>>),
    UnderWay(Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>),
}

impl<'a, T> Reply<'a, T> {
    /// An answer that came from memory.
    pub(super) fn ready(answer: Result<T>) -> Self {
        Reply(State::Ready(Some(answer)))
    }

    /// An answer that `future` will have.
    pub(crate) fn under_way(future: impl Future<Output = Result<T>> + Send + 'a) -> Self {
        Reply(State::UnderWay(Box::pin(future)))
    }
}

/// The answer is moved out and never pinned.
impl<T> Unpin for Reply<'_, T> {}

impl<T> Future for Reply<'_, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        match &mut self.0 {
            State::Ready(answer) => answer.take().map_or(Poll::Pending, Poll::Ready),
            State::UnderWay(future) => future.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Reply<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").finish_non_exhaustive()
    }
}
