//! What a [`Counter`] does with the counts of another.

use std::hash::Hash;

use super::{COUNTS, Counter, whole::counts};
use crate::{Codec, Error, Executor, Key, KeyCodec, Request, Result, Script, Tally, reply};

/// Repeating it would count twice.
static SUM: Script = Script::once("HINCRBY", COMBINE);

/// Repeating it changes nothing more.
static BOUND: Script = Script::idempotent("HSET", COMBINE);

const COMBINE: &str = concat!(
    include_str!("../../scripts/decimal.lua"),
    include_str!("../../scripts/counter_combine.lua")
);

/// How many counts one `HSET` has at the most.
const STAGED: usize = 500;

/// How many bytes of counts one script is given at the most.
const BYTES: usize = 1 << 20;

/// Counts to combine a [`Counter`] with: another counter, or a [`Tally`] in memory.
pub trait Counts<T, C>: sealed::Sealed<T, C> {}

mod sealed {
    use crate::{Key, Tally};

    pub trait Sealed<T, C> {
        fn side(&self) -> Side<'_, T>;
    }

    /// Where the other counts are.
    #[derive(Debug)]
    pub enum Side<'s, T> {
        Stored(&'s Key, &'s str),
        Local(&'s Tally<T>),
    }
}

use sealed::Side;

/// Another counter must be in the same slot of the same server.
impl<T, E> Counter<T, E>
where
    T: Clone + Eq + Hash + Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the counts above 0.
    ///
    /// `HGETALL`, O(n).
    pub fn positive(&self) -> E::Reply<'static, Tally<T>> {
        self.plus(&Tally::new())
    }

    /// Returns the counts below 0, as counts above 0.
    ///
    /// `HGETALL`, O(n).
    pub fn negative(&self) -> E::Reply<'static, Tally<T>> {
        self.combined(&Tally::new(), |ours, _| ours.checked_neg())
    }

    /// Returns the sums of both counts that are above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    pub fn plus(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_add)
    }

    /// Returns these counts without the `other` ones, as far as they are above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    pub fn minus(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, Tally<T>> {
        self.combined(other, i64::checked_sub)
    }

    /// Returns the higher of both counts where it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    pub fn max_with(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.max(theirs)))
    }

    /// Returns the lower of both counts where it is above 0.
    ///
    /// `HGETALL`, two of them in one transaction for another counter, O(n).
    pub fn min_with(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, Tally<T>> {
        self.combined(other, |ours, theirs| Some(ours.min(theirs)))
    }

    /// Adds all counts of `other`; what is not above 0 then is removed.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    pub fn plus_assign(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "positive", other)
    }

    /// Subtracts all counts of `other`; what is not above 0 then is removed.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    pub fn minus_assign(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "positive", other)
    }

    /// Takes over the counts of `other` that are higher; what is not above 0 then is removed.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    pub fn max_with_assign(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "max", "positive", other)
    }

    /// Takes over the counts of `other` that are lower; what is not above 0 then is removed.
    ///
    /// `COPY` + `HSET` + `RENAME` in one script, O(n).
    pub fn min_with_assign(&self, other: &impl Counts<T, E::Codec>) -> E::Reply<'static, ()> {
        self.assign(&BOUND, "min", "positive", other)
    }

    /// Adds all counts of `other`, and keeps what is not above 0.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    pub fn add_from(&self, other: &Self) -> E::Reply<'static, ()> {
        self.assign(&SUM, "add", "all", other)
    }

    /// Subtracts all counts of `other`, and keeps what is not above 0.
    ///
    /// `COPY` + `HINCRBY` + `RENAME` in one script, O(n).
    pub fn subtract_from(&self, other: &Self) -> E::Reply<'static, ()> {
        self.assign(&SUM, "subtract", "all", other)
    }

    fn combined(
        &self,
        other: &impl Counts<T, E::Codec>,
        rule: fn(i64, i64) -> Option<i64>,
    ) -> E::Reply<'static, Tally<T>> {
        let ours = self.place.read("HGETALL");
        match other.side() {
            Side::Stored(key, server) => {
                let both = Request::atomic([ours, Request::read("HGETALL", key)]);
                self.place.run(self.place.beside(both, (key, server)), move |answer| {
                    let mut replies =
                        reply::items(answer)?.into_iter().map(counts::<E::Codec, T, _>);
                    let mut next = || replies.next().unwrap_or_else(|| Ok(Tally::new()));
                    combine(&next()?, &next()?, rule)
                })
            }
            Side::Local(theirs) => {
                let theirs = theirs.clone();
                self.place.run(ours, move |answer| {
                    combine(&counts::<E::Codec, T, _>(answer)?, &theirs, rule)
                })
            }
        }
    }

    fn assign(
        &self,
        script: &'static Script,
        rule: &str,
        kept: &str,
        other: &impl Counts<T, E::Codec>,
    ) -> E::Reply<'static, ()> {
        let key = self.place.key();
        let result = key.temporary();
        match other.side() {
            Side::Stored(other, server) => {
                let request = Request::script(script, [key, &result, other]);
                let request = self.place.beside(request.arg(rule).arg(kept), (other, server));
                self.place.run(request, reply::unit)
            }
            Side::Local(theirs) => {
                let request = Request::script(script, [key, &result]).arg(rule).arg(kept);
                let request = with_counts::<E::Codec, T>(request, theirs);
                if theirs.len() <= COUNTS && request.len() <= BYTES {
                    return self.place.run(request, reply::unit);
                }
                let staged = key.temporary();
                let request = Request::script(script, [key, &result, &staged]).arg(rule).arg(kept);
                self.place.run(stage::<E::Codec, T>(theirs, &staged, request), reply::unit)
            }
        }
    }
}

impl<T, C, E: Executor<Codec = C>> Counts<T, C> for Counter<T, E> {}

impl<T, C, E: Executor<Codec = C>> sealed::Sealed<T, C> for Counter<T, E> {
    fn side(&self) -> Side<'_, T> {
        let (key, server) = self.place.side();
        Side::Stored(key, server)
    }
}

impl<T, C> Counts<T, C> for Tally<T> {}

impl<T, C> sealed::Sealed<T, C> for Tally<T> {
    fn side(&self) -> Side<'_, T> {
        Side::Local(self)
    }
}

fn combine<T: Clone + Eq + Hash>(
    ours: &Tally<T>,
    theirs: &Tally<T>,
    rule: fn(i64, i64) -> Option<i64>,
) -> Result<Tally<T>> {
    ours.combine(theirs, rule).ok_or_else(|| Error::Overflow { key: String::new() })
}

/// Adds things and their counts to `request`.
fn with_counts<'t, C: Codec<T>, T: 'static>(
    request: Request,
    counts: impl IntoIterator<Item = (&'t T, &'t i64)>,
) -> Request {
    counts
        .into_iter()
        .fold(request, |request, (thing, count)| request.value::<C, T>(thing).arg(*count))
}

/// Writes `counts` to the key `staged`, a chunk at a time, then sends `request`.
///
/// The key vanishes by itself if the last chunk never comes. It is gone afterwards, so the whole
/// must not be repeated.
fn stage<C: Codec<T>, T: 'static>(counts: &Tally<T>, staged: &Key, request: Request) -> Request {
    let mut counts = counts.iter().peekable();
    let mut requests = Vec::new();
    while counts.peek().is_some() {
        let chunk = counts.by_ref().take(STAGED);
        requests.push(with_counts::<C, T>(Request::once("HSET", staged), chunk));
        requests.push(Request::once("PEXPIRE", staged).arg(60_000));
    }
    Request::chunks(requests.into_iter().chain([request, Request::once("UNLINK", staged)]))
}
