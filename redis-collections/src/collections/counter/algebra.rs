//! The calls of a [`Counter`] on the counts of another.

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

/// Repeating it would add twice.
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

/// The other counts are an [`Operand`]: a counter on any server, or a [`Tally`].
impl<T, E> Counter<T, E>
where
    T: Clone + Eq + Hash + Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the counts above 0.
    ///
    /// `HGETALL`, O(n).
    /// Reading 1,000,000 counts blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn positive(&self) -> E::Reply<'static, Tally<T>> {
        self.above_zero(Some)
    }

    /// Returns the absolute values of the counts below 0.
    ///
    /// `HGETALL`, O(n).
    /// Reading 1,000,000 counts blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn negative(&self) -> E::Reply<'static, Tally<T>> {
        self.above_zero(i64::checked_neg)
    }

    /// Returns the sum of both counts for each thing, if it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Reading two counters of 1,000,000 counts blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn plus(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_add)
    }

    /// Returns this count minus that of `other` for each thing, if it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Reading two counters of 1,000,000 counts blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn minus(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_sub)
    }

    /// Returns the higher of both counts for each thing, if it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Reading two counters of 1,000,000 counts blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn max_with(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.max(theirs)))
    }

    /// Returns the lower of both counts for each thing, if it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    /// Reading two counters of 1,000,000 counts blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn min_with(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.min(theirs)))
    }

    /// Adds all counts of `other`, then removes counts of 0 or less.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Combining two counters of 1,000,000 counts blocks the server for about 2.8 s
    /// ([measured](crate::Collection#stalls)).
    pub fn plus_assign(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "positive", other)
    }

    /// Subtracts all counts of `other`, then removes counts of 0 or less.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Combining two counters of 1,000,000 counts blocks the server for about 3 s
    /// ([measured](crate::Collection#stalls)).
    pub fn minus_assign(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "positive", other)
    }

    /// Keeps the higher of both counts, then removes counts of 0 or less.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    /// Combining two counters of 1,000,000 counts blocks the server for about 2.5 s
    /// ([measured](crate::Collection#stalls)).
    pub fn max_with_assign(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "max", "positive", other)
    }

    /// Keeps the lower of both counts, then removes counts of 0 or less.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    /// Combining two counters of 1,000,000 counts blocks the server for about 3.1 s
    /// ([measured](crate::Collection#stalls)).
    pub fn min_with_assign(
        &self,
        other: &(impl Operand<Self, E> + ?Sized),
    ) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "min", "positive", other)
    }

    /// Adds all counts of `other`, and keeps counts of 0 or less.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Adding 1,000,000 counts blocks the server for about 2 s
    /// ([measured](crate::Collection#stalls)).
    pub fn add_from(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "all", other)
    }

    /// Subtracts all counts of `other`, and keeps counts of 0 or less.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    /// Subtracting 1,000,000 counts blocks the server for about 2.2 s
    /// ([measured](crate::Collection#stalls)).
    pub fn subtract_from(&self, other: &(impl Operand<Self, E> + ?Sized)) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "all", other)
    }

    /// Returns whether both have the same counts; a stored 0 differs from a missing count.
    ///
    /// `HSCAN` + `HMGET` in one script, O(n); `HGETALL` if the other is in memory.
    /// Comparing 1,000,000 counts blocks the server for about 950 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.handle.equals(other.side(), &HASH, &EQUALS)
    }

    /// Applies `rule` to each count, and returns those above 0.
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

/// Applies `rule` to the counts in two replies.
fn combine<C: KeyCodec<T>, T: Clone + Eq + Hash>(
    replies: impl Iterator<Item = Value>,
    rule: fn(i64, i64) -> Option<i64>,
) -> Result<Tally<T>> {
    let mut tallies = replies.map(counts::<C, T, Tally<T>>);
    let mut next = || tallies.next().unwrap_or_else(|| Ok(Tally::new()));
    next()?.combine(&next()?, rule).ok_or_else(|| Error::Overflow { key: String::new() })
}
