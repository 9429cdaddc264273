//! The calls of a [`Counter`] on single counts.

use std::{borrow::Borrow, collections::HashMap, hash::Hash};

use super::Counter;
use crate::{
    codec::{KeyCodec, Lookup},
    collections::{Collection, KeyHandle, number::number},
    command::{Request, Script, reply},
    error::Error,
    store::Executor,
};

static ADD_ALL: Script = Script::once(
    "HINCRBY",
    concat!(include_str!("../scripts/decimal.lua"), include_str!("../scripts/counter_add_all.lua")),
);
static GET_OR_INSERT: Script =
    Script::idempotent("HSETNX", include_str!("../scripts/dict_get_or_insert.lua"));
static REMOVE: Script = Script::once("HDEL", include_str!("../scripts/dict_remove.lua"));
static POP_ANY: Script = Script::once("HDEL", include_str!("../scripts/dict_pop_any.lua"));

/// The maximum number of counts in one script.
const COUNTS: usize = 10_000;

impl<T, E: Executor> Counter<T, E> {
    /// Opens the counter called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same counter, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Counter<T, F::With<E::Codec>> {
        Counter::from_handle(self.handle.on(executor))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of things with a count; a stored 0 is a count.
    ///
    /// `HLEN`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("HLEN"), reply::size)
    }

    /// Returns whether there are no counts.
    ///
    /// `HLEN`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("HLEN"), |answer| Ok(reply::size(answer)? == 0))
    }
}

impl<T, E> Counter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the count of `thing`, or 0 if it has none.
    ///
    /// `HGET`, O(1).
    pub fn get(&self, thing: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, i64> {
        let request = self.handle.read("HGET").value::<E::Codec, T>(thing);
        self.handle.run(request, number)
    }

    /// Returns the counts of `things`, in the same order; 0 for a thing without one.
    ///
    /// `HMGET`, O(number of things).
    /// Returning 1,000,000 counts blocks the server for about 450 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn get_many<'q, Q: Lookup<T, E::Codec> + ?Sized + 'q>(
        &self,
        things: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<i64>> {
        let mut things = things.into_iter().peekable();
        if things.peek().is_none() {
            return self.handle.ready(Ok(Vec::new()));
        }
        let request = self.handle.read("HMGET").values::<E::Codec, T, _>(things);
        self.handle.run(request, |answer| reply::list(answer, number))
    }

    /// Returns whether `thing` has a count; a stored 0 is a count.
    ///
    /// `HEXISTS`, O(1).
    pub fn contains_key(
        &self,
        thing: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.read("HEXISTS").value::<E::Codec, T>(thing);
        self.handle.run(request, reply::flag)
    }

    /// Sets the count of `thing`.
    ///
    /// `HSET`, O(1).
    pub fn set(
        &self,
        thing: &(impl Lookup<T, E::Codec> + ?Sized),
        count: i64,
    ) -> E::Reply<'static, ()> {
        let request = self.handle.idempotent("HSET").value::<E::Codec, T>(thing).arg(count);
        self.handle.run(request, reply::unit)
    }

    /// Returns the count of `thing`; sets it to `count` first if it has none.
    ///
    /// `HGET` + `HSET` in one script, O(1).
    pub fn get_or_insert(
        &self,
        thing: &(impl Lookup<T, E::Codec> + ?Sized),
        count: i64,
    ) -> E::Reply<'static, i64> {
        let request = self.handle.script(&GET_OR_INSERT).value::<E::Codec, T>(thing).arg(count);
        self.handle.run(request, number)
    }

    /// Adds `amount` to the count of `thing`, and returns the new count.
    ///
    /// `HINCRBY`, O(1).
    pub fn add(
        &self,
        thing: &(impl Lookup<T, E::Codec> + ?Sized),
        amount: i64,
    ) -> E::Reply<'static, i64> {
        let request = self.handle.once("HINCRBY").value::<E::Codec, T>(thing).arg(amount);
        self.handle.run(request, reply::int)
    }

    /// Adds all of `amounts`; amounts of equal things are added up.
    ///
    /// `HGET` + `HINCRBY` in one script for each 10,000 things, O(number of things).
    pub fn add_all<A: Borrow<T>, N: Borrow<i64>>(
        &self,
        amounts: impl IntoIterator<Item = (A, N)>,
    ) -> E::Reply<'static, ()>
    where
        T: Eq + Hash,
    {
        self.add_each(amounts, 1)
    }

    /// Subtracts all of `amounts`; amounts of equal things are added up.
    ///
    /// `HGET` + `HINCRBY` in one script for each 10,000 things, O(number of things).
    pub fn subtract_all<A: Borrow<T>, N: Borrow<i64>>(
        &self,
        amounts: impl IntoIterator<Item = (A, N)>,
    ) -> E::Reply<'static, ()>
    where
        T: Eq + Hash,
    {
        self.add_each(amounts, -1)
    }

    /// Removes the count of `thing`, and returns it if there was one.
    ///
    /// `HGET` + `HDEL` in one script, O(1). [`discard`](Counter::discard) is cheaper.
    pub fn remove(
        &self,
        thing: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<i64>> {
        let request = self.handle.script(&REMOVE).value::<E::Codec, T>(thing);
        self.handle.run(request, |answer| reply::or_nil(answer, number))
    }

    /// Removes the count of `thing`, and returns whether there was one.
    ///
    /// `HDEL`, O(1).
    pub fn discard(&self, thing: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("HDEL").value::<E::Codec, T>(thing);
        self.handle.run(request, reply::flag)
    }

    /// Removes the count of a thing that the server chooses, and returns the thing and its count.
    ///
    /// `HRANDFIELD` + `HDEL` in one script, O(1).
    pub fn pop_any(&self) -> E::Reply<'static, Option<(T, i64)>> {
        self.handle.run(self.handle.script(&POP_ANY), |answer| {
            reply::optional_pair(answer, reply::key::<E::Codec, T>, number)
        })
    }

    fn add_each<A: Borrow<T>, N: Borrow<i64>>(
        &self,
        amounts: impl IntoIterator<Item = (A, N)>,
        sign: i128,
    ) -> E::Reply<'static, ()>
    where
        T: Eq + Hash,
    {
        let amounts: Vec<(A, N)> = amounts.into_iter().collect();
        let mut sums: HashMap<&T, i128> = HashMap::with_capacity(amounts.len());
        for (thing, amount) in &amounts {
            *sums.entry(thing.borrow()).or_default() += sign * i128::from(*amount.borrow());
        }
        let start = || self.handle.script(&ADD_ALL);
        self.handle.run_all(Request::bulk(sums, COUNTS, start, |request, (thing, amount)| {
            request.push_value::<E::Codec, T>(thing);
            push_amount(request, amount);
        }))
    }
}

/// Adds an amount to `request`, and the last count that it can be added to without an overflow.
fn push_amount(request: &mut Request, amount: i128) {
    let Ok(step) = i64::try_from(amount) else {
        return request.fail(Error::Overflow { key: String::new() });
    };
    let bound = if step < 0 { i64::MIN - step } else { i64::MAX - step };
    request.push(&[step, bound]);
}
