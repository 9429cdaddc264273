//! [`Version`] and [`Moment`]: counters that put changes in order.

/// Identifies one change of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Version(u64);

/// A point in the order in which writes begin and end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(u64);

impl Version {
    /// Advances to the next version, and returns it.
    pub(super) fn advance(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}

impl Moment {
    /// Advances to the next moment, and returns it.
    pub(super) fn advance(&mut self) -> Self {
        self.0 += 1;
        *self
    }
}
