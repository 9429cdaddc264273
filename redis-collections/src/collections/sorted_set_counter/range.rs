//! The calls of a [`SortedSetCounter`] on a range of ranks or of scores.

use std::ops::RangeBounds;

use super::{SortedSetCounter, ranges};
use crate::{
    codec::KeyCodec,
    command::{Request, reply},
    store::Executor,
};

impl<T, E> SortedSetCounter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the members with these ranks and their scores, the lowest first.
    ///
    /// Negative ranks count from the end, and an empty range returns no members. Clippy's
    /// `reversed_empty_ranges` reports a literal `1..-1`, which is a valid range here;
    /// `(Bound::Included(1), Bound::Excluded(-1))` means the same.
    ///
    /// `ZRANGE`, O(log n + members returned).
    /// Returning 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    ///
    /// ```
    /// # use redis_collections::{SortedSetCounter, Store};
    /// # let store = Store::temporary()?;
    /// let ladder: SortedSetCounter<String> = SortedSetCounter::open(&store, "ladder");
    /// ladder.extend([("ada".to_string(), 1), ("alan".to_string(), 2)])?; // ZADD ladder 1 "ada" 2 "alan"
    ///
    /// assert_eq!(ladder.range_by_rank(-1..)?, [("alan".into(), 2.0)]); // ZRANGE ladder -1 -1 WITHSCORES
    /// assert_eq!(ladder.range_by_rank(..1)?, [("ada".into(), 1.0)]); //   ZRANGE ladder 0 0 WITHSCORES
    /// # Ok::<_, redis_collections::Error>(())
    /// ```
    pub fn range_by_rank(&self, ranks: impl RangeBounds<i64>) -> E::Reply<'static, Vec<(T, f64)>> {
        let Some((first, last)) = ranges::ranks(&ranks) else {
            return self.handle.ready(Ok(Vec::new()));
        };
        self.pairs(self.handle.read("ZRANGE").arg(first).arg(last).arg("WITHSCORES"))
    }

    /// Returns the members with these ranks and their scores, the highest first; rank 0 is the
    /// highest.
    ///
    /// `ZRANGE … REV`, O(log n + members returned).
    /// Returning 1,000,000 members blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn range_by_rank_reversed(
        &self,
        ranks: impl RangeBounds<i64>,
    ) -> E::Reply<'static, Vec<(T, f64)>> {
        let Some((first, last)) = ranges::ranks(&ranks) else {
            return self.handle.ready(Ok(Vec::new()));
        };
        self.pairs(self.handle.read("ZRANGE").arg(first).arg(last).arg("REV").arg("WITHSCORES"))
    }

    /// Returns the members with these scores, the lowest first.
    ///
    /// `ZRANGE … BYSCORE`, O(log n + members returned).
    /// Returning 1,000,000 members blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn range_by_score(
        &self,
        scores: impl RangeBounds<f64>,
    ) -> E::Reply<'static, Vec<(T, f64)>> {
        let request = self.handle.read("ZRANGE").lowest(&scores).highest(&scores);
        self.pairs(request.arg("BYSCORE").arg("WITHSCORES"))
    }

    /// Returns the members with these scores, the highest first.
    ///
    /// `ZRANGE … BYSCORE REV`, O(log n + members returned).
    /// Returning 1,000,000 members blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn range_by_score_reversed(
        &self,
        scores: impl RangeBounds<f64>,
    ) -> E::Reply<'static, Vec<(T, f64)>> {
        let request = self.handle.read("ZRANGE").highest(&scores).lowest(&scores);
        self.pairs(request.arg("BYSCORE").arg("REV").arg("WITHSCORES"))
    }

    /// Returns how many members have these scores.
    ///
    /// `ZCOUNT`, O(log n).
    pub fn count_between(&self, scores: impl RangeBounds<f64>) -> E::Reply<'static, usize> {
        let request = self.handle.read("ZCOUNT").lowest(&scores).highest(&scores);
        self.handle.run(request, reply::size)
    }

    /// Removes the members with these ranks, and returns how many were removed.
    ///
    /// `ZREMRANGEBYRANK`, O(log n + members removed).
    /// Removing 500,000 members blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn remove_by_rank(&self, ranks: impl RangeBounds<i64>) -> E::Reply<'static, usize> {
        let Some((first, last)) = ranges::ranks(&ranks) else {
            return self.handle.ready(Ok(0));
        };
        self.handle.run(self.handle.once("ZREMRANGEBYRANK").arg(first).arg(last), reply::size)
    }

    /// Removes the members with these scores, and returns how many were removed.
    ///
    /// `ZREMRANGEBYSCORE`, O(log n + members removed).
    /// Removing 500,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn remove_by_score(&self, scores: impl RangeBounds<f64>) -> E::Reply<'static, usize> {
        let request = self.handle.once("ZREMRANGEBYSCORE").lowest(&scores).highest(&scores);
        self.handle.run(request, reply::size)
    }

    fn pairs(&self, request: Request) -> E::Reply<'static, Vec<(T, f64)>> {
        self.handle
            .run(request, |answer| reply::pairs(answer, reply::key::<E::Codec, T>, reply::float))
    }
}
