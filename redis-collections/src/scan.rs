//! [`Iter`] and `Stream`: cursors over a collection, a page at a time.

use std::{fmt, vec};

use redis::Value;

use crate::{Collection, Error, Executor, Request, Result, Store, reply};

/// How many elements a page asks for.
pub(crate) const PAGE: u32 = 1000;

/// A collection that can be read a page at a time.
pub trait Scan<E: Executor>: Collection<E> {
    /// What an element is read as.
    type Item: Send + 'static;

    /// The command that gives a page: `HSCAN`, `SSCAN`, `ZSCAN` or `LRANGE`.
    const COMMAND: &'static str;

    /// Reads the elements of a page, each for itself: one that cannot be read is one error.
    fn items(page: Value) -> Result<Vec<Result<Self::Item>>>;

    /// Asks for the page at `cursor`.
    fn ask(&self, cursor: u64) -> Request {
        self.place().read(Self::COMMAND).arg(cursor).arg("COUNT").arg(PAGE)
    }

    /// Splits the answer for the page at `cursor` into the next cursor and the elements.
    fn turn(_cursor: u64, answer: Value) -> Result<(u64, Value)> {
        reply::page(answer)
    }

    /// Returns the page at `cursor`, and the next cursor; 0 stands before the first and after the last.
    fn page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>> {
        let place = self.place();
        let key = place.key().clone();
        place.run(self.ask(cursor), move |answer| {
            let (next, items) = Self::turn(cursor, answer)?;
            let at = |error: Error| error.at(|| (key.to_string(), String::new()));
            let items = Self::items(items)?.into_iter().map(|item| item.map_err(at)).collect();
            Ok(Page { next, items })
        })
    }
}

/// Some elements of a collection.
#[derive(Debug)]
pub struct Page<T> {
    /// Where the next page begins; 0 after the last.
    pub next: u64,
    /// The elements.
    pub items: Vec<Result<T>>,
}

/// An executor that can follow a cursor: both stores.
pub trait Cursors: Executor {
    /// An iterator or a stream over the elements.
    type Cursor<S: Scan<Self>>;

    /// Starts before the first element of `source`. Sends nothing.
    fn cursor<S: Scan<Self>>(source: S) -> Self::Cursor<S>;
}

/// An iterator over the elements of a collection, from `iter` on a blocking store.
///
/// It holds one page at a time. An element that is there from the first to the last page is given
/// at least once; one that cannot be read is one `Err`, and the others follow.
pub struct Iter<S: Scan<Store<C>>, C: 'static> {
    source: S,
    page: vec::IntoIter<Result<S::Item>>,
    next: Option<u64>,
}

impl<C: 'static> Cursors for Store<C> {
    type Cursor<S: Scan<Self>> = Iter<S, C>;

    fn cursor<S: Scan<Self>>(source: S) -> Iter<S, C> {
        Iter { source, page: Vec::new().into_iter(), next: Some(0) }
    }
}

impl<S: Scan<Store<C>>, C: 'static> Iterator for Iter<S, C> {
    type Item = Result<S::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(item);
            }
            match self.source.page(self.next.take()?) {
                Ok(page) => {
                    self.next = (page.next != 0).then_some(page.next);
                    self.page = page.items.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<S: Scan<Store<C>>, C: 'static> fmt::Debug for Iter<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("key", self.source.place().key()).finish_non_exhaustive()
    }
}

#[cfg(feature = "aio")]
pub use awaiting::Stream;

#[cfg(feature = "aio")]
mod awaiting {
    use std::{
        pin::Pin,
        task::{Context, Poll, ready},
    };

    use super::{Cursors, Page, Result, Scan, fmt, vec};
    use crate::aio::{Pending, Store};

    /// A stream over the elements of a collection, from `iter` on an awaiting store.
    ///
    /// It is the twin of [`Iter`](super::Iter): `while let Some(item) = stream.next().await`, or
    /// any combinator of the `futures` crate.
    pub struct Stream<S: Scan<Store<C>>, C: 'static> {
        source: S,
        page: vec::IntoIter<Result<S::Item>>,
        next: Option<u64>,
        coming: Option<Pending<'static, Page<S::Item>>>,
    }

    impl<S: Scan<Store<C>>, C: 'static> Stream<S, C> {
        /// Returns the next element, or `None` after the last.
        pub async fn next(&mut self) -> Option<Result<S::Item>> {
            std::future::poll_fn(|context| self.poll(context)).await
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<S::Item>>> {
            loop {
                if let Some(item) = self.page.next() {
                    return Poll::Ready(Some(item));
                }
                if self.coming.is_none() {
                    let Some(next) = self.next.take() else { return Poll::Ready(None) };
                    self.coming = Some(self.source.page(next));
                }
                let Some(coming) = &mut self.coming else { return Poll::Ready(None) };
                let page = ready!(Pin::new(coming).poll(context));
                self.coming = None;
                match page {
                    Ok(page) => {
                        self.next = (page.next != 0).then_some(page.next);
                        self.page = page.items.into_iter();
                    }
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
        }
    }

    impl<C: 'static> Cursors for Store<C> {
        type Cursor<S: Scan<Self>> = Stream<S, C>;

        fn cursor<S: Scan<Self>>(source: S) -> Stream<S, C> {
            Stream { source, page: Vec::new().into_iter(), next: Some(0), coming: None }
        }
    }

    impl<S: Scan<Store<C>>, C: 'static> Unpin for Stream<S, C> {}

    impl<S: Scan<Store<C>>, C: 'static> futures_core::Stream for Stream<S, C> {
        type Item = Result<S::Item>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            self.poll(context)
        }
    }

    impl<S: Scan<Store<C>>, C: 'static> fmt::Debug for Stream<S, C> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Stream").field("key", self.source.place().key()).finish_non_exhaustive()
        }
    }
}
