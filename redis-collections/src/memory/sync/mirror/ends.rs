//! [`Ends`]: the elements removed and added at the ends of a list.

use std::ops::Range;

use crate::memory::write_set::Fingerprint;

/// A change of a list at its ends: some elements were removed there, and others added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// The positions of the old elements that are kept.
    pub(super) kept: Range<usize>,
    /// How many new elements come before them.
    pub(super) before: usize,
    /// How many new elements come after them.
    pub(super) behind: usize,
}

impl Ends {
    /// No change of a list with `len` elements.
    pub(super) fn whole(len: usize) -> Self {
        Ends { kept: 0..len, before: 0, behind: 0 }
    }

    /// Returns whether it is no change of a list with `len` elements.
    pub(super) fn is_whole(&self, len: usize) -> bool {
        *self == Self::whole(len)
    }

    /// How many elements were removed from `len`, or added.
    pub(super) fn touched(&self, len: usize) -> usize {
        len - self.kept.len() + self.before + self.behind
    }

    /// Records that the first element was removed.
    pub(super) fn pop_front(&mut self) {
        match self {
            Ends { before: 1.., .. } => self.before -= 1,
            Ends { kept, .. } if kept.start < kept.end => kept.start += 1,
            _ => self.behind = self.behind.saturating_sub(1),
        }
    }

    /// Records that the last element was removed.
    pub(super) fn pop_back(&mut self) {
        match self {
            Ends { behind: 1.., .. } => self.behind -= 1,
            Ends { kept, .. } if kept.start < kept.end => kept.end -= 1,
            _ => self.before = self.before.saturating_sub(1),
        }
    }

    /// Records that all elements were removed.
    pub(super) fn clear(&mut self) {
        let end = self.kept.end;
        *self = Ends { kept: end..end, before: 0, behind: 0 };
    }

    /// The change from `old` to `now`, if elements were only removed or only added at each end.
    pub(super) fn between(old: &[Fingerprint], now: &[Fingerprint]) -> Option<Self> {
        if old.is_empty() || now.is_empty() {
            return Some(Ends { kept: old.len()..old.len(), before: 0, behind: now.len() });
        }
        let taken = positions(old, now[0]).map(|front| (front, 0));
        let added = positions(now, old[0]).map(|before| (0, before));
        taken.chain(added).find_map(|(front, before)| {
            let pairs = old[front..].iter().zip(&now[before..]);
            let kept = front..front + pairs.take_while(|(old, now)| old == now).count();
            let behind = now.len() - before - kept.len();
            let is_whole = kept.end == old.len() || behind == 0;
            is_whole.then_some(Ends { kept, before, behind })
        })
    }
}

/// The first positions of `wanted`. A frequent value is not worth many tries.
fn positions(all: &[Fingerprint], wanted: Fingerprint) -> impl Iterator<Item = usize> {
    const TRIES: usize = 16;

    all.iter().enumerate().filter(move |(_, one)| **one == wanted).map(|(at, _)| at).take(TRIES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Fingerprint> {
        text.bytes().map(|byte| Fingerprint::of(&[byte])).collect()
    }

    #[test]
    fn what_is_added_or_taken_at_an_end_is_seen_there() {
        let cases = [
            ("abc", "abcd", 0..3, 0, 1),
            ("abc", "zabc", 0..3, 1, 0),
            ("abc", "bc", 1..3, 0, 0),
            ("abc", "ab", 0..2, 0, 0),
            ("abc", "bcd", 1..3, 0, 1),
            ("abc", "zab", 0..2, 1, 0),
            ("aaab", "aab", 1..4, 0, 0),
            ("", "ab", 0..0, 0, 2),
            ("ab", "", 2..2, 0, 0),
        ];

        for (old, now, kept, before, behind) in cases {
            let ends = Ends { kept, before, behind };
            assert_eq!(Ends::between(&of(old), &of(now)), Some(ends), "{old} {now}");
        }
    }

    #[test]
    fn any_other_change_is_none() {
        for (old, now) in [("abc", "axc"), ("abc", "acb"), ("abcd", "badc"), ("ab", "cd")] {
            assert_eq!(Ends::between(&of(old), &of(now)), None, "{old} {now}");
        }
    }

    #[test]
    fn what_is_popped_comes_from_what_was_pushed_before_it_comes_from_what_was_there() {
        let mut ends = Ends::whole(2);

        ends.before = 2;
        (0..3).for_each(|_| ends.pop_back());

        assert_eq!(ends, Ends { kept: 0..0, before: 1, behind: 0 });
    }
}
