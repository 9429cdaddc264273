//! Ranges of ranks and of scores in the syntax of Redis.

use std::ops::{Bound, RangeBounds};

use crate::command::Request;

/// Returns the first and the last rank of `ranks`; `None` if the range is always empty.
///
/// Ranks have no exclusive ends in Redis, and the step over an excluded rank must not wrap around
/// between the first rank and the last.
pub(super) fn ranks(ranks: &impl RangeBounds<i64>) -> Option<(i64, i64)> {
    let first = match ranks.start_bound() {
        Bound::Included(&rank) => rank,
        Bound::Excluded(-1) => return None,
        Bound::Excluded(&rank) => rank.checked_add(1)?,
        Bound::Unbounded => 0,
    };
    let last = match ranks.end_bound() {
        Bound::Included(&rank) => rank,
        Bound::Excluded(0) => return None,
        Bound::Excluded(&rank) => rank.checked_sub(1)?,
        Bound::Unbounded => -1,
    };
    Some((first, last))
}

impl Request {
    /// Adds the lower end of `scores`.
    pub(super) fn lowest(self, scores: &impl RangeBounds<f64>) -> Self {
        self.end(scores.start_bound(), "-inf")
    }

    /// Adds the upper end of `scores`.
    pub(super) fn highest(self, scores: &impl RangeBounds<f64>) -> Self {
        self.end(scores.end_bound(), "+inf")
    }

    fn end(self, bound: Bound<&f64>, open: &str) -> Self {
        match bound {
            Bound::Included(&score) => self.score(score),
            Bound::Excluded(score) if score.is_nan() => self.score(*score),
            Bound::Excluded(score) => self.arg(format!("({score:e}")),
            Bound::Unbounded => self.arg(open),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "a negative rank counts from the end")]
    fn an_excluded_end_never_wraps_around() {
        assert_eq!(ranks(&(..0)), None);
        assert_eq!(ranks(&(Bound::Excluded(-1), Bound::Unbounded)), None);
        assert_eq!(ranks(&(..i64::MIN)), None);
        assert_eq!(ranks(&(1..-1)), Some((1, -2)));
        assert_eq!(ranks(&(..)), Some((0, -1)));
    }
}
