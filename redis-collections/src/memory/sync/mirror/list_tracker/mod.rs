//! [`ListTracker`]: the tracker of a list, whose elements have positions.

mod prints;
use prints::{Prints, prints};

mod tracker;

use redis::Value;

use super::{Changes, Unreadable, attempts::Attempts, ends::Ends};
use crate::{
    codec::Codec,
    collections::KeySite,
    error::Result,
    memory::write_set::{Fingerprint, ListEnds, Operation, WriteSet},
};

/// From this length on, the reply is not the whole list if the list is as expected.
const LONG: usize = 1_000;

/// How many elements at each end are compared for that.
const PROBES: usize = 16;

/// A local type with a sequence of elements: a `Vec` or a `VecDeque`.
pub trait LocalSequence: FromIterator<Self::Element> + IntoIterator<Item = Self::Element> {
    /// The type of an element.
    type Element: 'static;

    /// Returns all elements, the first one first.
    fn elements(&self) -> impl ExactSizeIterator<Item = &Self::Element>;

    /// Returns the element at this position.
    fn at(&self, index: usize) -> Option<&Self::Element>;
}

/// The fingerprints of all elements as Redis held them, and the changes at the ends since.
#[derive(Debug, Default)]
pub struct ListTracker {
    held: Prints,
    /// `None` if any element may have changed.
    ends: Option<Ends>,
    unreadable: Option<Unreadable>,
    /// Whether the pending sync replaces the whole list.
    replacing: bool,
    attempts: Attempts<Prints>,
}

/// The difference between memory and a state that Redis may be in: how many of the lost syncs led
/// to that state, and the change of the ends, if nothing else changed.
struct Difference {
    made: usize,
    ends: Option<Ends>,
}

impl ListTracker {
    /// Reads a whole list, with a tracker of it.
    pub(crate) fn load<C: Codec<L::Element>, L: LocalSequence>(answer: Value) -> Result<(L, Self)> {
        let (elements, held, unreadable) = Prints::read::<C, L>(answer)?;
        let ends = Some(Ends::whole(held.len()));
        Ok((elements, ListTracker { held, ends, unreadable, ..ListTracker::default() }))
    }

    /// Records that an element was added at the front.
    pub(crate) fn pushed_front(&mut self) {
        self.ends.iter_mut().for_each(|ends| ends.before += 1);
    }

    /// Records that `count` elements were added at the back.
    pub(crate) fn pushed_back(&mut self, count: usize) {
        self.ends.iter_mut().for_each(|ends| ends.behind += count);
    }

    /// Records that the first element was removed.
    pub(crate) fn popped_front(&mut self) {
        self.ends.iter_mut().for_each(Ends::pop_front);
    }

    /// Records that the last element was removed.
    pub(crate) fn popped_back(&mut self) {
        self.ends.iter_mut().for_each(Ends::pop_back);
    }

    /// Records that all elements were removed.
    pub(crate) fn cleared(&mut self) {
        self.ends.iter_mut().for_each(Ends::clear);
    }

    /// Records any other change.
    pub(crate) fn changed_within(&mut self) {
        self.ends = None;
    }

    /// Records that Redis and memory both hold `held`.
    fn hold(&mut self, held: Prints) {
        self.ends = Some(Ends::whole(held.len()));
        self.held = held;
    }

    /// What Redis holds if the first `made` lost syncs were made.
    fn after(&self, made: usize) -> &Prints {
        made.checked_sub(1).map_or(&self.held, |at| &self.attempts.lost()[at].state)
    }

    /// The differences between `local` and each state that Redis may be in, the newest first. Empty
    /// if `local` equals the only such state.
    fn differences<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        local: &L,
    ) -> Result<Vec<Difference>> {
        let lost = self.attempts.lost().len();
        if lost == 0
            && let Some(ends) = &self.ends
        {
            let ends = self.held.reduce::<C, L>(ends.clone(), local)?;
            let is_clean = ends.is_whole(self.held.len());
            let difference = Difference { made: 0, ends: Some(ends) };
            return Ok(if is_clean { Vec::new() } else { vec![difference] });
        }
        let now = prints::<C, L>(local.elements())?;
        if lost == 0 && now == self.held.seen() {
            return Ok(Vec::new());
        }
        let difference =
            |made| Difference { made, ends: Ends::between(self.after(made).seen(), &now) };
        Ok((0..=lost).rev().map(difference).collect())
    }

    /// The state after the change.
    fn state<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        difference: &Difference,
        local: &L,
    ) -> Result<Prints> {
        match &difference.ends {
            Some(ends) => self.after(difference.made).after::<C, L>(ends, local),
            None => prints::<C, L>(local.elements()).map(Prints::of),
        }
    }

    /// Adds the edit that makes the difference.
    fn write_difference<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        difference: &Difference,
        local: &L,
        (site, operation): (&KeySite, &Operation),
        writes: &mut WriteSet,
    ) {
        let base = difference.made.checked_sub(1).map(|at| &self.attempts.lost()[at].operation);
        let held = &self.after(difference.made).stored;
        let Some(ends) = &difference.ends else {
            let edit = writes.list_swap(&site.key, held, site.options.maxlen);
            let mut edit = edit.once(operation, base);
            return local.elements().for_each(|element| edit.push::<C, L::Element>(element));
        };
        let is_checked = writes.is_checked();
        let list_ends = self.list_ends(ends, held, site.options.maxlen, is_checked);
        let mut edit = writes.list_ends(&site.key, &list_ends).once(operation, base);
        let behind = local.elements().skip(ends.before + ends.kept.len());
        let added = local.elements().take(ends.before).chain(behind);
        added.for_each(|element| edit.push::<C, L::Element>(element));
    }

    /// The ends as the script takes them. The reply for a long list that changed only there is
    /// empty.
    fn list_ends<'h>(
        &self,
        Ends { kept, before, .. }: &Ends,
        held: &'h [Fingerprint],
        maxlen: Option<usize>,
        is_checked: bool,
    ) -> ListEnds<'h> {
        let is_probed = kept.len() > LONG && maxlen.is_none() && self.attempts.lost().is_empty();
        let probes = if is_probed { PROBES } else { 0 };
        ListEnds {
            unchanged: is_checked.then_some(held),
            maxlen,
            kept: is_probed.then_some(kept.len()),
            removed: [&held[..kept.start], &held[kept.end..]],
            probes: [&held[kept.start..][..probes], &held[kept.end - probes..kept.end]],
            before: *before,
        }
    }

    /// The positions that differ from the loaded list.
    fn positions<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        local: &L,
    ) -> Result<Changes<usize>> {
        let differences = self.differences::<C, L>(local)?;
        let Some(difference) = differences.last() else { return Ok(Changes::default()) };
        let (old, new) = (self.held.len(), local.elements().len());
        if let Some(Ends { kept, before, .. }) = &difference.ends {
            return Ok(Changes {
                added: (0..*before).chain(before + kept.len()..new).collect(),
                changed: Vec::new(),
                removed: (0..kept.start).chain(kept.end..old).collect(),
            });
        }
        let now = prints::<C, L>(local.elements())?;
        let pairs = now.iter().zip(self.held.seen()).enumerate();
        Ok(Changes {
            added: (old..new).collect(),
            changed: pairs.filter(|(_, (now, old))| now != old).map(|(at, _)| at).collect(),
            removed: (new..old).collect(),
        })
    }
}
