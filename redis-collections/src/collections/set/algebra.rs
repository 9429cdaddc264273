//! The algebra of a [`Set`] with other sets.

use std::{collections::HashSet, hash::Hash};

use super::Set;
use crate::{
    codec::{KeyCodec, decode_key},
    collections::{
        KeyHandle, Operand,
        operand::{Content, Operands, SET},
    },
    command::{Key, Request, Script, reply},
    error::Result,
    store::Executor,
};

static COMBINE: Script = Script::idempotent(
    "SADD",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/set_combine.lua")),
);
static TOGGLE: Script = Script::once(
    "SADD",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/set_toggle.lua")),
);

/// The stored bytes of members.
type Members = HashSet<Vec<u8>>;

/// Each call takes any number of [`Operand`]s: sets on any server, and sets of std.
impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the members of this set and of all `others`.
    ///
    /// `SUNION`, O(n).
    /// Combining two sets of 1,000,000 members blocks the server for about 500 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn union<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let stored = |handle: &KeyHandle<E>, here: &[Key]| with_keys(handle.read("SUNION"), here);
        self.members(others, stored, Extend::extend)
    }

    /// Returns the members that are in this set and in each of `others`.
    ///
    /// `SINTER`, O(n · number of sets), where n is the size of the smallest.
    /// Combining two sets of 1,000,000 members blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn intersection<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let stored = |handle: &KeyHandle<E>, here: &[Key]| with_keys(handle.read("SINTER"), here);
        self.members(others, stored, |members, other| {
            members.retain(|member| other.contains(member));
        })
    }

    /// Returns the members of this set that are in none of `others`.
    ///
    /// `SDIFF`, O(n).
    /// Combining two sets of 1,000,000 members blocks the server for about 300 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn difference<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let stored = |handle: &KeyHandle<E>, here: &[Key]| with_keys(handle.read("SDIFF"), here);
        self.members(others, stored, |members, other| {
            members.retain(|member| !other.contains(member));
        })
    }

    /// Returns the members that are in an odd number of the sets: with one other set, in only one.
    ///
    /// Two `SDIFF` in one transaction, O(n); with more sets, `SMEMBERS` of each.
    /// Combining two sets of 1,000,000 members blocks the server for about 700 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn symmetric_difference<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let sides = others.into_iter().map(O::side);
        self.handle.gather(sides, &SET, |handle, Operands { here, others }| {
            let ours = handle.key();
            let requests: Vec<Request> = match &here[..] {
                [other] => [(ours, other), (other, ours)]
                    .map(|(one, other)| Request::read("SDIFF", one).key(other))
                    .into(),
                _ => [ours].into_iter().chain(&here).map(SET.read).collect(),
            };
            handle.run(Request::atomic(requests), |answer| {
                let mut odd = Members::new();
                for members in reply::items(answer)? {
                    toggle(&mut odd, reply::list(members, reply::bytes)?);
                }
                for Content(members) in others {
                    toggle(&mut odd, members);
                }
                decoded::<E::Codec, T>(&odd)
            })
        })
    }

    /// Adds the members of all `others`.
    ///
    /// `SUNIONSTORE` in a script that keeps the time to live, O(n).
    /// Combining two sets of 1,000,000 members blocks the server for about 500 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn union_assign<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, ()> {
        self.assign(others, "SUNIONSTORE")
    }

    /// Keeps only the members that are in each of `others`.
    ///
    /// `SINTERSTORE` in a script that keeps the time to live, O(n · number of sets).
    /// Combining two sets of 1,000,000 members blocks the server for about 400 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn intersection_assign<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, ()> {
        self.assign(others, "SINTERSTORE")
    }

    /// Removes the members of all `others`.
    ///
    /// `SDIFFSTORE` in a script that keeps the time to live, O(n).
    /// Combining two sets of 1,000,000 members blocks the server for about 300 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn difference_assign<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, ()> {
        self.assign(others, "SDIFFSTORE")
    }

    /// Keeps or adds the members that are in an odd number of the sets, and removes the rest.
    ///
    /// `SDIFFSTORE` twice and `SUNIONSTORE` for each of `others`, then `RENAME`, in a script that
    /// keeps the time to live, O(n). Combining two sets of 1,000,000 members blocks the server for
    /// about 850 ms ([measured](crate::Collection#stalls)).
    pub fn symmetric_difference_assign<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
    ) -> E::Reply<'static, ()> {
        let sides = others.into_iter().map(O::side);
        self.handle.gather(sides, &SET, |handle, Operands { here, others }| {
            let keys =
                [[handle.key().temporary(), handle.key().temporary()].to_vec(), here].concat();
            handle.run(SET.call(handle, &TOGGLE, &keys, &others, &[]), reply::unit)
        })
    }

    /// Returns the members that `stored` reads from the sets on this server, combined by `fold`
    /// with each of the others.
    fn members<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
        stored: impl FnOnce(&KeyHandle<E>, &[Key]) -> Request + Send + 'static,
        mut fold: impl FnMut(&mut Members, Members) + Send + 'static,
    ) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let sides = others.into_iter().map(O::side);
        self.handle.gather(sides, &SET, move |handle, Operands { here, others }| {
            handle.run(stored(handle, &here), move |answer| {
                if others.is_empty() {
                    return reply::list(answer, reply::key::<E::Codec, T>);
                }
                let mut members: Members = reply::list(answer, reply::bytes)?;
                for Content(other) in others {
                    fold(&mut members, other.into_iter().collect());
                }
                decoded::<E::Codec, T>(&members)
            })
        })
    }

    /// Combines this set with all `others` by `command`.
    fn assign<'o, O: Operand<Self, E> + ?Sized + 'o>(
        &self,
        others: impl IntoIterator<Item = &'o O>,
        command: &'static str,
    ) -> E::Reply<'static, ()> {
        let sides = others.into_iter().map(O::side);
        self.handle.gather(sides, &SET, move |handle, Operands { here, others }| {
            handle.run(SET.call(handle, &COMBINE, &here, &others, &[command]), reply::unit)
        })
    }
}

fn with_keys(request: Request, keys: &[Key]) -> Request {
    keys.iter().fold(request, Request::key)
}

fn decoded<C: KeyCodec<T>, T: Eq + Hash>(members: &Members) -> Result<HashSet<T>> {
    members.iter().map(|bytes| decode_key::<C, T>(bytes)).collect()
}

/// Adds those of `members` that are not in `odd`, and removes those that are.
fn toggle(odd: &mut Members, members: Vec<Vec<u8>>) {
    for member in members {
        if !odd.remove(&member) {
            odd.insert(member);
        }
    }
}
