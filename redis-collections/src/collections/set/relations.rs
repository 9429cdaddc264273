//! How a [`Set`] stands to another.

use std::collections::{BTreeSet, HashSet};

use redis::Value;

use super::Set;
use crate::{
    codec::KeyCodec,
    collections::{
        KeyHandle, Operand,
        operand::{Content, Operands, SET, Sealed, Side},
    },
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

static RELATION: Script = Script::read(
    "SINTERCARD",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/set_relation.lua")),
);
/// How many members two sets have, and how many of them are the same.
#[derive(Clone, Copy)]
struct Relation {
    common: usize,
    ours: usize,
    theirs: usize,
}

/// The other set is an [`Operand`]: a set on any server, or one of std in memory.
impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns whether every member of this set is in `other`.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Of 1,000,000 members it stalls the server for some 150 ms.
    pub fn is_subset<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours)
    }

    /// Returns whether every member of `other` is in this set.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n); `SMISMEMBER` for one in memory.
    /// Of 1,000,000 members it stalls the server for some 400 ms.
    pub fn is_superset<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.theirs)
    }

    /// Returns whether every member of this set is in `other`, which has others besides.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Of 1,000,000 members it stalls the server for some 150 ms.
    pub fn is_proper_subset<O: Operand<Self, E> + ?Sized>(
        &self,
        other: &O,
    ) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours && all.ours < all.theirs)
    }

    /// Returns whether every member of `other` is in this set, which has others besides.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Of 1,000,000 members it stalls the server for some 150 ms.
    pub fn is_proper_superset<O: Operand<Self, E> + ?Sized>(
        &self,
        other: &O,
    ) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.theirs && all.theirs < all.ours)
    }

    /// Returns whether no member of this set is in `other`.
    ///
    /// Of 1,000,000 members it stalls the server for some 400 ms.
    ///
    /// `SINTERCARD` with a limit of 1 in one script, O(n); `SMISMEMBER` for one in memory.
    pub fn is_disjoint<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(1, other, |all| all.common == 0)
    }

    /// Returns whether both have the same members.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Of 1,000,000 members it stalls the server for some 500 ms.
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours && all.ours == all.theirs)
    }

    /// The verdict on how this set stands to `other`; no more than `limit` common members are
    /// counted, unless that is 0.
    fn relation<O: Operand<Self, E> + ?Sized>(
        &self,
        limit: usize,
        other: &O,
        verdict: fn(Relation) -> bool,
    ) -> E::Reply<'static, bool> {
        self.handle.gather([other.side()], &SET, move |handle, Operands { here, others }| {
            let request = match here.first() {
                Some(other) => Request::script(&RELATION, [handle.key(), other]).arg(limit),
                None => count(handle, &others),
            };
            let theirs = others.iter().map(|Content(members)| members.len()).sum();
            handle.run(request, move |answer| relation(answer, theirs).map(verdict))
        })
    }
}

impl<T, E> Sealed<Set<T, E>, E> for Set<T, E> {
    fn side(&self) -> Side<'_, E> {
        Side::Stored(&self.handle)
    }
}

impl<T, S, E> Sealed<Set<T, E>, E> for HashSet<T, S>
where
    T: 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(Content::of::<E::Codec, T>(self))
    }
}

impl<T, E> Sealed<Set<T, E>, E> for BTreeSet<T>
where
    T: 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(Content::of::<E::Codec, T>(self))
    }
}

/// Asks how many members there are, and which of `others` are among them.
fn count<E: Executor>(handle: &KeyHandle<E>, others: &[Content]) -> Request {
    let members = || others.iter().flat_map(|Content(members)| members);
    let known = members().fold(handle.read("SMISMEMBER"), Request::arg);
    // Redis refuses to look for no members.
    let known = members().next().map(|_| known);
    Request::atomic([Some(handle.read("SCARD")), known].into_iter().flatten())
}

/// Reads what the script gives, or how many members there are and which of `theirs` are among them.
fn relation(answer: Value, theirs: usize) -> Result<Relation> {
    let mut parts = reply::items(answer)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    match (next(), next(), next()) {
        (ours, Value::Nil, _) => Ok(Relation { common: 0, ours: reply::size(ours)?, theirs }),
        (ours, known @ Value::Array(_), _) => {
            let known: Vec<bool> = reply::list(known, reply::flag)?;
            let common = known.into_iter().filter(|known| *known).count();
            Ok(Relation { common, ours: reply::size(ours)?, theirs })
        }
        (common, ours, theirs) => Ok(Relation {
            common: reply::size(common)?,
            ours: reply::size(ours)?,
            theirs: reply::size(theirs)?,
        }),
    }
}
