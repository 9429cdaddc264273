//! The calls of a [`Sequence`] on a range of its elements.

use std::{borrow::Borrow, ops::RangeBounds};

use redis::Value;

use super::{Sequence, Slice};
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    command::{Request, Script, reply},
    error::{Error, Result},
    store::Executor,
};

static INDEX_OF_IN: Script = Script::read("LPOS", include_str!("../scripts/list_index_of_in.lua"));
static SPLICE: Script = Script::once("LRANGE", include_str!("../scripts/list_splice.lua"));
static SET_STEP: Script =
    Script::idempotent("LSET", include_str!("../scripts/list_set_range_step.lua"));
static DELETE_STEP: Script =
    Script::once("LREM", include_str!("../scripts/list_delete_range_step.lua"));

impl<T, E> Sequence<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns the elements in `range`.
    ///
    /// Clippy's `reversed_empty_ranges` reports `1..-1`, which is a valid range here: allow the
    /// lint.
    ///
    /// `LRANGE`, O(elements in the range + distance from the nearer end).
    pub fn range(&self, range: impl RangeBounds<i64>) -> E::Reply<'static, Vec<T>> {
        self.range_step(range, 1)
    }

    /// Returns every `step`th element in `range`; backwards from its start down to its end if
    /// `step` is negative.
    ///
    /// `LRANGE`, O(elements in the range + distance from the nearer end).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if `step` is zero.
    pub fn range_step(&self, range: impl RangeBounds<i64>, step: i64) -> E::Reply<'static, Vec<T>> {
        let slice = Slice::new(range, step);
        let (first, last) = slice.ends();
        let request = stepping(self.handle.read("LRANGE").arg(first).arg(last), step);
        self.handle.run(request, move |answer| {
            slice.pick(reply::items(answer)?).map(reply::value::<E::Codec, T>).collect()
        })
    }

    /// Returns the index of the first element in `range` that equals `value`, counted from the
    /// front of the list.
    ///
    /// `LPOS` in a script, O(n).
    pub fn index_of_in(
        &self,
        range: impl RangeBounds<i64>,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<usize>>
    where
        E::Codec: KeyCodec<T>,
    {
        let slice = Slice::new(range, 1);
        let request = self.handle.script(&INDEX_OF_IN).value::<E::Codec, T>(value);
        let request = request.arg(slice.start).arg(slice.stop);
        self.handle.run(request, |answer| reply::or_nil(answer, reply::size))
    }

    /// Removes the elements in `range`, and returns how many were removed.
    ///
    /// `LRANGE` + `LTRIM` + a push in one script, O(elements in the range + distance from the
    /// nearer end).
    pub fn delete_range(&self, range: impl RangeBounds<i64>) -> E::Reply<'static, usize> {
        let slice = Slice::new(range, 1);
        let request = self.handle.script(&SPLICE).arg(slice.start).arg(slice.stop);
        self.handle.run(request, reply::size)
    }

    /// Removes every `step`th element in `range`, and returns how many were removed.
    ///
    /// `LSET` for each + `LREM` in one script, O(n).
    /// Removing 500,000 of 1,000,000 elements blocks the server for about 1.8 s
    /// ([measured](crate::Collection#stalls)).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if `step` is zero.
    pub fn delete_range_step(
        &self,
        range: impl RangeBounds<i64>,
        step: i64,
    ) -> E::Reply<'static, usize> {
        if step == 1 {
            return self.delete_range(range);
        }
        let slice = Slice::new(range, step);
        let request = self.handle.script(&DELETE_STEP).arg(slice.start).arg(slice.stop);
        self.handle.run(stepping(request.arg(step), step), reply::size)
    }

    /// Replaces the elements in `range` with `values`.
    pub(crate) fn splice<V: Borrow<T>>(
        &self,
        range: impl RangeBounds<i64>,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        let slice = Slice::new(range, 1);
        let request = self.handle.script(&SPLICE).arg(slice.start).arg(slice.stop);
        self.handle.run(with_values::<E::Codec, T, V>(request, values), reply::unit)
    }

    /// Sets every `step`th element in `range` to one of `values`, if their numbers are equal.
    pub(crate) fn set_step<V: Borrow<T>>(
        &self,
        range: impl RangeBounds<i64>,
        step: i64,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        let slice = Slice::new(range, step);
        let mut given = 0;
        let values = values.into_iter().inspect(|_| given += 1);
        let request = self.handle.script(&SET_STEP).arg(slice.start).arg(slice.stop).arg(step);
        let request = stepping(with_values::<E::Codec, T, V>(request, values), step);
        self.handle.run(request, move |answer| as_many(answer, given))
    }
}

/// Returns `request`, with an error if `step` is zero.
fn stepping(request: Request, step: i64) -> Request {
    if step != 0 {
        return request;
    }
    request.with_error(Error::OutOfRange {
        key: String::new(),
        expected: "a step other than 0".into(),
        found: "a step of 0".into(),
    })
}

/// Adds `values` to the end of `request`.
fn with_values<C: Codec<T>, T: 'static, V: Borrow<T>>(
    mut request: Request,
    values: impl IntoIterator<Item = V>,
) -> Request {
    values.into_iter().for_each(|value| request.push_value::<C, T>(value.borrow()));
    request
}

/// Returns an error unless the reply is the number of values that were given.
fn as_many(answer: Value, given: usize) -> Result<()> {
    let chosen = reply::size(answer)?;
    if chosen == given {
        return Ok(());
    }
    Err(Error::OutOfRange {
        key: String::new(),
        expected: format!("{chosen} values, one for each element"),
        found: format!("{given}"),
    })
}
