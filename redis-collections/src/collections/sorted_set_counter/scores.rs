//! The calls of a [`SortedSetCounter`] on single scores.

use redis::Value;

use super::{Score, SortedSetCounter};
use crate::{
    codec::{KeyCodec, Lookup},
    collections::{Collection, KeyHandle},
    command::{Script, reply},
    error::Result,
    store::Executor,
};

static GET_OR_SET: Script =
    Script::idempotent("ZADD", include_str!("../scripts/sorted_set_get_or_set.lua"));
static REMOVE: Script = Script::once("ZREM", include_str!("../scripts/sorted_set_remove.lua"));

impl<T, E: Executor> SortedSetCounter<T, E> {
    /// Opens the sorted set called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same sorted set, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> SortedSetCounter<T, F::With<E::Codec>> {
        SortedSetCounter::from_handle(self.handle.on(executor))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of members.
    ///
    /// `ZCARD`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("ZCARD"), reply::size)
    }

    /// Returns whether there are no members.
    ///
    /// `ZCARD`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("ZCARD"), |answer| Ok(reply::size(answer)? == 0))
    }
}

impl<T, E> SortedSetCounter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns whether `member` has a score.
    ///
    /// `ZSCORE`, O(1).
    pub fn contains(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.read("ZSCORE").value::<E::Codec, T>(member);
        self.handle.run(request, |answer| Ok(reply::optional_float(answer)?.is_some()))
    }

    /// Returns the score of `member`, if it has one.
    ///
    /// `ZSCORE`, O(1).
    pub fn score(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<f64>> {
        let request = self.handle.read("ZSCORE").value::<E::Codec, T>(member);
        self.handle.run(request, reply::optional_float)
    }

    /// Returns the scores of `members`, in the same order; `None` for a member without one.
    ///
    /// `ZMSCORE`, O(number of members).
    /// Returning 1,000,000 scores blocks the server for about 400 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn scores<'q, Q: Lookup<T, E::Codec> + ?Sized + 'q>(
        &self,
        members: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<Option<f64>>> {
        let mut members = members.into_iter().peekable();
        if members.peek().is_none() {
            return self.handle.ready(Ok(Vec::new()));
        }
        let request = self.handle.read("ZMSCORE").values::<E::Codec, T, _>(members);
        self.handle.run(request, |answer| reply::list(answer, reply::optional_float))
    }

    /// Returns the number of members before `member`, if it has a score.
    ///
    /// `ZRANK`, O(log n).
    pub fn rank(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<usize>> {
        let request = self.handle.read("ZRANK").value::<E::Codec, T>(member);
        self.handle.run(request, |answer| reply::or_nil(answer, reply::size))
    }

    /// Returns the number of members after `member`, if it has a score.
    ///
    /// `ZREVRANK`, O(log n).
    pub fn rank_reversed(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<usize>> {
        let request = self.handle.read("ZREVRANK").value::<E::Codec, T>(member);
        self.handle.run(request, |answer| reply::or_nil(answer, reply::size))
    }

    /// Returns the member with the lowest score.
    ///
    /// `ZRANGE … 0 0`, O(log n).
    pub fn first(&self) -> E::Reply<'static, Option<(T, f64)>> {
        let request = self.handle.read("ZRANGE").arg(0).arg(0).arg("WITHSCORES");
        self.handle.run(request, optional_pair::<E::Codec, T>)
    }

    /// Returns the member with the highest score.
    ///
    /// `ZRANGE … -1 -1`, O(log n).
    pub fn last(&self) -> E::Reply<'static, Option<(T, f64)>> {
        let request = self.handle.read("ZRANGE").arg(-1).arg(-1).arg("WITHSCORES");
        self.handle.run(request, optional_pair::<E::Codec, T>)
    }

    /// Sets the score of `member`.
    ///
    /// `ZADD`, O(log n).
    pub fn set_score(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
        score: impl Score,
    ) -> E::Reply<'static, ()> {
        let request = self.handle.idempotent("ZADD").score(score).value::<E::Codec, T>(member);
        self.handle.run(request, reply::unit)
    }

    /// Returns the score of `member`; sets it to `score` first if it has none.
    ///
    /// `ZSCORE` + `ZADD` in one script, O(log n).
    pub fn get_or_set_score(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
        score: impl Score,
    ) -> E::Reply<'static, f64> {
        let request = self.handle.script(&GET_OR_SET).score(score).value::<E::Codec, T>(member);
        self.handle.run(request, reply::float)
    }

    /// Adds `amount` to the score of `member`, and returns the sum; a missing score counts as 0.
    ///
    /// `ZINCRBY`, O(log n).
    ///
    /// # Errors
    ///
    /// [`Error::Overflow`](crate::Error::Overflow) if opposite infinities are added.
    pub fn increment(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
        amount: impl Score,
    ) -> E::Reply<'static, f64> {
        let request = self.handle.once("ZINCRBY").score(amount).value::<E::Codec, T>(member);
        self.handle.run(request, reply::float)
    }

    /// Removes `member`, and returns its score.
    ///
    /// `ZSCORE` + `ZREM` in one script, O(log n). [`discard`](SortedSetCounter::discard) is
    /// cheaper.
    pub fn remove(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<f64>> {
        let request = self.handle.script(&REMOVE).value::<E::Codec, T>(member);
        self.handle.run(request, reply::optional_float)
    }

    /// Removes `member`, and returns whether it had a score.
    ///
    /// `ZREM`, O(log n).
    pub fn discard(&self, member: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("ZREM").value::<E::Codec, T>(member);
        self.handle.run(request, reply::flag)
    }

    /// Removes the member with the lowest score, and returns it with its score.
    ///
    /// `ZPOPMIN`, O(log n).
    pub fn pop_first(&self) -> E::Reply<'static, Option<(T, f64)>> {
        self.handle.run(self.handle.once("ZPOPMIN"), optional_pair::<E::Codec, T>)
    }

    /// Removes the member with the highest score, and returns it with its score.
    ///
    /// `ZPOPMAX`, O(log n).
    pub fn pop_last(&self) -> E::Reply<'static, Option<(T, f64)>> {
        self.handle.run(self.handle.once("ZPOPMAX"), optional_pair::<E::Codec, T>)
    }
}

/// Reads a member and its score, if the reply has them.
fn optional_pair<C: KeyCodec<T>, T>(answer: Value) -> Result<Option<(T, f64)>> {
    reply::optional_pair(answer, reply::key::<C, T>, reply::float)
}
