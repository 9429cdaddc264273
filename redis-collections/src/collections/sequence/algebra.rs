//! The calls of a [`Sequence`] on another sequence.

use std::collections::VecDeque;

use super::Sequence;
use crate::{
    codec::Codec,
    collections::{
        Collection, Operand,
        operand::{Content, LIST, Operands, Sealed, Side},
    },
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

static EXTEND_FROM: Script = Script::once(
    "RPUSH",
    concat!(
        include_str!("../scripts/operands.lua"),
        include_str!("../scripts/list_extend_from.lua")
    ),
);
static EQUALS: Script = Script::read(
    "LRANGE",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/list_equals.lua")),
);

/// The other is an [`Operand`]: a list or a deque on any server, or a `Vec`, a slice or a
/// `VecDeque`.
impl<T, E> Sequence<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Appends all elements of `other`; a deque with a maxlen removes elements from the front.
    ///
    /// `LRANGE` + `RPUSH` in one script, O(n); `RPUSH` with 500 elements each if `other` is in
    /// memory. Copying 1,000,000 elements blocks the server for about 550 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn extend_from<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, ()> {
        self.handle.extend_from(other.side(), &LIST, &EXTEND_FROM, |handle| {
            Self::from_handle(handle.clone()).append()
        })
    }

    /// Returns the elements of both, those of `other` last; for a deque with a maxlen, only the
    /// last ones.
    ///
    /// `LRANGE`, two of them in one transaction for another list, O(n).
    pub fn concat<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, Vec<T>> {
        self.handle.gather([other.side()], &LIST, |handle, Operands { here, others }| {
            let theirs = here.iter().map(LIST.read);
            let both = Request::atomic([(LIST.read)(handle.key())].into_iter().chain(theirs));
            let maxlen = handle.options().maxlen;
            handle.run(both, move |answer| {
                let others = others.into_iter().map(Content::into_answer);
                let all = reply::items(answer)?.into_iter().chain(others);
                let lists = all.map(|list| reply::list(list, reply::value::<E::Codec, T>));
                let lists = lists.collect::<Result<Vec<Vec<T>>>>()?;
                let len: usize = lists.iter().map(Vec::len).sum();
                Ok(lists
                    .into_iter()
                    .flatten()
                    .skip(maxlen.map_or(0, |most| len.saturating_sub(most)))
                    .collect())
            })
        })
    }

    /// Returns whether both have the same elements in the same order. Elements are equal if their
    /// stored bytes are.
    ///
    /// `LRANGE` of both in one script, O(n); one `LRANGE` if the other is in memory.
    /// Comparing 1,000,000 elements blocks the server for about 350 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.handle.equals(other.side(), &LIST, &EQUALS)
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for Sequence<T, E> {
    fn side(&self) -> Side<'_, E> {
        Side::Stored(&self.handle)
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for [T]
where
    T: 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(Content::of::<E::Codec, T>(self))
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for Vec<T>
where
    T: 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(Content::of::<E::Codec, T>(self))
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for VecDeque<T>
where
    T: 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(Content::of::<E::Codec, T>(self))
    }
}
