//! The calls of a [`Sequence`] on single elements.

use super::Sequence;
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    command::{Request, Script, reply},
    error::Error,
    store::Executor,
};

static SET: Script = Script::idempotent("LSET", include_str!("../scripts/list_set.lua"));
static INSERT: Script = Script::once("LINSERT", include_str!("../scripts/list_insert.lua"));
static REMOVE: Script = Script::once("LREM", include_str!("../scripts/list_remove.lua"));
static PUSH_BACK: Script = Script::once("RPUSH", include_str!("../scripts/deque_push_back.lua"));
static COUNT: Script = Script::read("LPOS", include_str!("../scripts/list_count.lua"));

impl<T, E: Executor> Sequence<T, E> {
    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of elements.
    ///
    /// `LLEN`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("LLEN"), reply::size)
    }

    /// Returns whether there are no elements.
    ///
    /// `LLEN`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("LLEN"), |answer| Ok(reply::size(answer)? == 0))
    }

    /// Starts a request that appends values; a script if the deque has a maxlen.
    pub(in crate::collections) fn append(&self) -> Request {
        match self.handle.options().maxlen {
            Some(maxlen) => self.handle.script(&PUSH_BACK).arg(maxlen),
            None => self.handle.once("RPUSH"),
        }
    }
}

impl<T, E> Sequence<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns the element at `index`, if there is one.
    ///
    /// `LINDEX`, O(distance from the nearer end).
    pub fn get(&self, index: i64) -> E::Reply<'static, Option<T>> {
        self.handle.run(self.handle.read("LINDEX").arg(index), reply::optional_value::<E::Codec, T>)
    }

    /// Returns the index of the first element that equals `value`.
    ///
    /// `LPOS`, O(n).
    pub fn index_of(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<usize>>
    where
        E::Codec: KeyCodec<T>,
    {
        let request = self.handle.read("LPOS").value::<E::Codec, T>(value);
        self.handle.run(request, |answer| reply::or_nil(answer, reply::size))
    }

    /// Returns whether any element equals `value`.
    ///
    /// `LPOS`, O(n).
    pub fn contains(&self, value: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool>
    where
        E::Codec: KeyCodec<T>,
    {
        let request = self.handle.read("LPOS").value::<E::Codec, T>(value);
        self.handle.run(request, |answer| Ok(reply::optional_int(answer)?.is_some()))
    }

    /// Returns the number of elements that equal `value`.
    ///
    /// `LPOS … COUNT 0` in a script, O(n).
    pub fn count(&self, value: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, usize>
    where
        E::Codec: KeyCodec<T>,
    {
        let request = self.handle.script(&COUNT).value::<E::Codec, T>(value);
        self.handle.run(request, reply::size)
    }

    /// Sets the element at `index` to `value`; returns `false` if there is no such index.
    ///
    /// `LLEN` + `LSET` in one script, O(distance from the nearer end).
    pub fn set(
        &self,
        index: i64,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.script(&SET).arg(index).value::<E::Codec, T>(value);
        self.handle.run(request, reply::flag)
    }

    /// Inserts `value` before the element at `index`. If there is no such index, inserts it before
    /// the first or after the last element.
    ///
    /// `LLEN` + `LINSERT` in one script, O(n).
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a deque is full, since the call does not say which end loses an
    /// element.
    pub fn insert(
        &self,
        index: i64,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, ()> {
        let maxlen = self.handle.options().maxlen;
        let request =
            self.handle.script(&INSERT).arg(index).value::<E::Codec, T>(value).arg(maxlen);
        self.handle.run(request, move |answer| match maxlen {
            Some(maxlen) if !reply::flag(answer)? => Err(full(maxlen)),
            _ => Ok(()),
        })
    }

    /// Removes the element at `index`, and returns it, if there is one.
    ///
    /// `LINDEX` + `LREM` in one script, O(n).
    pub fn remove(&self, index: i64) -> E::Reply<'static, Option<T>> {
        self.handle
            .run(self.handle.script(&REMOVE).arg(index), reply::optional_value::<E::Codec, T>)
    }

    /// Removes the first element that equals `value`, and returns whether there was one.
    ///
    /// `LREM`, O(n).
    pub fn remove_value(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool>
    where
        E::Codec: KeyCodec<T>,
    {
        let request = self.handle.once("LREM").arg(1).value::<E::Codec, T>(value);
        self.handle.run(request, reply::flag)
    }
}

fn full(maxlen: usize) -> Error {
    Error::OutOfRange {
        key: String::new(),
        expected: "a deque with room for another element".into(),
        found: format!("a full deque of {maxlen} elements"),
    }
}
