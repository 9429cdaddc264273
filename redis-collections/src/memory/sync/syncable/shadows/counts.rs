//! The common calls of [`Tally`] and [`Scores`].

use std::{borrow::Borrow, hash::Hash};

use crate::{
    local::{Scores, Tally},
    memory::{
        Syncable,
        sync::mirror::{EntryTracker, Mirror},
    },
    store::Executor,
};

impl<T, E> Syncable<Tally<T>, E>
where
    Tally<T>: Mirror<E::Codec, Tracker = EntryTracker<T, i64>>,
    T: Clone + Eq + Hash,
    E: Executor,
{
    /// Adds `amount` to the count of `thing`, and returns the new count.
    pub fn add(&mut self, thing: T, amount: i64) -> i64 {
        self.tracker.touch(thing.clone());
        self.local.add(thing, amount)
    }

    /// Subtracts `amount` from the count of `thing`, and returns the new count.
    pub fn subtract(&mut self, thing: T, amount: i64) -> i64 {
        self.tracker.touch(thing.clone());
        self.local.subtract(thing, amount)
    }

    /// Sets the count of `thing`.
    pub fn set(&mut self, thing: T, count: i64) {
        self.tracker.touch(thing.clone());
        self.local.set(thing, count);
    }

    /// Removes `thing`, and returns its count if it had one.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, thing: &Q) -> Option<i64>
    where
        T: Borrow<Q>,
    {
        let (owned, _) = self.local.as_map().get_key_value(thing)?;
        self.tracker.touch(owned.clone());
        self.local.remove(thing)
    }
}

impl<T, E> Syncable<Scores<T>, E>
where
    Scores<T>: Mirror<E::Codec, Tracker = EntryTracker<T, f64>>,
    T: Clone + Eq + Hash,
    E: Executor,
{
    /// Sets the score of `member`, and returns the old score.
    pub fn insert(&mut self, member: T, score: f64) -> Option<f64> {
        self.tracker.touch(member.clone());
        self.local.insert(member, score)
    }

    /// Sets the score of `member`.
    pub fn set_score(&mut self, member: T, score: f64) {
        self.insert(member, score);
    }

    /// Adds `amount` to the score of `member`, and returns the new score.
    pub fn increment(&mut self, member: T, amount: f64) -> f64 {
        self.tracker.touch(member.clone());
        self.local.increment(member, amount)
    }

    /// Removes `member`, and returns its score.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, member: &Q) -> Option<f64>
    where
        T: Borrow<Q>,
    {
        let (owned, _) = self.local.as_map().get_key_value(member)?;
        self.tracker.touch(owned.clone());
        self.local.remove(member)
    }
}
