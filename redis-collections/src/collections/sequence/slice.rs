//! [`Slice`]: a range of indices with a step, with the meaning of a slice in Python.

use std::ops::{Bound, RangeBounds};

/// A range of elements of a sequence whose length is not yet known.
///
/// A negative index counts from the end, and one out of range means the nearest in range. With a
/// negative step, `start` is after `stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    /// The first element.
    pub(crate) start: i64,
    /// The one after the last.
    pub(crate) stop: i64,
    /// The distance from one element to the next.
    pub(crate) step: i64,
}

impl Slice {
    pub(crate) fn new(range: impl RangeBounds<i64>, step: i64) -> Self {
        let (low, high, next): (_, _, fn(i64) -> i64) =
            if step < 0 { (i64::MAX, i64::MIN, before) } else { (0, i64::MAX, after) };
        Slice {
            start: match range.start_bound() {
                Bound::Included(&at) => at,
                Bound::Excluded(&at) => next(at),
                Bound::Unbounded => low,
            },
            stop: match range.end_bound() {
                Bound::Included(&at) => next(at),
                Bound::Excluded(&at) => at,
                Bound::Unbounded => high,
            },
            step,
        }
    }

    /// Returns the first and the last index for `LRANGE`.
    pub(crate) fn ends(self) -> (i64, i64) {
        if self.step < 0 { (after(self.stop), self.start) } else { (self.start, before(self.stop)) }
    }

    /// Returns the elements of the slice from the items between its ends, in its order.
    pub(crate) fn pick<I>(self, mut items: Vec<I>) -> impl Iterator<Item = I> {
        if self.step < 0 {
            items.reverse();
        }
        let step = usize::try_from(self.step.unsigned_abs()).unwrap_or(usize::MAX);
        items.into_iter().step_by(step.max(1))
    }
}

/// Returns the next index; none follows the last, which is -1.
fn after(at: i64) -> i64 {
    if at == -1 { i64::MAX } else { at.saturating_add(1) }
}

/// Returns the previous index; none precedes the first, which is 0.
fn before(at: i64) -> i64 {
    if at == 0 { i64::MIN } else { at.saturating_sub(1) }
}

#[cfg(test)]
#[expect(clippy::reversed_empty_ranges, reason = "an index below zero counts from the end")]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_range_is_not_in_it() {
        assert_eq!(Slice::new(1..3, 1).ends(), (1, 2));
        assert_eq!(Slice::new(1..-1, 1).ends(), (1, -2));
        assert_eq!(Slice::new(-3..=-1, 1).ends(), (-3, i64::MAX - 1));
    }

    #[test]
    fn nothing_precedes_the_first() {
        assert_eq!(Slice::new(..0, 1).ends(), (0, i64::MIN));
    }

    #[test]
    fn a_step_below_zero_goes_backwards_from_the_end() {
        assert_eq!(Slice::new(.., -1).ends(), (i64::MIN + 1, i64::MAX));
        assert_eq!(Slice::new(4..1, -1).ends(), (2, 4));
        assert_eq!(Slice::new(4..=0, -2).pick(vec![0, 1, 2, 3, 4]).collect::<Vec<_>>(), [4, 2, 0]);
    }
}
