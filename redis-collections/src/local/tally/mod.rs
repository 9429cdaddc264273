//! [`Tally`]: counts in memory.

mod algebra;

use std::{
    borrow::Borrow,
    cmp::Reverse,
    collections::{HashMap, hash_map},
    fmt,
    hash::Hash,
    iter,
};

use serde::{Deserialize, Serialize};

/// Counts of things, in memory: the local type of a [`Counter`](crate::Counter).
///
/// A thing without a count counts as 0. A tally can hold counts of 0 and below, but the results of
/// [`plus`](Tally::plus), [`minus`](Tally::minus), [`max_with`](Tally::max_with) and
/// [`min_with`](Tally::min_with) contain only counts above 0. Arithmetic saturates at [`i64::MAX`] and
/// [`i64::MIN`].
///
/// ```
/// use redis_collections::Tally;
///
/// let mut kills: Tally<&str> = ["orc", "elf", "orc"].into_iter().collect();
/// kills.add("orc", 2);
/// assert_eq!(kills.get("orc"), 4);
/// assert_eq!(kills.get("troll"), 0);
/// assert_eq!(kills.most_common(1), [(&"orc", 4)]);
///
/// let more: Tally<&str> = [("orc", 1), ("elf", -1)].into_iter().collect();
/// assert_eq!(&kills + &more, [("orc", 5)].into_iter().collect());
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de> + Eq + Hash"))]
pub struct Tally<T> {
    counts: HashMap<T, i64>,
}

impl<T> Tally<T> {
    /// Creates an empty tally.
    pub fn new() -> Self {
        Tally { counts: HashMap::new() }
    }

    /// Returns the number of things with a count, including counts of 0 and below.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Returns whether the tally has no counts.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Returns the sum of all counts.
    pub fn total(&self) -> i64 {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Returns an iterator over the things and their counts, in no order.
    pub fn iter(&self) -> hash_map::Iter<'_, T, i64> {
        self.counts.iter()
    }

    /// Returns an iterator that yields each thing as many times as its count, in no order. Counts below 1
    /// yield nothing.
    pub fn elements(&self) -> impl Iterator<Item = &T> {
        self.iter().flat_map(|(thing, count)| iter::repeat_n(thing, times(*count)))
    }

    /// Consumes the tally, and returns an iterator like [`elements`](Tally::elements), by value.
    pub fn into_elements(self) -> impl Iterator<Item = T>
    where
        T: Clone,
    {
        self.into_iter().flat_map(|(thing, count)| iter::repeat_n(thing, times(count)))
    }

    /// Returns the `n` things with the highest counts, the highest first. Equal counts are in no order.
    pub fn most_common(&self, n: usize) -> Vec<(&T, i64)> {
        let mut counts: Vec<_> = self.iter().map(|(thing, count)| (thing, *count)).collect();
        counts.sort_unstable_by_key(|(_, count)| Reverse(*count));
        counts.truncate(n);
        counts
    }

    /// Removes all counts.
    pub fn clear(&mut self) {
        self.counts.clear();
    }

    /// Returns a reference to the underlying map.
    pub fn as_map(&self) -> &HashMap<T, i64> {
        &self.counts
    }

    /// Returns the underlying map.
    pub fn into_map(self) -> HashMap<T, i64> {
        self.counts
    }
}

impl<T: Eq + Hash> Tally<T> {
    /// Returns the count of `thing`, or 0 if it has none.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, thing: &Q) -> i64
    where
        T: Borrow<Q>,
    {
        self.counts.get(thing).copied().unwrap_or(0)
    }

    /// Returns whether `thing` has a count, which may be 0 or below.
    pub fn contains_key<Q: Eq + Hash + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.counts.contains_key(thing)
    }

    /// Sets the count of `thing`.
    pub fn set(&mut self, thing: T, count: i64) {
        self.counts.insert(thing, count);
    }

    /// Adds `amount` to the count of `thing`, and returns the new count.
    pub fn add(&mut self, thing: T, amount: i64) -> i64 {
        let count = self.counts.entry(thing).or_default();
        *count = count.saturating_add(amount);
        *count
    }

    /// Subtracts `amount` from the count of `thing`, and returns the new count.
    pub fn subtract(&mut self, thing: T, amount: i64) -> i64 {
        let count = self.counts.entry(thing).or_default();
        *count = count.saturating_sub(amount);
        *count
    }

    /// Removes the count of `thing`, and returns it.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, thing: &Q) -> Option<i64>
    where
        T: Borrow<Q>,
    {
        self.counts.remove(thing)
    }
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Tally<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.counts.fmt(f)
    }
}

impl<T: Eq + Hash> PartialEq for Tally<T> {
    fn eq(&self, other: &Self) -> bool {
        self.counts == other.counts
    }
}

impl<T: Eq + Hash> Eq for Tally<T> {}

impl<T> From<HashMap<T, i64>> for Tally<T> {
    fn from(counts: HashMap<T, i64>) -> Self {
        Tally { counts }
    }
}

/// Counts each item once.
impl<T: Eq + Hash> FromIterator<T> for Tally<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut tally = Self::new();
        tally.extend(things);
        tally
    }
}

/// Adds up the counts of equal things.
impl<T: Eq + Hash> FromIterator<(T, i64)> for Tally<T> {
    fn from_iter<I: IntoIterator<Item = (T, i64)>>(counts: I) -> Self {
        let mut tally = Self::new();
        tally.extend(counts);
        tally
    }
}

/// Counts each item once.
impl<T: Eq + Hash> Extend<T> for Tally<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        self.extend(things.into_iter().map(|thing| (thing, 1)));
    }
}

/// Adds each count to the count of the same thing.
impl<T: Eq + Hash> Extend<(T, i64)> for Tally<T> {
    fn extend<I: IntoIterator<Item = (T, i64)>>(&mut self, counts: I) {
        for (thing, count) in counts {
            self.add(thing, count);
        }
    }
}

impl<T> IntoIterator for Tally<T> {
    type Item = (T, i64);
    type IntoIter = hash_map::IntoIter<T, i64>;

    fn into_iter(self) -> Self::IntoIter {
        self.counts.into_iter()
    }
}

impl<'t, T> IntoIterator for &'t Tally<T> {
    type Item = (&'t T, &'t i64);
    type IntoIter = hash_map::Iter<'t, T, i64>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn times(count: i64) -> usize {
    usize::try_from(count).unwrap_or(0)
}
