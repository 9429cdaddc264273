//! The course of a sync for a [`ListTracker`].

use std::mem;

use redis::Value;

use super::{ListTracker, LocalSequence, Prints, prints};
use crate::{
    codec::Codec,
    collections::KeySite,
    command::{Key, Replies, Request},
    error::{Error, Outcome, Result},
    memory::{
        sync::mirror::{Changes, Mirror, Tracker, ends::Ends},
        write_set::WriteSet,
    },
};

impl<L, C> Tracker<L, C> for ListTracker
where
    L: LocalSequence + Mirror<C, Tracker = ListTracker>,
    C: Codec<L::Element>,
{
    type At = usize;

    fn touch_all(&mut self) {
        self.ends = None;
    }

    fn touched(&self) -> usize {
        let len = self.held.len();
        self.ends.as_ref().map_or(len.max(1), |ends| ends.touched(len))
    }

    fn changes(&self, local: &L) -> Changes<usize> {
        let all =
            |_| Changes { changed: (0..local.elements().len()).collect(), ..Changes::default() };
        self.positions::<C, L>(local).unwrap_or_else(all)
    }

    fn differs(&self, local: &L) -> bool {
        self.differences::<C, L>(local).map_or(true, |differences| !differences.is_empty())
    }

    /// Adds the change of the ends, or else a replacement of all elements.
    fn pre_save(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet) {
        if let Err(error) = self.try_write::<C, L>(local, site, writes) {
            writes.fail(error.with_location(|| (site.key.to_string(), String::new())));
        }
    }

    fn pre_replace(&mut self, local: &L, site: &KeySite, writes: &mut WriteSet) {
        self.ends = None;
        let state = match prints::<C, L>(local.elements()) {
            Ok(state) => state,
            Err(error) => {
                return writes.fail(error.with_location(|| (site.key.to_string(), String::new())));
            }
        };
        self.replacing = true;
        self.attempts.give_up(&site.key, writes);
        let operation = self.attempts.begin(Prints::of(state));
        Mirror::<C>::replace(local, site, writes).once(&operation, None);
    }

    fn is_saving(&self) -> bool {
        self.attempts.is_pending()
    }

    /// The reply is the current list, if others have changed it.
    fn post_save(&mut self, local: &mut L, site: &KeySite, answer: Value) -> Result<()> {
        if mem::take(&mut self.replacing) {
            self.unreadable = None;
        }
        match (self.attempts.confirm(), answer) {
            (Some(_), Value::Array(merged)) => {
                // Our changes were made, even if an element of others cannot be decoded.
                (*local, *self) = ListTracker::load::<C, L>(Value::Array(merged))?;
                let unreadable = self.unreadable.as_ref();
                unreadable.map_or(Ok(()), |entry| Err(entry.error(&site.key, Outcome::Applied)))
            }
            (Some(state), _) => {
                self.hold(state);
                Ok(())
            }
            (None, _) => {
                self.ends = Some(Ends::whole(self.held.len()));
                Ok(())
            }
        }
    }

    fn save_lost(&mut self) {
        self.replacing = false;
        self.ends = None;
        self.attempts.mark_lost();
    }

    fn save_refused(&mut self) {
        self.replacing = false;
        self.attempts.cancel();
    }

    /// A list without changes is not read.
    fn pre_discard(&self, local: &L, site: &KeySite, reads: &mut Vec<Request>) {
        if Tracker::<L, C>::differs(self, local) {
            self.attempts.add_settling_read(&site.key, reads);
            reads.push(<L as Mirror<C>>::read_request(&site.key));
        }
    }

    fn post_discard(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()> {
        if Tracker::<L, C>::differs(self, local) {
            self.settle_lost(&site.key, replies)?;
            (*local, *self) = replies.next(&site.key, ListTracker::load::<C, L>)?;
        }
        Ok(())
    }

    fn pre_reload(&self, site: &KeySite, reads: &mut Vec<Request>) {
        self.attempts.add_settling_read(&site.key, reads);
    }

    fn pre_refresh(&self, site: &KeySite, reads: &mut Vec<Request>) -> Result<()> {
        self.attempts.check(&site.key)?;
        self.attempts.add_settling_read(&site.key, reads);
        reads.push(<L as Mirror<C>>::read_request(&site.key));
        Ok(())
    }

    fn post_refresh(&mut self, local: &mut L, site: &KeySite, replies: &mut Replies) -> Result<()> {
        self.settle_lost(&site.key, replies)?;
        let (fresh, mut known) = replies.next(&site.key, ListTracker::load::<C, L>)?;
        let differences = self.differences::<C, L>(local)?;
        let Some(difference) = differences.into_iter().next() else {
            (*local, *self) = (fresh, known);
            return Ok(());
        };
        let conflict = || Err(Error::Conflict { keys: vec![site.key.to_string()] });
        let Some(ends) = difference.ends else {
            if known.held.stored != self.held.stored {
                return conflict();
            }
            known.ends = None;
            *self = known;
            return Ok(());
        };
        let Some(kept) = self.still_there(&ends, &known.held) else { return conflict() };
        let mine = mem::replace(local, L::from_iter([]));
        let (before, behind) = (ends.before, ends.before + ends.kept.len());
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for (at, element) in mine.into_iter().enumerate() {
            match at {
                at if at < before => first.push(element),
                at if at >= behind => last.push(element),
                _ => {}
            }
        }
        let theirs = fresh.into_iter().skip(kept.start).take(kept.len());
        *local = first.into_iter().chain(theirs).chain(last).collect();
        known.ends = Some(Ends { kept, ..ends });
        *self = known;
        Ok(())
    }
}

impl ListTracker {
    fn try_write<C: Codec<L::Element>, L: LocalSequence>(
        &mut self,
        local: &L,
        site: &KeySite,
        writes: &mut WriteSet,
    ) -> Result<()> {
        if let Some(unreadable) = &self.unreadable {
            return Err(unreadable.error(&site.key, Outcome::NotApplied));
        }
        let differences = self.differences::<C, L>(local)?;
        let Some(newest) = differences.first() else { return Ok(()) };
        self.attempts.check(&site.key)?;
        let state = self.state::<C, L>(newest, local)?;
        let operation = self.attempts.begin(state);
        for difference in &differences {
            self.write_difference::<C, L>(difference, local, (site, &operation), writes);
        }
        Ok(())
    }

    /// Records which lost syncs were made, and forgets the others.
    fn settle_lost(&mut self, key: &Key, replies: &mut Replies) -> Result<()> {
        if let Some(made) = self.attempts.settle(key, replies)? {
            self.held = made;
            self.ends = None;
        }
        Ok(())
    }

    /// The elements of `now` that are left after `ends` removes its elements, if they are still
    /// there.
    fn still_there(&self, ends: &Ends, now: &Prints) -> Option<std::ops::Range<usize>> {
        let (front, back) =
            (&self.held.stored[..ends.kept.start], &self.held.stored[ends.kept.end..]);
        let rest = now.stored.strip_prefix(front)?.strip_suffix(back)?;
        Some(front.len()..front.len() + rest.len())
    }
}
