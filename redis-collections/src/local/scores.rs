//! [`Scores`]: members with scores, in memory.

use std::{borrow::Borrow, cmp::Ordering, collections::HashMap, fmt, hash::Hash, vec};

use serde::{Deserialize, Serialize};

/// Members with scores, the lowest first: the local type of a [`SortedSetCounter`](crate::SortedSetCounter).
///
/// Members with equal scores are sorted by their [`Ord`], while Redis sorts them by their encoded bytes.
/// NaN is sorted by [`f64::total_cmp`]; Redis refuses it, so it cannot be saved.
///
/// ```
/// use redis_collections::Scores;
///
/// let mut ladder = Scores::from_iter([("ada", 3.5), ("alan", 1.0)]);
/// ladder.increment("alan", 4.0);
///
/// assert_eq!(ladder.last(), Some((&"alan", 5.0)));
/// assert_eq!(ladder.rank("ada"), Some(0));
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de> + Eq + Hash"))]
pub struct Scores<T> {
    scores: HashMap<T, f64>,
}

impl<T> Scores<T> {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Scores { scores: HashMap::new() }
    }

    /// Returns the number of members.
    pub fn len(&self) -> usize {
        self.scores.len()
    }

    /// Returns whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// Removes every member.
    pub fn clear(&mut self) {
        self.scores.clear();
    }

    /// Returns a reference to the underlying map.
    pub fn as_map(&self) -> &HashMap<T, f64> {
        &self.scores
    }

    /// Returns the underlying map.
    pub fn into_map(self) -> HashMap<T, f64> {
        self.scores
    }
}

impl<T: Eq + Hash> Scores<T> {
    /// Returns whether `member` has a score.
    pub fn contains<Q: Eq + Hash + ?Sized>(&self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.scores.contains_key(member)
    }

    /// Returns the score of `member`.
    pub fn score<Q: Eq + Hash + ?Sized>(&self, member: &Q) -> Option<f64>
    where
        T: Borrow<Q>,
    {
        self.scores.get(member).copied()
    }

    /// Sets the score of `member`, and returns the old one.
    pub fn insert(&mut self, member: T, score: f64) -> Option<f64> {
        self.scores.insert(member, score)
    }

    /// Sets the score of `member`.
    pub fn set_score(&mut self, member: T, score: f64) {
        self.scores.insert(member, score);
    }

    /// Adds `amount` to the score of `member`, and returns the sum. A new member starts at 0.
    pub fn increment(&mut self, member: T, amount: f64) -> f64 {
        let score = self.scores.entry(member).or_default();
        *score += amount;
        *score
    }

    /// Removes `member`, and returns its score.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, member: &Q) -> Option<f64>
    where
        T: Borrow<Q>,
    {
        self.scores.remove(member)
    }
}

impl<T: Eq + Hash + Ord> Scores<T> {
    /// Returns the rank of `member`: the number of members before it. O(n).
    pub fn rank<Q: Eq + Hash + ?Sized>(&self, member: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        let (member, &score) = self.scores.get_key_value(member)?;
        Some(self.pairs().filter(|&pair| ascending(&pair, &(member, score)).is_lt()).count())
    }

    /// Returns the member with the lowest score. O(n).
    pub fn first(&self) -> Option<(&T, f64)> {
        self.pairs().min_by(ascending)
    }

    /// Returns the member with the highest score. O(n).
    pub fn last(&self) -> Option<(&T, f64)> {
        self.pairs().max_by(ascending)
    }

    /// Returns an iterator over the members and their scores, the lowest first. O(n log n).
    pub fn iter(&self) -> vec::IntoIter<(&T, f64)> {
        let mut pairs: Vec<_> = self.pairs().collect();
        pairs.sort_by(ascending);
        pairs.into_iter()
    }
}

impl<T> Scores<T> {
    /// The members and their scores, in no order.
    fn pairs(&self) -> impl Iterator<Item = (&T, f64)> {
        self.scores.iter().map(|(member, &score)| (member, score))
    }
}

impl<T> Default for Scores<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Eq + Hash> PartialEq for Scores<T> {
    fn eq(&self, other: &Self) -> bool {
        self.scores == other.scores
    }
}

impl<T: fmt::Debug> fmt::Debug for Scores<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs: Vec<_> = self.pairs().collect();
        pairs.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        f.debug_map().entries(pairs).finish()
    }
}

impl<T: Eq + Hash> FromIterator<(T, f64)> for Scores<T> {
    fn from_iter<I: IntoIterator<Item = (T, f64)>>(pairs: I) -> Self {
        Scores { scores: pairs.into_iter().collect() }
    }
}

impl<T: Eq + Hash> Extend<(T, f64)> for Scores<T> {
    fn extend<I: IntoIterator<Item = (T, f64)>>(&mut self, pairs: I) {
        self.scores.extend(pairs);
    }
}

impl<T: Eq + Hash + Ord> IntoIterator for Scores<T> {
    type Item = (T, f64);
    type IntoIter = vec::IntoIter<(T, f64)>;

    fn into_iter(self) -> Self::IntoIter {
        let mut pairs: Vec<_> = self.scores.into_iter().collect();
        pairs.sort_by(ascending);
        pairs.into_iter()
    }
}

impl<'s, T: Eq + Hash + Ord> IntoIterator for &'s Scores<T> {
    type Item = (&'s T, f64);
    type IntoIter = vec::IntoIter<(&'s T, f64)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The order of ranks: by score, then by member.
fn ascending<T: Ord>((a, first): &(T, f64), (b, second): &(T, f64)) -> Ordering {
    first.total_cmp(second).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_by_score_and_then_by_their_own_order() {
        let scores = Scores::from_iter([("c", 1.0), ("a", 1.0), ("b", -2.0)]);

        assert!(scores.iter().eq([(&"b", -2.0), (&"a", 1.0), (&"c", 1.0)]));
        assert_eq!((scores.rank("c"), scores.rank("x")), (Some(2), None));
        assert_eq!((scores.first(), scores.last()), (Some((&"b", -2.0)), Some((&"c", 1.0))));
    }

    #[test]
    fn insert_returns_the_old_score() {
        let mut scores = Scores::new();

        assert_eq!(scores.insert("ada", 1.5), None);
        assert_eq!(scores.insert("ada", 2.0), Some(1.5));
        assert_eq!((scores.remove("ada"), scores.is_empty()), (Some(2.0), true));
    }

    #[test]
    fn increment_starts_at_zero_and_returns_the_sum() {
        let mut scores = Scores::new();

        let sums = [scores.increment("ada", 1.5), scores.increment("ada", -2.0)];

        assert_eq!((sums, scores.score("ada")), ([1.5, -0.5], Some(-0.5)));
    }
}
