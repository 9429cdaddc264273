//! Arithmetic of two [`Tally`]s.

use std::{
    hash::Hash,
    ops::{Add, BitAnd, BitOr, Sub},
};

use super::Tally;

impl<T: Eq + Hash + Clone> Tally<T> {
    /// Returns the counts above 0.
    #[must_use]
    pub fn positive(&self) -> Self {
        self.plus(&Self::new())
    }

    /// Returns the absolute values of the counts below 0.
    #[must_use]
    pub fn negative(&self) -> Self {
        Self::new().minus(self)
    }

    /// Returns the sum of both counts for each thing, if it is above 0.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.saturating(other, i64::saturating_add)
    }

    /// Returns this count minus that of `other` for each thing, if it is above 0.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.saturating(other, i64::saturating_sub)
    }

    /// Returns the higher of both counts for each thing, if it is above 0.
    #[must_use]
    pub fn max_with(&self, other: &Self) -> Self {
        self.saturating(other, i64::max)
    }

    /// Returns the lower of both counts for each thing, if it is above 0.
    #[must_use]
    pub fn min_with(&self, other: &Self) -> Self {
        self.saturating(other, i64::min)
    }

    fn saturating(&self, other: &Self, rule: impl Fn(i64, i64) -> i64) -> Self {
        self.combine(other, |ours, theirs| Some(rule(ours, theirs))).unwrap_or_default()
    }

    /// The result of `rule` for both counts of each thing, if it is above 0. `None` if `rule` returns `None`
    /// for any thing.
    pub(crate) fn combine(
        &self,
        other: &Self,
        rule: impl Fn(i64, i64) -> Option<i64>,
    ) -> Option<Self> {
        let ours = self.iter().map(|(thing, count)| (thing, *count, other.get(thing)));
        let theirs = other.iter().filter(|(thing, _)| !self.contains_key(*thing));
        ours.chain(theirs.map(|(thing, count)| (thing, 0, *count)))
            .map(|(thing, ours, theirs)| Some((thing, rule(ours, theirs)?)))
            .filter(|count| count.is_none_or(|(_, count)| count > 0))
            .map(|count| count.map(|(thing, count)| (thing.clone(), count)))
            .collect()
    }
}

macro_rules! operators {
    ($($operator:ident $call:ident $method:ident;)+) => {$(
        impl<T: Eq + Hash + Clone> $operator for &Tally<T> {
            type Output = Tally<T>;

            fn $call(self, other: Self) -> Tally<T> {
                self.$method(other)
            }
        }
    )+};
}

operators! {
    Add add plus;
    Sub sub minus;
    BitOr bitor max_with;
    BitAnd bitand min_with;
}
