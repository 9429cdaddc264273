//! The guard: limits the memory and the nesting of a decoded value.
//!
//! It wraps a codec's deserializer. It refuses a value that is nested deeper than [`MAX_DEPTH`], or
//! needs more memory than [`ALLOWANCE`] and [`EXPANSION`] allow, before anything is allocated or
//! called for it. Three rules count the memory:
//!
//! - An element of a collection costs its size, and at least one byte. So elements without bytes
//!   cannot loop forever.
//! - An option and an enum cost their size once more. They can be in a `Box`, where one byte of
//!   input makes a whole variant.
//! - Structs, tuples and numbers cost nothing more, since they lie within a part that was charged.
//!   The same holds for text, which cannot be longer than the input.

mod access;
mod deserializer;
mod seed;
mod visitor;

use std::{cell::Cell, marker::PhantomData};

use serde::de;

use self::seed::GuardedSeed;
use super::MAX_VALUE_LEN;
use crate::error::{Error, Result};

/// How deep a value can be nested: enough for data, and safe on a thread with 2 MiB of stack.
const MAX_DEPTH: usize = 128;

/// The memory that every value can take, in bytes: 64 MiB.
const ALLOWANCE: usize = 64 * 1024 * 1024;

/// The additional memory for each byte of input. An empty collection takes 24 to 48 bytes.
const EXPANSION: usize = 64;

/// How many elements a collection can reserve room for before it has read them.
const MAX_HINT: usize = 4096;

/// Decodes a `T` from all of `bytes`.
///
/// `read` passes the seed to the codec's deserializer, and returns how many bytes were used.
/// `reason` words the deserializer's own errors without any part of the value.
pub(crate) fn decode<T, E>(
    codec: &'static str,
    bytes: &[u8],
    read: impl FnOnce(GuardedSeed<'_, PhantomData<T>>) -> Result<(T, usize), E>,
    reason: impl FnOnce(E) -> String,
) -> Result<T> {
    let found = bytes.len();
    let refuse = |reason: String| Err(Error::decode(codec, found, reason));
    if found > MAX_VALUE_LEN {
        return refuse(format!("expected at most {MAX_VALUE_LEN} bytes, found {found}"));
    }
    let budget = Budget::new(found);
    match read(GuardedSeed { inner: PhantomData, level: Level { budget: &budget, depth: 0 } }) {
        Ok((value, used)) if used == found => Ok(value),
        Ok((_, used)) => refuse(format!("expected a length of {used}, found {found}")),
        Err(error) => refuse(budget.refusal.get().map_or_else(|| reason(error), String::from)),
    }
}

/// The memory that the rest of one value can take.
struct Budget {
    memory: Cell<usize>,
    refusal: Cell<Option<&'static str>>,
}

impl Budget {
    fn new(len: usize) -> Self {
        let memory = len.saturating_mul(EXPANSION).saturating_add(ALLOWANCE);
        Self { memory: Cell::new(memory), refusal: Cell::new(None) }
    }

    /// Keeps the reason, since a deserializer can replace the message with its own.
    #[cold]
    fn refuse<E: de::Error>(&self, reason: &'static str) -> E {
        self.refusal.set(Some(reason));
        E::custom(reason)
    }
}

/// One level of nesting: its depth, and the budget that all levels share.
#[derive(Clone, Copy)]
struct Level<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl Level<'_> {
    /// Returns the level below.
    #[inline]
    fn descend<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(self.budget.refuse("expected at most 128 levels of nesting, found more"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    /// Charges one `T`; the rest must cover the `announced` elements, one byte each.
    #[inline]
    fn charge<T, E: de::Error>(self, announced: usize) -> Result<(), E> {
        match self.budget.memory.get().checked_sub(size_of::<T>().max(1)) {
            Some(left) if left >= announced => {
                self.budget.memory.set(left);
                Ok(())
            }
            _ => Err(self.budget.refuse("the value needs more memory than its length allows")),
        }
    }
}
