//! [`Pages`]: a source that is read page by page, and [`Page`].

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use crate::{command::Key, error::Result, store::Executor};

/// A source of elements that is read page by page.
pub trait Pages<E: Executor> {
    /// The type of an element.
    type Item: Send + 'static;

    /// Returns the key, for `Debug` and error messages.
    fn key(&self) -> &Key;

    /// Reads the page at `cursor`. The first page is at 0.
    fn page(&self, cursor: u64) -> E::Reply<'static, Page<Self::Item>>;
}

/// A page of elements.
#[derive(Debug)]
pub struct Page<T> {
    /// The cursor of the next page, or 0 after the last page.
    pub next: u64,
    /// The elements, with a hash if they can repeat. An element that cannot be read is one error.
    pub items: Vec<(Option<ElementHash>, Result<T>)>,
}

/// A 128-bit hash of the bytes of a key or a member, valid in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ElementHash(u128);

impl ElementHash {
    /// The hash of `bytes`. It is seeded at random, so nobody can choose bytes whose hashes collide.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        static HALVES: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);

        let [high, low] = HALVES.each_ref().map(|half| u128::from(half.hash_one(bytes)));
        ElementHash(high << 64 | low)
    }
}
