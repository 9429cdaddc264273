//! [`Iter`] and `Stream`: cursors over a collection, a page at a time.

mod element;
pub use element::{Element, ElementHash};

mod paging;

mod iter;
pub use iter::Iter;

#[cfg(feature = "aio")]
mod stream;
#[cfg(feature = "aio")]
pub use stream::Stream;

use redis::Value;

use crate::{
    collections::Collection,
    command::{Request, reply},
    error::{Error, Result},
    store::Executor,
};

/// How many elements a page asks for.
pub(crate) const PAGE: u32 = 1000;

/// A collection that can be read a page at a time.
pub trait Scan<E: Executor>: Collection<E> {
    /// What an element is read as.
    type Item: Send + 'static;

    /// How an element stands in a page: alone, or as a pair.
    type Element: Element;

    /// The command that gives a page: `HSCAN`, `SSCAN`, `ZSCAN` or `LRANGE`.
    const COMMAND: &'static str;

    /// Reads an element.
    fn item(element: Self::Element) -> Result<Self::Item>;

    /// Returns what tells an element from all others, unless pages do not overlap.
    fn element_hash(element: &Self::Element) -> Option<ElementHash> {
        element.element_hash()
    }

    /// Asks for the page at `cursor`.
    fn ask(&self, cursor: u64) -> Request {
        self.handle().read(Self::COMMAND).arg(cursor).arg("COUNT").arg(PAGE)
    }

    /// Splits the answer for the page at `cursor` into the next cursor and the elements.
    fn turn(_cursor: u64, answer: Value) -> Result<(u64, Value)> {
        reply::page(answer)
    }

    /// Returns the page at `cursor`, and the next cursor; 0 stands before the first and after the last.
    fn page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>> {
        let handle = self.handle();
        let key = handle.key().clone();
        handle.run(self.ask(cursor), move |answer| {
            let (next, elements) = Self::turn(cursor, answer)?;
            let at = |error: Error| error.located(|| (key.to_string(), String::new()));
            let items = Self::Element::all(elements)?.into_iter().map(|element| {
                let element_hash = Self::element_hash(&element);
                (element_hash, Self::item(element).map_err(at))
            });
            Ok(Page { next, items: items.collect() })
        })
    }
}

/// Some elements of a collection.
#[derive(Debug)]
pub struct Page<T> {
    /// Where the next page begins; 0 after the last.
    pub next: u64,
    /// The elements, each for itself: one that cannot be read is one error.
    pub items: Vec<(Option<ElementHash>, Result<T>)>,
}

/// An executor that can follow a cursor: both stores.
pub trait Cursors: Executor {
    /// An iterator or a stream over the elements.
    type Cursor<S: Scan<Self>>;

    /// Starts before the first element of `source`. Sends nothing.
    fn cursor<S: Scan<Self>>(source: S) -> Self::Cursor<S>;
}
