//! The guard: what bytes may cost, whatever they say.
//!
//! It stands between a type and a deserializer, and refuses before anything is allocated or
//! called: nesting past [`MAX_DEPTH`], and more memory than [`ALLOWANCE`] and [`EXPANSION`] give.
//! Each element of a collection costs its size, at least one byte, so that elements without bytes
//! cannot loop for ever. Each option and enum costs its size once more, since it may stand in a
//! `Box`, where one byte of input makes a whole variant. Structs, tuples and numbers lie within
//! what was paid for already, and text cannot be longer than the input.

mod access;
mod deserializer;
mod seed;
mod visitor;

use std::{cell::Cell, marker::PhantomData};

use serde::de;

use self::seed::Seed;
use super::MAX_VALUE_LEN;
use crate::error::{Error, Result};

/// How deep a value may be nested: enough for data, and safe on a thread with 2 MiB of stack.
const MAX_DEPTH: usize = 128;

/// The memory that any value may take, in bytes: 64 MiB.
const ALLOWANCE: usize = 64 * 1024 * 1024;

/// The memory that each byte of input may take besides. Collections that are empty take 24 to 48.
const EXPANSION: usize = 64;

/// The most elements that a collection may make room for before it has seen them.
const MAX_HINT: usize = 4096;

/// Reads a `T` from all of `bytes`.
///
/// `read` gives the seed to the codec's deserializer, and says how many bytes were used; `reason`
/// puts the deserializer's own errors into words that hold nothing of the value.
pub(crate) fn decode<T, E>(
    codec: &'static str,
    bytes: &[u8],
    read: impl FnOnce(Seed<'_, PhantomData<T>>) -> Result<(T, usize), E>,
    reason: impl FnOnce(E) -> String,
) -> Result<T> {
    let refuse = |reason: String| Err(Error::decode(codec, bytes.len(), reason));
    if bytes.len() > MAX_VALUE_LEN {
        return refuse(format!("at most {MAX_VALUE_LEN} bytes are read"));
    }
    let guard = Guard::new(bytes.len());
    match read(Seed { inner: PhantomData, level: Level { guard: &guard, depth: 0 } }) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok((_, used)) => refuse(format!("{} bytes are left over", bytes.len() - used)),
        Err(error) => refuse(guard.refusal.get().map_or_else(|| reason(error), String::from)),
    }
}

/// What one value may still cost.
struct Guard {
    memory: Cell<usize>,
    refusal: Cell<Option<&'static str>>,
}

impl Guard {
    fn new(len: usize) -> Self {
        let memory = len.saturating_mul(EXPANSION).saturating_add(ALLOWANCE);
        Self { memory: Cell::new(memory), refusal: Cell::new(None) }
    }

    /// Keeps the reason, since a deserializer may bury it in words of its own.
    #[cold]
    fn refuse<E: de::Error>(&self, reason: &'static str) -> E {
        self.refusal.set(Some(reason));
        E::custom(reason)
    }
}

/// How deep a part of the value stands.
#[derive(Clone, Copy)]
struct Level<'g> {
    guard: &'g Guard,
    depth: usize,
}

impl Level<'_> {
    #[inline]
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(self.guard.refuse("nested more than 128 deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    /// Pays for one `T`; `announced` more of them must be within reach too.
    #[inline]
    fn pay<T, E: de::Error>(self, announced: usize) -> Result<(), E> {
        match self.guard.memory.get().checked_sub(size_of::<T>().max(1)) {
            Some(left) if left >= announced => {
                self.guard.memory.set(left);
                Ok(())
            }
            _ => Err(self.guard.refuse("they would take more memory than their length allows")),
        }
    }
}
