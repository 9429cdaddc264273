//! [`Scan`]: a collection that a cursor reads page by page.

use redis::Value;

use crate::{
    collections::Collection,
    command::{Key, Request, reply},
    error::{Error, Result},
    store::{ElementHash, Executor, Page, Pages},
};

/// The number of elements that a page should have.
pub(crate) const PAGE: u32 = 1000;

/// A collection that can be read a page at a time.
pub trait Scan<E: Executor>: Collection<E> + Sealed {
    /// The type of an element.
    type Item: Send + 'static;

    /// The form of an element in a page: one value, or a pair.
    type Element: Element;

    /// The command that returns a page: `HSCAN`, `SSCAN`, `ZSCAN` or `LRANGE`.
    const COMMAND: &'static str;

    /// Reads an element.
    fn item(element: Self::Element) -> Result<Self::Item>;

    /// Returns the hash by which a repeated element is found; `None` if pages do not overlap.
    fn element_hash(element: &Self::Element) -> Option<ElementHash> {
        element.element_hash()
    }

    /// Returns the request for the page at `cursor`.
    fn page_request(&self, cursor: u64) -> Request {
        self.handle().read(Self::COMMAND).arg(cursor).arg("COUNT").arg(PAGE)
    }

    /// Splits the reply for the page at `cursor` into the next cursor and the elements.
    fn split_page(_cursor: u64, answer: Value) -> Result<(u64, Value)> {
        reply::page(answer)
    }

    /// Returns the page at `cursor`, and the next cursor; the first is 0, and 0 follows the last.
    fn read_page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>> {
        let handle = self.handle();
        let key = handle.key().clone();
        handle.run(self.page_request(cursor), move |answer| {
            let (next, elements) = Self::split_page(cursor, answer)?;
            let at = |error: Error| error.with_location(|| (key.to_string(), String::new()));
            let items = Self::Element::all(elements)?.into_iter().map(|element| {
                let element_hash = Self::element_hash(&element);
                (element_hash, Self::item(element).map_err(at))
            });
            Ok(Page { next, items: items.collect() })
        })
    }
}

impl<E: Executor, S: Scan<E>> Pages<E> for S {
    type Item = S::Item;

    fn key(&self) -> &Key {
        self.handle().key()
    }

    fn page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>> {
        self.read_page(cursor)
    }
}

pub(crate) use sealed::Sealed;

/// Seals [`Scan`].
mod sealed {
    #[allow(unnameable_types, reason = "no other crate can name it, so that none can implement it")]
    pub trait Sealed {}
}

/// An element in the form that it has in a page.
pub trait Element: Sized {
    /// Returns all elements of a page.
    fn all(page: Value) -> Result<Vec<Self>>;

    /// Returns the hash of its bytes; `None` if it has no bytes, and cannot be read.
    fn element_hash(&self) -> Option<ElementHash>;
}

/// A member of a set, or an element of a list.
impl Element for Value {
    fn all(page: Value) -> Result<Vec<Self>> {
        reply::items(page)
    }

    fn element_hash(&self) -> Option<ElementHash> {
        match self {
            Value::BulkString(bytes) => Some(ElementHash::of(bytes)),
            _ => None,
        }
    }
}

/// A field with its value, or a member with its score.
impl Element for (Value, Value) {
    fn all(page: Value) -> Result<Vec<Self>> {
        reply::raw_pairs(page)
    }

    fn element_hash(&self) -> Option<ElementHash> {
        self.0.element_hash()
    }
}
