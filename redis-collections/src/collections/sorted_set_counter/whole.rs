//! The calls of a [`SortedSetCounter`] on all members.

use std::{borrow::Borrow, hash::Hash};

use redis::Value;

use super::{Score, SortedSetCounter};
use crate::{
    codec::KeyCodec,
    collections::{Collection, Scan, scan},
    command::{Request, reply},
    error::Result,
    local::Scores,
    store::{Connected, Executor},
};

impl<T, E> SortedSetCounter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns all members and their scores, the lowest first.
    ///
    /// `ZRANGE … 0 -1`, O(n). [`iter`](SortedSetCounter::iter) reads a large sorted set page by
    /// page. Returning 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn items(&self) -> E::Reply<'static, Vec<(T, f64)>> {
        self.range_by_rank(..)
    }

    /// Returns all members and their scores, the highest first.
    ///
    /// `ZRANGE … 0 -1 REV`, O(n).
    /// Returning 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn items_reversed(&self) -> E::Reply<'static, Vec<(T, f64)>> {
        self.range_by_rank_reversed(..)
    }

    /// Returns all members with their scores.
    ///
    /// `ZRANGE … 0 -1`, O(n).
    /// Returning 1,000,000 members blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn to_scores(&self) -> E::Reply<'static, Scores<T>>
    where
        T: Eq + Hash,
    {
        let request = self.handle.read("ZRANGE").arg(0).arg(-1).arg("WITHSCORES");
        self.handle.run(request, |answer| {
            let pairs: Vec<_> = reply::pairs(answer, reply::key::<E::Codec, T>, reply::float)?;
            Ok(pairs.into_iter().collect())
        })
    }

    /// Returns an iterator over all members and their scores in no order, or a stream on an
    /// [`aio::Store`](crate::aio::Store).
    ///
    /// A member present throughout is returned exactly once; one added or removed during the
    /// iteration may or may not appear.
    ///
    /// `ZSCAN`, O(1) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(Self::from_handle(self.handle.clone()))
    }

    /// Sets the scores of all members of `scores`; the last of equal members wins.
    ///
    /// `ZADD` with 500 members each, O(number of members · log n), in one transaction for each
    /// 10,000 members or 1 MiB.
    pub fn extend<A: Borrow<T>, S: Score>(
        &self,
        scores: impl IntoIterator<Item = (A, S)>,
    ) -> E::Reply<'static, ()> {
        let start = || self.handle.idempotent("ZADD");
        self.handle.run_all(Request::bulk(
            scores,
            Request::ITEMS,
            start,
            |request, (member, score)| {
                request.push_score(score);
                request.push_value::<E::Codec, T>(member.borrow());
            },
        ))
    }
}

impl<T, E> scan::Sealed for SortedSetCounter<T, E> {}

impl<T, E> Scan<E> for SortedSetCounter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    type Item = (T, f64);

    type Element = (Value, Value);

    const COMMAND: &'static str = "ZSCAN";

    fn item((member, score): (Value, Value)) -> Result<(T, f64)> {
        Ok((reply::key::<E::Codec, T>(member)?, reply::float(score)?))
    }
}
