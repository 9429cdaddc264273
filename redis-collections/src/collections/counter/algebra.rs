//! What a [`Counter`] does with the counts of another.

use std::hash::Hash;

use redis::Value;

use super::{Counter, whole::counts};
use crate::{
    codec::KeyCodec,
    collections::{
        Operand,
        operand::{Content, HASH, Operands, Sealed, Side},
    },
    command::{Request, Script, reply},
    error::{Error, Result},
    local::Tally,
    store::Executor,
};

/// Repeating it would count twice.
static SUM: Script = Script::once("HINCRBY", COMBINE);

/// Repeating it changes nothing more.
static BOUND: Script = Script::idempotent("HSET", COMBINE);

const COMBINE: &str = concat!(
    include_str!("../scripts/operands.lua"),
    include_str!("../scripts/decimal.lua"),
    include_str!("../scripts/counter_combine.lua")
);

static EQUALS: Script = Script::read(
    "HGETALL",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/hash_equals.lua")),
);

/// The other counts are an [`Operand`]: a counter on any server, or a [`Tally`] in memory.
impl<T, E> Counter<T, E>
where
    T: Clone + Eq + Hash + Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the counts above 0.
    ///
    /// `HGETALL`, O(n).
    /// Of 1,000,000 counts it stalls the server for some 150 ms.
    pub fn positive(&self) -> E::Reply<'static, Tally<T>> {
        self.above_zero(Some)
    }

    /// Returns the counts below 0, as counts above 0.
    ///
    /// `HGETALL`, O(n).
    /// Of 1,000,000 counts it stalls the server for some 150 ms.
    pub fn negative(&self) -> E::Reply<'static, Tally<T>> {
        self.above_zero(i64::checked_neg)
    }

    /// Returns the sums of both counts that are above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Of 1,000,000 counts it stalls the server for some 250 ms.
    pub fn plus(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_add)
    }

    /// Returns these counts without the `other` ones, as far as they are above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Of 1,000,000 counts it stalls the server for some 250 ms.
    pub fn minus(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_sub)
    }

    /// Returns the higher of both counts where it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Of 1,000,000 counts it stalls the server for some 250 ms.
    pub fn max_with(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.max(theirs)))
    }

    /// Returns the lower of both counts where it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Of 1,000,000 counts it stalls the server for some 250 ms.
    pub fn min_with(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.min(theirs)))
    }

    /// Adds all counts of `other`; what is not above 0 then is removed.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 2.8 s.
    pub fn plus_assign(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "positive", other)
    }

    /// Subtracts all counts of `other`; what is not above 0 then is removed.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 3 s.
    pub fn minus_assign(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "positive", other)
    }

    /// Takes over the counts of `other` that are higher; what is not above 0 then is removed.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 2.5 s.
    pub fn max_with_assign(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "max", "positive", other)
    }

    /// Takes over the counts of `other` that are lower; what is not above 0 then is removed.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 3.1 s.
    pub fn min_with_assign(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "min", "positive", other)
    }

    /// Adds all counts of `other`, and keeps what is not above 0.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 2 s.
    pub fn add_from(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "all", other)
    }

    /// Subtracts all counts of `other`, and keeps what is not above 0.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Of 1,000,000 counts it stalls the server for some 2.2 s.
    pub fn subtract_from(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "all", other)
    }

    /// Returns whether both have the same counts; one that is 0 is another than one that is not there.
    ///
    /// `HSCAN` + `HMGET` in one script, O(n); `HGETALL` if the other is in memory.
    /// Of 1,000,000 counts it stalls the server for some 950 ms.
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.handle.equals(other.side(), &HASH, &EQUALS)
    }

    /// What `rule` makes of these counts alone, as far as it is above 0.
    fn above_zero(&self, rule: fn(i64) -> Option<i64>) -> E::Reply<'static, Tally<T>> {
        self.handle.run(self.handle.read("HGETALL"), move |answer| {
            let counts: Vec<(T, i64)> = counts::<E::Codec, T, _>(answer)?;
            let ruled = counts.into_iter().map(|(thing, count)| Some((thing, rule(count)?)));
            let above = ruled.filter(|count| count.as_ref().is_none_or(|(_, count)| *count > 0));
            above.collect::<Option<_>>().ok_or_else(|| Error::Overflow { key: String::new() })
        })
    }

    fn combined(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
        rule: fn(i64, i64) -> Option<i64>,
    ) -> E::Reply<'static, Tally<T>> {
        self.handle.gather([other.side()], &HASH, move |handle, Operands { here, others }| {
            let theirs = here.iter().map(HASH.read);
            let both = Request::atomic([(HASH.read)(handle.key())].into_iter().chain(theirs));
            handle.run(both, move |answer| {
                let others = others.into_iter().map(Content::into_answer);
                let all = reply::items(answer)?.into_iter().chain(others);
                combine::<E::Codec, T>(all, rule)
            })
        })
    }

    fn assign(
        &self,
        script: &'static Script,
        rule: &'static str,
        kept: &'static str,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, ()> {
        self.handle.gather([other.side()], &HASH, move |handle, Operands { here, others }| {
            let keys = [vec![handle.key().temporary()], here].concat();
            handle.run(HASH.call(handle, script, &keys, &others, &[rule, kept]), reply::unit)
        })
    }
}

impl<T, E> Sealed<Counter<T, E>, E> for Counter<T, E> {
    fn side(&self) -> Side<'_, E> {
        Side::Stored(&self.handle)
    }
}

impl<T, E> Sealed<Counter<T, E>, E> for Tally<T>
where
    T: 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(content::<E::Codec, T>(self))
    }
}

fn content<C: KeyCodec<T>, T: 'static>(tally: &Tally<T>) -> Result<Content> {
    let mut content = Content::default();
    for (thing, count) in tally {
        content.value::<C, T>(thing)?;
        content.number(*count);
    }
    Ok(content)
}

/// What `rule` makes of the counts in two answers.
fn combine<C: KeyCodec<T>, T: Clone + Eq + Hash>(
    replies: impl Iterator<Item = Value>,
    rule: fn(i64, i64) -> Option<i64>,
) -> Result<Tally<T>> {
    let mut tallies = replies.map(counts::<C, T, Tally<T>>);
    let mut next = || tallies.next().unwrap_or_else(|| Ok(Tally::new()));
    next()?.combine(&next()?, rule).ok_or_else(|| Error::Overflow { key: String::new() })
}
