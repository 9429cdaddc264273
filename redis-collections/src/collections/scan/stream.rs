//! [`Stream`]: a cursor that awaits.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use super::{Cursors, Page, Scan, paging::Paging};
use crate::{
    error::Result,
    store::aio::{Reply, Store},
};

/// A stream over the elements of a collection, from `iter` on an awaiting store.
///
/// It is the twin of [`Iter`](super::Iter): `while let Some(item) = stream.next().await`, or any
/// combinator of the `futures` crate. A `next` that is dropped skips nothing: the page that it
/// asked for is there for the next one.
pub struct Stream<S: Scan<Store<C>>, C: 'static> {
    source: S,
    paging: Paging<S::Item>,
    /// The page that was asked for, and its cursor.
    coming: Option<(u64, Reply<'static, Page<S::Item>>)>,
}

impl<S: Scan<Store<C>>, C: 'static> Stream<S, C> {
    /// Returns the next element, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<S::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<S::Item>>> {
        loop {
            if let Some(item) = self.paging.item() {
                return Poll::Ready(Some(item));
            }
            if self.coming.is_none() {
                let cursor = self.paging.next();
                self.coming = cursor.map(|cursor| (cursor, self.source.page(cursor)));
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

impl<C: 'static> Cursors for Store<C> {
    type Cursor<S: Scan<Self>> = Stream<S, C>;

    fn cursor<S: Scan<Self>>(source: S) -> Stream<S, C> {
        Stream { source, paging: Paging::new(), coming: None }
    }
}

impl<S: Scan<Store<C>>, C: 'static> Unpin for Stream<S, C> {}

impl<S: Scan<Store<C>>, C: 'static> futures_util::Stream for Stream<S, C> {
    type Item = Result<S::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<S: Scan<Store<C>>, C: 'static> fmt::Debug for Stream<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("key", self.source.handle().key()).finish_non_exhaustive()
    }
}
