//! [`Slice`]: a range with a step, as Python means it.

use std::ops::Bound;

use proptest::{option, prelude::*, sample};

/// Where a slice starts and stops, and its step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    start: Option<i64>,
    stop: Option<i64>,
    pub(crate) step: i64,
}

impl Slice {
    /// Any slice, with a step of 1 in half of all cases.
    pub(crate) fn any() -> impl Strategy<Value = Self> {
        let bound = || option::of(-6_i64..7);
        let step = sample::select(&[1, 1, 1, 2, -1, -2, 3, 0]);
        (bound(), bound(), step).prop_map(|(start, stop, step)| Slice { start, stop, step })
    }

    /// The same range with a step of 1.
    pub(crate) fn by_one(self) -> Self {
        Slice { step: 1, ..self }
    }

    /// The range that is given to a call.
    pub(crate) fn range(self) -> (Bound<i64>, Bound<i64>) {
        (
            self.start.map_or(Bound::Unbounded, Bound::Included),
            self.stop.map_or(Bound::Unbounded, Bound::Excluded),
        )
    }

    /// The indices that it means in a sequence of `len`, and where it starts; none without a step.
    pub(crate) fn indices(self, len: usize) -> Option<(usize, Vec<usize>)> {
        let len = i64::try_from(len).unwrap();
        let (low, high) = if self.step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |at: i64| if at < 0 { (at + len).max(low) } else { at.min(high) };
        let (first, last) = if self.step < 0 { (high, low) } else { (low, high) };
        let (first, last) = (self.start.map_or(first, clamp), self.stop.map_or(last, clamp));
        let mut indices = Vec::new();
        let mut at = first;
        while self.step != 0 && if self.step < 0 { at > last } else { at < last } {
            indices.push(usize::try_from(at).unwrap());
            at += self.step;
        }
        (self.step != 0).then(|| (usize::try_from(first).unwrap_or(0), indices))
    }
}

/// The place that an index means, which counts from the end below zero.
pub(crate) fn place(len: usize, index: i64) -> Option<usize> {
    let place = if index < 0 { index + i64::try_from(len).unwrap() } else { index };
    usize::try_from(place).ok().filter(|at| *at < len)
}
