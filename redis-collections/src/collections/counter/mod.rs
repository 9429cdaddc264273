//! [`Counter`]: counts in one Redis hash.

mod counts;

pub(crate) mod whole;

mod algebra;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// Counts of things, kept in one Redis hash as plain numbers.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The count of a missing thing is 0, and reading it stores nothing. A stored count may be 0 or
/// less. A call whose sum is outside the range of `i64` fails with
/// [`Error::Overflow`](crate::Error::Overflow), and changes nothing.
///
/// ```
/// # use redis_collections::{Counter, Store};
/// # let store = Store::temporary()?;
/// let kills: Counter<String> = Counter::open(&store, "kills");
///
/// assert_eq!(kills.add("orc", 2)?, 2); //          HINCRBY kills "orc" 2
/// assert_eq!(kills.get("orc")?, 2); //             HGET kills "orc"
/// assert_eq!(kills.get("troll")?, 0); //           HGET kills "troll"
///
/// kills.add_all([("orc".to_string(), 1), ("elf".to_string(), 2)])?; // HINCRBY … in one script
/// assert_eq!(kills.most_common(1)?, [("orc".to_string(), 3)]); //      HGETALL kills
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Counter<T, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Collection<E> for Counter<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        Counter { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<T, E: Executor> Clone for Counter<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<T, E: Executor> fmt::Debug for Counter<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Counter").field(self.handle.key()).finish()
    }
}
