//! The course of a sync for an [`EntryTracker`].

use std::{hash::Hash, mem};

use redis::Value;

use super::{EntryChange, EntryTracker, state};
use crate::{
    collections::KeySite,
    command::{Key, Replies, Request, reply},
    error::{Outcome, Result},
    memory::{
        sync::mirror::{Changes, Entries, Mirror, Tracker},
        write_set::WriteSet,
    },
};

/// How many entries one command reads.
const ASKED: usize = 1_000;

impl<K, M, L, C> Tracker<L, C> for EntryTracker<K, M>
where
    K: Clone + Eq + Hash,
    M: Copy + PartialEq,
    L: Entries<C, Key = K, Digest = M> + Mirror<C, Tracker = Self>,
    C: 'static,
{
    type At = K;

    fn touch_all(&mut self) {
        self.all = true;
    }

    fn touched(&self) -> usize {
        if self.all { self.held.len().max(1) } else { self.touched.len() }
    }

    fn changes(&self, local: &L) -> Changes<K> {
        let mut changes = Changes::default();
        for (key, _) in self.compare(local) {
            match (self.held.contains_key(&key), local.contains(&key)) {
                (_, false) => changes.removed.push(key),
                (false, true) => changes.added.push(key),
                (true, true) => changes.changed.push(key),
            }
        }
        changes
    }

    fn pre_save(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet) {
        if let Some(unreadable) = &self.unreadable {
            return writes.fail(unreadable.error(&site.key, Outcome::NotApplied));
        }
        let changes = match self.changed(local) {
            Ok(changes) if changes.is_empty() => return,
            Ok(changes) => changes,
            Err(error) => {
                return writes.fail(error.with_location(|| (site.key.to_string(), String::new())));
            }
        };
        if L::WRITE_KIND.is_repeatable() {
            self.write_values::<C, L>(local, &changes, &site.key, writes);
            self.attempts.begin(state(&changes));
        } else if let Err(error) = self.attempts.check(&site.key) {
            writes.fail(error);
        } else {
            self.write_increments::<C, L>(local, &changes, &site.key, writes);
        }
    }

    fn pre_replace(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet) {
        self.all = true;
        let changes = match self.changed(local) {
            Ok(changes) => changes,
            Err(error) => {
                return writes.fail(error.with_location(|| (site.key.to_string(), String::new())));
            }
        };
        // Afterwards Redis holds the encoded values of memory, also of unchanged entries.
        let mut state = state(&changes);
        for key in self.stored.keys() {
            state.entry(key.clone()).or_insert_with(|| self.held.get(key).copied());
        }
        self.replacing = true;
        let is_repeatable = L::WRITE_KIND.is_repeatable();
        if !is_repeatable {
            self.attempts.give_up(&site.key, writes);
        }
        let operation = self.attempts.begin(state);
        let edit = Mirror::<C>::replace(local, site, writes);
        if !is_repeatable {
            edit.once(&operation, None);
        }
    }

    fn is_saving(&self) -> bool {
        self.attempts.is_pending()
    }

    fn post_save(&mut self, _: &mut L, _: &KeySite, _: Value) -> Result<()> {
        let made = self.attempts.confirm().unwrap_or_default();
        self.hold_all(made);
        if mem::take(&mut self.replacing) {
            self.unreadable = None;
        }
        self.clean();
        Ok(())
    }

    fn save_lost(&mut self) {
        self.replacing = false;
        self.attempts.mark_lost();
    }

    fn save_refused(&mut self) {
        self.replacing = false;
        self.attempts.cancel();
    }

    fn pre_discard(&self, local: &L, site: &KeySite, reads: &mut Vec<Request>) {
        if !L::WRITE_KIND.is_repeatable() {
            self.attempts.add_settling_read(&site.key, reads);
        }
        let keys = self.differing(local);
        reads.extend(keys.chunks(ASKED).map(|keys| L::read_entries_request(&site.key, keys)));
    }

    fn post_discard(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()> {
        let keys = self.differing(local);
        self.settle_lost::<C, L>(&site.key, replies)?;
        for keys in keys.chunks(ASKED) {
            let found = replies.next(&site.key, reply::items)?;
            for (key, found) in keys.iter().zip(found) {
                let handle = || (site.key.to_string(), String::new());
                let held = local.accept(key, found).map_err(|error| error.with_location(handle))?;
                self.hold(key.clone(), held);
            }
        }
        self.attempts.clear_lost();
        self.clean();
        Ok(())
    }

    fn pre_reload(&self, site: &KeySite, reads: &mut Vec<Request>) {
        if !L::WRITE_KIND.is_repeatable() {
            self.attempts.add_settling_read(&site.key, reads);
        }
    }

    fn pre_refresh(&self, site: &KeySite, reads: &mut Vec<Request>) -> Result<()> {
        if !L::WRITE_KIND.is_repeatable() {
            self.attempts.check(&site.key)?;
            self.attempts.add_settling_read(&site.key, reads);
        }
        reads.push(<L as Mirror<C>>::read_request(&site.key));
        Ok(())
    }

    fn post_refresh(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()> {
        let keys = self.differing(local);
        self.settle_lost::<C, L>(&site.key, replies)?;
        let loaded = replies.next(&site.key, |answer| <L as Mirror<C>>::load(site, answer))?;
        let (mut fresh, mut known) = loaded;
        for key in keys {
            fresh.carry_over(&key, local, self.held.get(&key).copied());
            known.touch(key);
        }
        (*local, *self) = (fresh, known);
        Ok(())
    }
}

impl<K: Clone + Eq + Hash, M: Copy + PartialEq> EntryTracker<K, M> {
    /// The entries that differ or may differ.
    fn changed<C: 'static, L>(&self, local: &L) -> Result<Vec<EntryChange<K, M>>>
    where
        L: Entries<C, Key = K, Digest = M>,
    {
        let change = |(key, new): (K, Result<Option<M>>)| {
            Ok(EntryChange { old: self.held.get(&key).copied(), new: new?, key })
        };
        self.compare(local).into_iter().map(change).collect()
    }

    /// The keys of these entries.
    fn differing<C: 'static, L>(&self, local: &L) -> Vec<K>
    where
        L: Entries<C, Key = K, Digest = M>,
    {
        self.compare(local).into_iter().map(|(key, _)| key).collect()
    }

    /// Records which lost increments were made, and forgets the others.
    fn settle_lost<C: 'static, L>(&mut self, key: &Key, replies: &mut Replies) -> Result<()>
    where
        L: Entries<C, Key = K, Digest = M>,
    {
        if !L::WRITE_KIND.is_repeatable() {
            let made = self.attempts.settle(key, replies)?;
            self.hold_all(made.unwrap_or_default());
        }
        Ok(())
    }
}
