//! [`Stream`]: a cursor that awaits.

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
/// It is the twin of [`Iter`](crate::Iter): `while let Some(item) = stream.next().await`, or any
/// combinator of the `futures` crate. A `next` that is dropped skips nothing: the page that it
/// asked for is there for the next one.
pub struct Stream<P: Pages<Store<C>>, C: 'static> {
    pages: P,
    paging: Paging<P::Item>,
    /// The page that was asked for, and its cursor.
    coming: Option<(u64, Reply<'static, Page<P::Item>>)>,
}

impl<P: Pages<Store<C>>, C: 'static> Stream<P, C> {
    /// Starts before the first element of `pages`. Sends nothing.
    pub(super) fn new(pages: P) -> Self {
        Stream { pages, paging: Paging::new(), coming: None }
    }

    /// Returns the next element, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item>>> {
        loop {
            if let Some(item) = self.paging.item() {
                return Poll::Ready(Some(item));
            }
            if self.coming.is_none() {
                let cursor = self.paging.next();
                self.coming = cursor.map(|cursor| (cursor, self.pages.page(cursor)));
            }
            let Some((cursor, coming)) = &mut self.coming else { return Poll::Ready(None) };
            let (cursor, page) = (*cursor, ready!(Pin::new(coming).poll(context)));
            self.coming = None;
            if let Err(error) = self.paging.turn(cursor, page) {
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
