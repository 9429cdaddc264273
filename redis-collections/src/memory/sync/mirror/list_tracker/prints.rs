//! [`Prints`]: the fingerprints of a whole list.

use redis::Value;

use super::LocalSequence;
use crate::{
    codec::{Codec, encode_unchecked},
    command::reply,
    error::Result,
    memory::{
        sync::mirror::{Unreadable, ends::Ends},
        write_set::Fingerprint,
    },
};

/// The fingerprints of all elements of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Prints {
    /// The fingerprints of the stored bytes, which the server can compare.
    pub(super) stored: Vec<Fingerprint>,
    /// The fingerprints of the elements encoded again, if they differ: a hash map in an element may
    /// have another order then, and must not look changed.
    seen: Option<Vec<Fingerprint>>,
}

impl Prints {
    /// Reads a whole list, and its fingerprints. An element that cannot be decoded is left out.
    pub(super) fn read<C: Codec<L::Element>, L: LocalSequence>(
        answer: Value,
    ) -> Result<(L, Self, Option<Unreadable>)> {
        let (mut stored, mut seen, mut unreadable) = (Vec::new(), Vec::new(), None);
        let elements = reply::items(answer)?.into_iter().map(|element| {
            let bytes = reply::bytes(element)?;
            let read = Unreadable::sift(C::decode(&bytes), bytes.len(), &mut unreadable)?;
            let Some(value) = read else { return Ok(None) };
            let print = Fingerprint::of(&bytes);
            stored.push(print);
            seen.push(encode_unchecked::<C, L::Element, _>(&value, |again| {
                if again == bytes { print } else { Fingerprint::of(again) }
            })?);
            Ok(Some(value))
        });
        let elements = elements.filter_map(Result::transpose).collect::<Result<L>>()?;
        let seen = (seen != stored).then_some(seen);
        Ok((elements, Prints { stored, seen }, unreadable))
    }

    /// The fingerprints of newly written elements.
    pub(super) fn of(stored: Vec<Fingerprint>) -> Self {
        Prints { stored, seen: None }
    }

    /// The fingerprints that unchanged elements have in memory.
    pub(super) fn seen(&self) -> &[Fingerprint] {
        self.seen.as_ref().unwrap_or(&self.stored)
    }

    /// The number of elements.
    pub(super) fn len(&self) -> usize {
        self.stored.len()
    }

    /// The fingerprints after a change of the ends to the elements of `local`.
    pub(super) fn after<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        ends: &Ends,
        local: &L,
    ) -> Result<Self> {
        let Ends { kept, before, .. } = ends;
        let before: Vec<Fingerprint> = prints::<C, L>(local.elements().take(*before))?;
        let behind: Vec<Fingerprint> =
            prints::<C, L>(local.elements().skip(ends.before + kept.len()))?;
        let join = |all: &[Fingerprint]| [&before, &all[kept.clone()], &behind].concat();
        Ok(Prints { stored: join(&self.stored), seen: self.seen.as_deref().map(join) })
    }

    /// The smallest change of the ends with the same effect as `ends`: an element that was removed
    /// and added again has not changed.
    pub(super) fn reduce<C: Codec<L::Element>, L: LocalSequence>(
        &self,
        mut ends: Ends,
        local: &L,
    ) -> Result<Ends> {
        let seen = self.seen();
        let is = |at: usize, print: Fingerprint| {
            let element = local
                .at(at)
                .map(|element| encode_unchecked::<C, L::Element, _>(element, Fingerprint::of));
            element.transpose().map(|found| found == Some(print))
        };
        while ends.kept.end < seen.len()
            && ends.behind > 0
            && is(ends.before + ends.kept.len(), seen[ends.kept.end])?
        {
            ends.kept.end += 1;
            ends.behind -= 1;
        }
        while ends.kept.start > 0
            && ends.before > 0
            && is(ends.before - 1, seen[ends.kept.start - 1])?
        {
            ends.kept.start -= 1;
            ends.before -= 1;
        }
        Ok(ends)
    }
}

/// The fingerprints of elements.
pub(super) fn prints<'l, C: Codec<L::Element>, L: LocalSequence>(
    elements: impl Iterator<Item = &'l L::Element>,
) -> Result<Vec<Fingerprint>> {
    elements.map(|element| encode_unchecked::<C, L::Element, _>(element, Fingerprint::of)).collect()
}
