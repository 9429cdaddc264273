//! [`EntryTracker`]: the tracker of a collection whose entries are written one by one.

mod tracker;

use std::{collections, hash::Hash, iter};

use foldhash::fast::RandomState;

use super::{Entries, Held, Unreadable, attempts::Attempts};
use crate::{command::Key, error::Result, memory::write_set::WriteSet};

type HashMap<K, M> = collections::HashMap<K, M, RandomState>;
type HashSet<K> = collections::HashSet<K, RandomState>;

/// How many digests are computed before they are looked up, so that the processor waits for many
/// cache misses at once.
const BLOCK: usize = 64;

/// The digests of all entries as Redis held them, and the keys that may have changed since.
#[derive(Debug)]
pub struct EntryTracker<K, M> {
    held: HashMap<K, M>,
    /// The digests of stored bytes that differ from the encoded value in memory.
    stored: HashMap<K, M>,
    touched: HashSet<K>,
    all: bool,
    unreadable: Option<Unreadable>,
    /// Whether the pending sync replaces the whole collection.
    replacing: bool,
    attempts: Attempts<State<K, M>>,
}

/// The digests of the changed entries after a sync.
type State<K, M> = HashMap<K, Option<M>>;

/// A changed entry: its key, and its digests before and now.
struct EntryChange<K, M> {
    key: K,
    old: Option<M>,
    new: Option<M>,
}

impl<K, M> Default for EntryTracker<K, M> {
    fn default() -> Self {
        EntryTracker {
            held: HashMap::default(),
            stored: HashMap::default(),
            touched: HashSet::default(),
            all: false,
            unreadable: None,
            replacing: false,
            attempts: Attempts::default(),
        }
    }
}

impl<K: Clone + Eq + Hash, M: Copy + PartialEq> EntryTracker<K, M> {
    /// A tracker of `held`, and of an entry that could not be decoded.
    pub(crate) fn new(
        held: impl IntoIterator<Item = (K, M)>,
        unreadable: Option<Unreadable>,
    ) -> Self {
        EntryTracker { held: held.into_iter().collect(), unreadable, ..EntryTracker::default() }
    }

    /// A tracker of the loaded entries, and of an entry that could not be decoded.
    pub(crate) fn loaded(entries: Vec<(K, Held<M>)>, unreadable: Option<Unreadable>) -> Self {
        let mut digests = EntryTracker { unreadable, ..EntryTracker::default() };
        digests.held.reserve(entries.len());
        for (key, held) in entries {
            digests.hold(key, held);
        }
        digests
    }

    /// Records the digests of the entry at `key`.
    pub(crate) fn hold(&mut self, key: K, Held { seen, stored }: Held<M>) {
        match stored.filter(|_| stored != seen) {
            Some(stored) => self.stored.insert(key.clone(), stored),
            None => self.stored.remove(&key),
        };
        match seen {
            Some(seen) => self.held.insert(key, seen),
            None => self.held.remove(&key),
        };
    }

    /// Records that the entry at `key` may have changed.
    pub(crate) fn touch(&mut self, key: K) {
        if !self.all {
            self.touched.insert(key);
        }
    }

    /// Records that Redis holds these digests, after a sync.
    fn hold_all(&mut self, state: State<K, M>) {
        for (key, digest) in state {
            self.hold(key, Held { seen: digest, stored: digest });
        }
    }

    /// Records that nothing differs.
    fn clean(&mut self) {
        self.touched.clear();
        self.all = false;
    }

    /// The keys of the entries that differ or may differ, each with its digest. Redis may or may
    /// not have the entries of a lost sync.
    fn compare<C: 'static, L>(&self, local: &L) -> Vec<(K, Result<Option<M>>)>
    where
        L: Entries<C, Key = K, Digest = M>,
    {
        let mut differing = Vec::new();
        let mut look = |key: &K, digest: Result<Option<M>>| {
            let held = self.held.get(key).copied();
            if !matches!(digest, Ok(digest) if digest == held) || self.is_doubtful(key) {
                differing.push((key.clone(), digest));
            }
            usize::from(held.is_some())
        };
        if !self.all {
            self.touched.iter().for_each(|key| _ = look(key, local.digest(key)));
            return differing;
        }
        let mut digests = local.digests();
        let block = || Some(digests.by_ref().take(BLOCK).collect::<Vec<_>>());
        let blocks = iter::from_fn(block).take_while(|block| !block.is_empty());
        let there: usize = blocks.flatten().map(|(key, digest)| look(key, digest.map(Some))).sum();
        let is_gone = |key: &&K| !local.contains(key);
        if there < self.held.len() {
            self.held.keys().filter(is_gone).for_each(|key| _ = look(key, Ok(None)));
        }
        let lost = self.attempts.lost().last().into_iter().flat_map(|last| last.state.keys());
        let lost = lost.filter(is_gone).filter(|key| !self.held.contains_key(key));
        lost.for_each(|key| _ = look(key, Ok(None)));
        differing
    }

    /// Returns whether a lost sync writes the entry at `key`. The last lost sync writes all entries
    /// of the earlier ones too.
    fn is_doubtful(&self, key: &K) -> bool {
        self.attempts.lost().last().is_some_and(|last| last.state.contains_key(key))
    }

    /// The digest at `key`, if the first `made` lost syncs were made.
    fn after(&self, made: usize, key: &K) -> Option<M> {
        let newest = made.checked_sub(1).and_then(|at| self.attempts.lost()[at].state.get(key));
        newest.copied().unwrap_or_else(|| self.held.get(key).copied())
    }

    /// Adds the edits that set every changed entry. Only a checked sync expects old values.
    fn write_values<C: 'static, L>(
        &self,
        local: &L,
        changes: &[EntryChange<K, M>],
        key: &Key,
        writes: &mut WriteSet,
    ) where
        L: Entries<C, Key = K, Digest = M>,
    {
        if writes.is_checked() {
            self.expect::<C, L>(changes, key, writes);
        }
        let (put, dropped): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.new.is_some());
        let mut edit = writes.entries(L::WRITE_KIND, key);
        for change in put {
            local.put(&change.key, change.old, &mut edit);
        }
        for change in dropped {
            L::remove_entry(&change.key, change.old, &mut edit);
        }
    }

    /// Adds the digests that the entries may have in Redis: as loaded, or as a lost sync has set
    /// them.
    fn expect<C: 'static, L>(&self, changes: &[EntryChange<K, M>], key: &Key, writes: &mut WriteSet)
    where
        L: Entries<C, Key = K, Digest = M>,
    {
        let mut edit = writes.expect(L::WRITE_KIND, key);
        for EntryChange { key: name, old, .. } in changes {
            let loaded = self.stored.get(name).copied().or(*old);
            let lost = self.attempts.lost().iter().filter_map(|attempt| attempt.state.get(name));
            let states = [loaded].into_iter().chain(lost.copied());
            let digests: Vec<_> = states.map(word_of::<C, L>).collect();
            L::expect(name, &digests, &mut edit);
        }
    }

    /// Adds the increments from each state that Redis may be in, the newest first.
    fn write_increments<C: 'static, L>(
        &mut self,
        local: &L,
        changes: &[EntryChange<K, M>],
        key: &Key,
        writes: &mut WriteSet,
    ) where
        L: Entries<C, Key = K, Digest = M>,
    {
        let operation = self.attempts.begin(state(changes));
        for made in (0..=self.attempts.lost().len()).rev() {
            let base = made.checked_sub(1).map(|at| &self.attempts.lost()[at].operation);
            let old = |change: &EntryChange<K, M>| self.after(made, &change.key);
            if writes.is_checked() {
                let mut edit = writes.expect(L::WRITE_KIND, key).once(&operation, base);
                for change in changes {
                    L::expect(&change.key, &[word_of::<C, L>(old(change))], &mut edit);
                }
            }
            let (put, dropped): (Vec<_>, Vec<_>) = changes
                .iter()
                .filter(|change| old(change) != change.new)
                .partition(|change| change.new.is_some());
            let mut edit = writes.entries(L::WRITE_KIND, key).once(&operation, base);
            for change in put {
                local.put(&change.key, old(change), &mut edit);
            }
            for change in dropped.into_iter().filter(|change| old(change).is_some()) {
                L::remove_entry(&change.key, old(change), &mut edit);
            }
        }
    }
}

fn state<K: Clone + Eq + Hash, M: Copy>(changes: &[EntryChange<K, M>]) -> State<K, M> {
    changes.iter().map(|change| (change.key.clone(), change.new)).collect()
}

fn word_of<C: 'static, L: Entries<C>>(digest: Option<L::Digest>) -> Vec<u8> {
    digest.map_or_else(|| b"-".to_vec(), L::to_word)
}
