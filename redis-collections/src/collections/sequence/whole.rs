//! The calls of a [`Sequence`] on all elements.

use std::{borrow::Borrow, iter};

use redis::Value;

use super::Sequence;
use crate::{
    codec::Codec,
    collections::{
        Scan,
        scan::{self, PAGE},
    },
    command::{Request, Script, reply},
    error::Result,
    store::{Connected, ElementHash, Executor},
};

static REVERSE: Script = Script::once("LRANGE", include_str!("../scripts/list_reverse.lua"));
static REPEAT: Script = Script::once("LRANGE", include_str!("../scripts/list_repeat.lua"));

impl<T, E> Sequence<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns all elements.
    ///
    /// `LRANGE`, O(n). [`iter`](Sequence::iter) reads a large list page by page.
    pub fn to_vec(&self) -> E::Reply<'static, Vec<T>> {
        let request = self.handle.read("LRANGE").arg(0).arg(-1);
        self.handle.run(request, |answer| reply::list(answer, reply::value::<E::Codec, T>))
    }

    /// Returns an iterator over all elements, or a stream on an [`aio::Store`](crate::aio::Store).
    ///
    /// Pages are read by index. If elements before the current page are added or removed, an
    /// element may be returned twice or not at all.
    ///
    /// `LRANGE`, O(distance from the nearer end) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(self.clone())
    }

    /// Returns the elements `times` times over; for a deque with a maxlen, only the last ones.
    ///
    /// `LRANGE`, O(n).
    pub fn repeat(&self, times: usize) -> E::Reply<'static, Vec<T>>
    where
        T: Clone,
    {
        let maxlen = self.handle.options().maxlen;
        let request = self.handle.read("LRANGE").arg(0).arg(-1);
        self.handle.run(request, move |answer| {
            let elements: Vec<T> = reply::list(answer, reply::value::<E::Codec, T>)?;
            Ok(repeated(&elements, times, maxlen))
        })
    }

    /// Repeats the elements, so that the list has them `times` times over; a deque with a maxlen
    /// keeps the last ones.
    ///
    /// `LRANGE` + `RPUSH` in one script, O(n · times).
    /// Repeating 1,000,000 elements twice blocks the server for about 400 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn repeat_assign(&self, times: usize) -> E::Reply<'static, ()> {
        let request = self.handle.script(&REPEAT).arg(times).arg(self.handle.options().maxlen);
        self.handle.run(request, reply::unit)
    }

    /// Reverses the order of the elements.
    ///
    /// `LRANGE` + `RPUSH` + `LTRIM` in one script, O(n).
    /// Reversing 1,000,000 elements blocks the server for about 500 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn reverse(&self) -> E::Reply<'static, ()> {
        self.handle.run(self.handle.script(&REVERSE), reply::unit)
    }

    /// Sends all of `values`, a chunk with each request that `push` starts.
    pub(crate) fn push_all<V: Borrow<T>>(
        &self,
        push: impl Fn() -> Request,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        self.handle.run_all(Request::bulk(values, Request::ITEMS, push, |request, value| {
            request.push_value::<E::Codec, T>(value.borrow());
        }))
    }
}

impl<T, E> scan::Sealed for Sequence<T, E> {}

impl<T, E> Scan<E> for Sequence<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    type Item = T;

    type Element = Value;

    const COMMAND: &'static str = "LRANGE";

    fn item(element: Value) -> Result<T> {
        reply::value::<E::Codec, T>(element)
    }

    fn element_hash(_: &Value) -> Option<ElementHash> {
        None
    }

    fn page_request(&self, cursor: u64) -> Request {
        self.handle.read(Self::COMMAND).arg(cursor).arg(cursor + u64::from(PAGE) - 1)
    }

    fn split_page(cursor: u64, answer: Value) -> Result<(u64, Value)> {
        let items = reply::items(answer)?;
        let is_full = items.len() >= PAGE as usize;
        let next = if is_full { cursor + u64::from(PAGE) } else { 0 };
        Ok((next, Value::Array(items)))
    }
}

/// Returns `elements` `times` times over; only the last `maxlen` of them.
fn repeated<T: Clone>(elements: &[T], times: usize, maxlen: Option<usize>) -> Vec<T> {
    let Some(maxlen) = maxlen else {
        return iter::repeat_n(elements, times).flatten().cloned().collect();
    };
    let wanted = elements.len().saturating_mul(times).min(maxlen);
    let mut last: Vec<T> = elements.iter().rev().cycle().take(wanted).cloned().collect();
    last.reverse();
    last
}
