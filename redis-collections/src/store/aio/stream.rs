//! [`Stream`]: the cursor of an awaiting store.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use super::{Reply, Store};
use crate::{
    error::Result,
    store::{Page, Pages, Paging},
};

/// A stream over the elements of a collection, from `iter` on an awaiting store.
///
/// Loop with `while let Some(item) = stream.next().await`, or use the combinators of the `futures` crate.
/// [`Iter`](crate::Iter) describes which elements a cursor returns, and what it does after an error.
///
/// A `next` that is dropped skips no element: the following one receives the same page.
pub struct Stream<P: Pages<Store<C>>, C: 'static> {
    pages: P,
    paging: Paging<P::Item>,
    /// The page that was requested, and its cursor.
    requested: Option<(u64, Reply<'static, Page<P::Item>>)>,
}

impl<P: Pages<Store<C>>, C: 'static> Stream<P, C> {
    /// Creates a stream before the first element of `pages`. Sends nothing.
    pub(super) fn new(pages: P) -> Self {
        Stream { pages, paging: Paging::new(), requested: None }
    }

    /// Returns the next element, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item>>> {
        loop {
            if let Some(item) = self.paging.take_element() {
                return Poll::Ready(Some(item));
            }
            if self.requested.is_none() {
                let cursor = self.paging.take_cursor();
                self.requested = cursor.map(|cursor| (cursor, self.pages.page(cursor)));
            }
            let Some((cursor, page)) = &mut self.requested else { return Poll::Ready(None) };
            let (cursor, page) = (*cursor, ready!(Pin::new(page).poll(context)));
            self.requested = None;
            if let Err(error) = self.paging.receive(cursor, page) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl<P: Pages<Store<C>>, C: 'static> Unpin for Stream<P, C> {}

impl<P: Pages<Store<C>>, C: 'static> futures_util::Stream for Stream<P, C> {
    type Item = Result<P::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<P: Pages<Store<C>>, C: 'static> fmt::Debug for Stream<P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("key", self.pages.key()).finish_non_exhaustive()
    }
}
