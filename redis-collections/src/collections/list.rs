//! [`List`]: a vector in one Redis list.

use std::{
    borrow::Borrow,
    fmt,
    ops::{Deref, RangeBounds},
};

use crate::{
    codec::{Codec, Lookup},
    collections::{
        Collection, KeyHandle, Sequence,
        operand::{Sealed, Side},
    },
    command::reply,
    store::{Executor, Store},
};

/// A vector, kept in one Redis list.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of [`Vec`]. A call is one round trip and atomic, unless its
/// documentation says otherwise. The calls by index are those of [`Sequence`]: a negative index
/// counts from the end, and a range means the same as a slice in Python. Calls at either end are
/// cheap, calls in the middle are not.
///
/// ```
/// # use redis_collections::{List, Store};
/// # let store = Store::temporary()?;
/// let quests: List<String> = List::open(&store, "quests");
///
/// assert_eq!(quests.push("find")?, 1); //                    RPUSH quests "find"
/// quests.extend(["fight", "flee"].map(String::from))?; //    RPUSH quests "fight" "flee"
/// assert_eq!(quests.get(-1)?.as_deref(), Some("flee")); //   LINDEX quests -1
///
/// quests.set_range(1.., ["feast".to_string()])?; //          LTRIM + RPUSH in one script
/// assert_eq!(quests.to_vec()?, ["find", "feast"]); //        LRANGE quests 0 -1
/// assert_eq!(quests.pop()?.as_deref(), Some("feast")); //    RPOP quests
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct List<T, E = Store> {
    sequence: Sequence<T, E>,
}

impl<T, E: Executor> List<T, E> {
    /// Opens the list called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same list, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> List<T, F::With<E::Codec>> {
        List::from_handle(self.handle().on(executor))
    }
}

impl<T, E> List<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns the first element, if there is one.
    ///
    /// `LINDEX`, O(1).
    pub fn first(&self) -> E::Reply<'static, Option<T>> {
        self.get(0)
    }

    /// Returns the last element, if there is one.
    ///
    /// `LINDEX`, O(1).
    pub fn last(&self) -> E::Reply<'static, Option<T>> {
        self.get(-1)
    }

    /// Appends `value`, and returns the new length.
    ///
    /// `RPUSH`, O(1).
    pub fn push(&self, value: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, usize> {
        let request = self.handle().once("RPUSH").value::<E::Codec, T>(value);
        self.handle().run(request, reply::size)
    }

    /// Inserts `value` before the first element, and returns the new length.
    ///
    /// `LPUSH`, O(1).
    pub fn push_front(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, usize> {
        let request = self.handle().once("LPUSH").value::<E::Codec, T>(value);
        self.handle().run(request, reply::size)
    }

    /// Removes the last element, and returns it, if there is one.
    ///
    /// `RPOP`, O(1).
    pub fn pop(&self) -> E::Reply<'static, Option<T>> {
        self.handle().run(self.handle().once("RPOP"), reply::optional_value::<E::Codec, T>)
    }

    /// Removes the first element, and returns it, if there is one.
    ///
    /// `LPOP`, O(1).
    pub fn pop_front(&self) -> E::Reply<'static, Option<T>> {
        self.handle().run(self.handle().once("LPOP"), reply::optional_value::<E::Codec, T>)
    }

    /// Appends all of `values`.
    ///
    /// `RPUSH` with 500 values each, O(number of values), in one transaction for each 10,000
    /// values or 1 MiB.
    pub fn extend<V: Borrow<T>>(
        &self,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        self.push_all(|| self.handle().once("RPUSH"), values)
    }

    /// Replaces the elements in `range` with any number of `values`.
    ///
    /// [`Vec::splice`] returns the old elements; this call does not.
    ///
    /// `LRANGE` + `LTRIM` + a push in one script, O(number of values + elements in the range +
    /// distance from the nearer end).
    /// Writing 1,000,000 values blocks the server for about 500 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn set_range<V: Borrow<T>>(
        &self,
        range: impl RangeBounds<i64>,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        self.splice(range, values)
    }

    /// Sets every `step`th element in `range` to one of `values`; with a step of 1, any number of
    /// values replaces the range.
    ///
    /// `LLEN` + `LSET` for each in one script, O(number of values · distance from the nearer end).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if `step` is zero, or if the numbers of
    /// values and of elements differ; nothing is set then.
    pub fn set_range_step<V: Borrow<T>>(
        &self,
        range: impl RangeBounds<i64>,
        step: i64,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        if step == 1 { self.splice(range, values) } else { self.set_step(range, step, values) }
    }
}

impl<T, E: Executor> Collection<E> for List<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        List { sequence: Sequence::from_handle(handle) }
    }

    fn handle(&self) -> &KeyHandle<E> {
        self.sequence.handle()
    }
}

impl<T, E> Deref for List<T, E> {
    type Target = Sequence<T, E>;

    fn deref(&self) -> &Sequence<T, E> {
        &self.sequence
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for List<T, E> {
    fn side(&self) -> Side<'_, E> {
        Sealed::<Sequence<T, E>, E>::side(&**self)
    }
}

impl<T, E: Executor> Clone for List<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle().clone())
    }
}

impl<T, E: Executor> fmt::Debug for List<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("List").field(self.handle().key()).finish()
    }
}
