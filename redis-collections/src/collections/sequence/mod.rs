//! [`Sequence`]: the calls by index that a list and a deque share.

mod slice;
pub(crate) use slice::Slice;

mod elements;

mod ranges;

mod sort;

mod whole;

mod algebra;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// The calls by index that [`List`](crate::List) and [`Deque`](crate::Deque) share, as `Vec` and
/// arrays share those of slices.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// A negative index counts from the end: -1 is the last element. A range means the same as a slice
/// in Python, and is never out of range. Elements are equal if their stored bytes are.
///
/// ```
/// # use redis_collections::{List, Store};
/// # let store = Store::temporary()?;
/// let quests: List<String> = List::open(&store, "quests");
/// quests.extend(["find", "fight", "flee"].map(String::from))?; // RPUSH quests "find" "fight" …
///
/// assert_eq!(quests.get(-1)?.as_deref(), Some("flee")); //        LINDEX quests -1
/// assert_eq!(quests.index_of("fight")?, Some(1)); //              LPOS quests "fight"
/// assert_eq!(quests.range(..2)?, ["find", "fight"]); //           LRANGE quests 0 1
/// assert_eq!(quests.remove(1)?.as_deref(), Some("fight")); //     LINDEX + LREM in one script
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Sequence<T, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Collection<E> for Sequence<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        Sequence { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<T, E: Executor> Clone for Sequence<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<T, E: Executor> fmt::Debug for Sequence<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sequence").field(self.handle.key()).finish()
    }
}
