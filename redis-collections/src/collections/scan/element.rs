//! [`Element`]: what a page has of an element, before it is read.

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use redis::Value;

use crate::{command::reply, error::Result};

/// An element as it stands in a page.
pub trait Element: Sized {
    /// Returns all elements of a page.
    fn all(page: Value) -> Result<Vec<Self>>;

    /// Returns what tells it from all others; nothing if it has no bytes, and cannot be read.
    fn element_hash(&self) -> Option<ElementHash>;
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
