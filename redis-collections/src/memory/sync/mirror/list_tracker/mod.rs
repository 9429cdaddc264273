//! [`ListTracker`]: what is known of a list, whose elements are found by their place.

mod prints;
use prints::{Prints, prints};

mod tracker;

use redis::Value;

use super::{Changes, Fingerprint, Unreadable, attempts::Attempts, ends::Ends};
use crate::{
    codec::Codec,
    collections::KeySite,
    error::Result,
    memory::write_set::{Operation, WriteKind, WriteSet},
};

/// How long a list is at least whose answer is not the whole of it, if it is as expected.
const LONG: usize = 1_000;

/// How many elements at each end tell whether it is.
const PROBES: usize = 16;

/// A local type whose elements follow each other: a `Vec` or a `VecDeque`.
pub trait LocalSequence: FromIterator<Self::Element> + IntoIterator<Item = Self::Element> {
    /// What an element is.
    type Element: 'static;

    /// All elements, the first one first.
    fn elements(&self) -> impl ExactSizeIterator<Item = &Self::Element>;

    /// The element at this position.
    fn at(&self, index: usize) -> Option<&Self::Element>;
}

/// The fingerprints of all elements as Redis held them, and what was done at the ends since.
#[derive(Debug, Default)]
pub struct ListTracker {
    held: Prints,
    /// Nothing if anything may have changed.
    ends: Option<Ends>,
    unreadable: Option<Unreadable>,
    /// Whether what is under way replaces all that Redis holds.
    replacing: bool,
    attempts: Attempts<Prints>,
}

/// How memory differs from a state that Redis may be in: which of the lost syncs has led to it,
/// counted from one, and what was done at the ends since, if that is all.
struct Difference {
    made: usize,
    ends: Option<Ends>,
}

impl ListTracker {
    /// Reads a whole list, and remembers it.
    pub(crate) fn load<C: Codec<L::Element>, L: LocalSequence>(answer: Value) -> Result<(L, Self)> {
        let (elements, held, unreadable) = Prints::read::<C, L>(answer)?;
        let ends = Some(Ends::whole(held.len()));
        Ok((elements, ListTracker { held, ends, unreadable, ..ListTracker::default() }))
    }

    /// Takes notice that an element was added at the front.
    pub(crate) fn pushed_front(&mut self) {
        self.ends.iter_mut().for_each(|ends| ends.before += 1);
    }

    /// Takes notice that `count` elements were added at the back.
    pub(crate) fn pushed_back(&mut self, count: usize) {
        self.ends.iter_mut().for_each(|ends| ends.behind += count);
    }

    /// Takes notice that the first element is gone.
    pub(crate) fn popped_front(&mut self) {
        self.ends.iter_mut().for_each(Ends::pop_front);
    }

    /// Takes notice that the last element is gone.
    pub(crate) fn popped_back(&mut self) {
        self.ends.iter_mut().for_each(Ends::pop_back);
    }

    /// Takes notice that all elements are gone.
    pub(crate) fn cleared(&mut self) {
        self.ends.iter_mut().for_each(Ends::clear);
    }

    /// Takes notice of any other change.
    pub(crate) fn changed_within(&mut self) {
        self.ends = None;
    }

    /// Takes notice that Redis holds `held`, and memory the same.
    fn hold(&mut self, held: Prints) {
        self.ends = Some(Ends::whole(held.len()));
        self.held = held;
    }

    /// What Redis holds if that many of the lost syncs were made.
    fn after(&self, made: usize) -> &Prints {
        made.checked_sub(1).map_or(&self.held, |at| &self.attempts.lost()[at].state)
    }

    /// How `local` differs from each state that Redis may be in, the newest first; nothing if
    /// there is one state, and it is this.
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

    /// The state that the change leads to.
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

    /// Adds what makes the difference.
    fn write_difference<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        difference: &Difference,
        local: &L,
        (site, operation): (&KeySite, &Operation),
        writes: &mut WriteSet,
    ) {
        let action = if difference.ends.is_some() { WriteKind::Ends } else { WriteKind::Swap };
        let base = difference.made.checked_sub(1).map(|at| &self.attempts.lost()[at].operation);
        let held = &self.after(difference.made).stored;
        writes.section(action, &site.key);
        writes.once(operation, base);
        if let Some(ends) = &difference.ends {
            self.write_ends::<C, L>(ends, held, local, site, writes);
        } else {
            writes.arg(Fingerprint::of_all(held).told());
            writes.arg(longest(site));
            local.elements().for_each(|value| writes.value::<C, L::Element>(value));
        }
    }

    fn write_ends<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        Ends { kept, before, .. }: &Ends,
        held: &[Fingerprint],
        local: &L,
        site: &KeySite,
        writes: &mut WriteSet,
    ) {
        let is_probed = kept.len() > LONG && longest(site) < 0 && self.attempts.lost().is_empty();
        let probes = if is_probed { PROBES } else { 0 };
        let (front, back) = (&held[..kept.start], &held[kept.end..]);
        let first = &held[kept.start..][..probes];
        let last = &held[kept.end - probes..kept.end];
        let digest = writes.is_checked().then(|| Fingerprint::of_all(held).told());
        writes.arg(digest.unwrap_or_default());
        writes.arg(longest(site));
        writes.arg(if is_probed { i64::try_from(kept.len()).unwrap_or(-1) } else { -1 });
        for count in [front.len(), back.len(), probes, *before] {
            writes.arg(count);
        }
        for print in front.iter().chain(back).chain(first).chain(last) {
            writes.arg(print.told());
        }
        let behind = local.elements().skip(before + kept.len());
        local.elements().take(*before).chain(behind).for_each(|value| {
            writes.value::<C, L::Element>(value);
        });
    }

    /// The positions of what differs from what was loaded.
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

/// How many elements the list may have, as the script takes it.
fn longest(site: &KeySite) -> i64 {
    site.options.maxlen.map_or(-1, |maxlen| i64::try_from(maxlen).unwrap_or(i64::MAX))
}
