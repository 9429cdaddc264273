//! [`Marks`]: what is known of a collection whose entries are written one by one.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    mem,
};

use redis::Value;

use super::Known;
use crate::{
    Result,
    collection::Target,
    writes::{Action, Writes},
};

/// A local type that consists of entries: a map, a set, a tally or scores.
///
/// A mark stands for an entry's value: two values with the same mark need no write.
pub trait Entries<C> {
    /// What an entry is found by.
    type Key: Clone + Eq + Hash + 'static;

    /// What stands for an entry's value.
    type Mark: Copy + PartialEq;

    /// How entries are written.
    const ACTION: Action;

    /// All keys.
    fn keys(&self) -> impl Iterator<Item = &Self::Key>;

    /// The mark of the entry at `key`, if there is one.
    fn mark(&self, key: &Self::Key) -> Result<Option<Self::Mark>>;

    /// Adds the arguments that set the entry at `key`; Redis held `old`.
    fn put(&self, key: &Self::Key, old: Option<Self::Mark>, writes: &mut Writes);

    /// Adds the arguments that remove the entry at `key`; Redis held `old`.
    fn drop(key: &Self::Key, old: Self::Mark, writes: &mut Writes);
}

/// The marks of all entries as Redis held them, and the keys that may have changed since.
#[derive(Debug)]
pub struct Marks<K, M> {
    held: HashMap<K, M>,
    touched: HashSet<K>,
    all: bool,
    sent: Vec<(K, Option<M>)>,
}

/// An entry that differs: its key, and its mark before and now.
struct Change<K, M> {
    key: K,
    old: Option<M>,
    new: Option<M>,
}

impl<K: Clone + Eq + Hash, M: Copy + PartialEq> Marks<K, M> {
    /// Remembers that Redis held `held`.
    pub fn new(held: HashMap<K, M>) -> Self {
        Marks { held, touched: HashSet::new(), all: false, sent: Vec::new() }
    }

    /// Takes notice that the entry at `key` may have changed.
    pub fn touch(&mut self, key: K) {
        if !self.all {
            self.touched.insert(key);
        }
    }

    fn compare<C, L: Entries<C, Key = K, Mark = M>>(&self, local: &L) -> Result<Vec<Change<K, M>>> {
        let mut changes = Vec::new();
        let mut look = |key: &K| {
            let (old, new) = (self.held.get(key).copied(), local.mark(key)?);
            if old != new {
                changes.push(Change { key: key.clone(), old, new });
            }
            Ok(())
        };
        if self.all {
            local.keys().try_for_each(&mut look)?;
            for key in self.held.keys() {
                if local.mark(key)?.is_none() {
                    look(key)?;
                }
            }
        } else {
            self.touched.iter().try_for_each(look)?;
        }
        Ok(changes)
    }
}

impl<K, M, L, C> Known<L, C> for Marks<K, M>
where
    K: Clone + Eq + Hash,
    M: Copy + PartialEq,
    L: Entries<C, Key = K, Mark = M>,
{
    fn touch_all(&mut self) {
        self.all = true;
    }

    fn differs(&self, local: &L) -> bool {
        self.compare(local).map_or(true, |changes| !changes.is_empty())
    }

    fn changes(&mut self, local: &L, target: &Target, writes: &mut Writes) {
        self.sent.clear();
        let changes = match self.compare(local) {
            Ok(changes) if changes.is_empty() => return,
            Ok(changes) => changes,
            Err(error) => return writes.fail(error.at(|| (target.key.to_string(), String::new()))),
        };
        let (put, dropped): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.new.is_some());
        writes.section(L::ACTION, &target.key);
        writes.arg(put.len());
        for change in put {
            local.put(&change.key, change.old, writes);
        }
        for Change { key, old, .. } in dropped {
            if let Some(old) = old {
                L::drop(key, *old, writes);
            }
        }
        self.sent = changes.into_iter().map(|change| (change.key, change.new)).collect();
    }

    fn is_sent(&self) -> bool {
        !self.sent.is_empty()
    }

    fn settle(&mut self, _: &mut L, _: Value) -> Result<()> {
        for (key, new) in mem::take(&mut self.sent) {
            match new {
                Some(mark) => self.held.insert(key, mark),
                None => self.held.remove(&key),
            };
        }
        self.touched.clear();
        self.all = false;
        Ok(())
    }
}
