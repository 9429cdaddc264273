//! [`Page`]: some elements of a collection, and [`Pages`], what can be read page by page.

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use crate::{command::Key, error::Result, store::Executor};

/// What can be read page by page.
pub trait Pages<E: Executor> {
    /// The type of an element.
    type Item: Send + 'static;

    /// Returns the key, for `Debug` and error messages.
    fn key(&self) -> &Key;

    /// Reads the page at `cursor`: 0 is the first page, and follows the last.
    fn page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>>;
}

/// Some elements of a collection.
#[derive(Debug)]
pub struct Page<T> {
    /// Where the next page begins; 0 after the last.
    pub next: u64,
    /// The elements, each for itself: one that cannot be read is one error.
    pub items: Vec<(Option<ElementHash>, Result<T>)>,
}

/// 128 bits that stand for the bytes of a key or a member, for as long as this program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ElementHash(u128);

impl ElementHash {
    /// The mark of `bytes`. Nobody can know two that have the same: it is drawn by lot which have.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        static HALVES: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);

        let [high, low] = HALVES.each_ref().map(|half| u128::from(half.hash_one(bytes)));
        ElementHash(high << 64 | low)
    }
}
