//! The relations of a [`Set`] to another.

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
/// The sizes of two sets, and of their intersection.
#[derive(Clone, Copy)]
struct Relation {
    common: usize,
    ours: usize,
    theirs: usize,
}

/// The other set is an [`Operand`]: a set on any server, or a set of std.
impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns whether every member of this set is in `other`.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Comparing two sets of 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn is_subset<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours)
    }

    /// Returns whether every member of `other` is in this set.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n); `SMISMEMBER` if `other` is in memory.
    /// Comparing a set with 1,000,000 members in memory blocks the server for about 400 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn is_superset<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.theirs)
    }

    /// Returns whether every member of this set is in `other`, and `other` has more members.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Comparing two sets of 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn is_proper_subset<O: Operand<Self, E> + ?Sized>(
        &self,
        other: &O,
    ) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours && all.ours < all.theirs)
    }

    /// Returns whether every member of `other` is in this set, and this set has more members.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Comparing two sets of 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn is_proper_superset<O: Operand<Self, E> + ?Sized>(
        &self,
        other: &O,
    ) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.theirs && all.theirs < all.ours)
    }

    /// Returns whether no member of this set is in `other`.
    ///
    /// `SINTERCARD` with a limit of 1 in one script, O(n); `SMISMEMBER` if `other` is in memory.
    /// Comparing a set with 1,000,000 members in memory blocks the server for about 400 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn is_disjoint<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(1, other, |all| all.common == 0)
    }

    /// Returns whether both have the same members.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    /// Comparing a set with 1,000,000 members in memory blocks the server for about 500 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.relation(0, other, |all| all.common == all.ours && all.ours == all.theirs)
    }

    /// Returns the verdict on the relation to `other`. The server counts at most `limit` common
    /// members, or all of them if that is 0.
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

/// Returns the request for the size of the set, and for which of `others` are in it.
fn count<E: Executor>(handle: &KeyHandle<E>, others: &[Content]) -> Request {
    let members = || others.iter().flat_map(|Content(members)| members);
    let known = members().fold(handle.read("SMISMEMBER"), Request::arg);
    // `SMISMEMBER` needs at least one member.
    let known = members().next().map(|_| known);
    Request::atomic([Some(handle.read("SCARD")), known].into_iter().flatten())
}

/// Reads the reply of the script, or the reply to [`count`].
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
