//! What several [`Set`]s give together. They must be in one slot of one server.

use std::{collections::HashSet, hash::Hash};

use super::Set;
use crate::{Executor, KeyCodec, Place, Request, Script, reply};

static SYMMETRIC_DIFFERENCE: Script =
    Script::read("SMEMBERS", include_str!("../../scripts/set_symmetric_difference.lua"));
static IS_SUBSET: Script =
    Script::read("SINTERCARD", include_str!("../../scripts/set_is_subset.lua"));
static IS_DISJOINT: Script =
    Script::read("SINTERCARD", include_str!("../../scripts/set_is_disjoint.lua"));
static COMBINE: Script = Script::idempotent("SADD", include_str!("../../scripts/set_combine.lua"));
static TOGGLE: Script = Script::once("SADD", include_str!("../../scripts/set_toggle.lua"));

impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the members of this set and of all `others`.
    ///
    /// `SUNION`, O(n).
    pub fn union<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        Self: 's,
        T: Eq + Hash,
    {
        self.members(self.with(self.place.read("SUNION"), others))
    }

    /// Returns the members that are in this set and in each of `others`.
    ///
    /// `SINTER`, O(n · number of sets), where n is the size of the smallest.
    pub fn intersection<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        Self: 's,
        T: Eq + Hash,
    {
        self.members(self.with(self.place.read("SINTER"), others))
    }

    /// Returns the members of this set that are in none of `others`.
    ///
    /// `SDIFF`, O(n).
    pub fn difference<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        Self: 's,
        T: Eq + Hash,
    {
        self.members(self.with(self.place.read("SDIFF"), others))
    }

    /// Returns the members that are in an odd number of the sets: with one other, in just one.
    ///
    /// `SMEMBERS` of each in one script, O(n).
    pub fn symmetric_difference<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        Self: 's,
        T: Eq + Hash,
    {
        self.members(self.script(&SYMMETRIC_DIFFERENCE, others))
    }

    /// Adds the members of all `others`.
    ///
    /// `SUNIONSTORE` in a script that keeps the time to live, O(n).
    pub fn union_assign<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, ()>
    where
        Self: 's,
    {
        self.place.run(self.script(&COMBINE, others).arg("SUNIONSTORE"), reply::unit)
    }

    /// Keeps only the members that are in each of `others`.
    ///
    /// `SINTERSTORE` in a script that keeps the time to live, O(n · number of sets).
    pub fn intersection_assign<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, ()>
    where
        Self: 's,
    {
        self.place.run(self.script(&COMBINE, others).arg("SINTERSTORE"), reply::unit)
    }

    /// Removes the members of all `others`.
    ///
    /// `SDIFFSTORE` in a script that keeps the time to live, O(n).
    pub fn difference_assign<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, ()>
    where
        Self: 's,
    {
        self.place.run(self.script(&COMBINE, others).arg("SDIFFSTORE"), reply::unit)
    }

    /// Keeps or adds the members that are in an odd number of the sets, and removes the rest.
    ///
    /// `SMEMBERS` of each of `others`, `SADD` and `SREM` in one script, O(n).
    pub fn symmetric_difference_assign<'s>(
        &self,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> E::Reply<'static, ()>
    where
        Self: 's,
    {
        self.place.run(self.script(&TOGGLE, others), reply::unit)
    }

    /// Returns whether every member of this set is in `other`.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    pub fn is_subset(&self, other: &Self) -> E::Reply<'static, bool> {
        self.place.run(self.script(&IS_SUBSET, [other]), reply::flag)
    }

    /// Returns whether every member of `other` is in this set.
    ///
    /// `SCARD` + `SINTERCARD` in one script, O(n).
    pub fn is_superset(&self, other: &Self) -> E::Reply<'static, bool> {
        self.place.run(other.script(&IS_SUBSET, [self]), reply::flag)
    }

    /// Returns whether no member of this set is in `other`.
    ///
    /// `SINTERCARD` with a limit of 1 in one script, O(n).
    pub fn is_disjoint(&self, other: &Self) -> E::Reply<'static, bool> {
        self.place.run(self.script(&IS_DISJOINT, [other]), reply::flag)
    }

    /// A call of `script` on this set and `others`.
    fn script<'s>(
        &self,
        script: &'static Script,
        others: impl IntoIterator<Item = &'s Self>,
    ) -> Request
    where
        Self: 's,
    {
        let others: Vec<_> = others.into_iter().map(|set| &set.place).collect();
        let keys: Vec<_> =
            [&self.place].into_iter().chain(others.iter().copied()).map(Place::key).collect();
        let request = Request::script(script, keys);
        others.iter().fold(request, |request, other| self.place.beside(request, other.side()))
    }

    /// `request` with the keys of `others` added.
    fn with<'s>(&self, request: Request, others: impl IntoIterator<Item = &'s Self>) -> Request
    where
        Self: 's,
    {
        others.into_iter().fold(request, |request, set| {
            self.place.beside(request.key(set.place.key()), set.place.side())
        })
    }

    fn members(&self, request: Request) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        self.place.run(request, |answer| reply::list(answer, reply::key::<E::Codec, T>))
    }
}
