//! [`Ends`]: what was taken and added at the ends of a list.

use std::ops::Range;

use crate::memory::write_set::Fingerprint;

/// What became of the elements that Redis held: some at each end are gone, others stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// The elements of before that are still there.
    pub(super) kept: Range<usize>,
    /// How many new elements stand before them.
    pub(super) before: usize,
    /// How many new elements stand behind them.
    pub(super) behind: usize,
}

impl Ends {
    /// Nothing was taken from the `len` elements, and nothing added.
    pub(super) fn whole(len: usize) -> Self {
        Ends { kept: 0..len, before: 0, behind: 0 }
    }

    /// Whether nothing was taken from the `len` elements, and nothing added.
    pub(super) fn is_whole(&self, len: usize) -> bool {
        *self == Self::whole(len)
    }

    /// How many elements were taken from `len`, or added.
    pub(super) fn touched(&self, len: usize) -> usize {
        len - self.kept.len() + self.before + self.behind
    }

    /// Takes notice that the first element is gone.
    pub(super) fn pop_front(&mut self) {
        match self {
            Ends { before: 1.., .. } => self.before -= 1,
            Ends { kept, .. } if kept.start < kept.end => kept.start += 1,
            _ => self.behind = self.behind.saturating_sub(1),
        }
    }

    /// Takes notice that the last element is gone.
    pub(super) fn pop_back(&mut self) {
        match self {
            Ends { behind: 1.., .. } => self.behind -= 1,
            Ends { kept, .. } if kept.start < kept.end => kept.end -= 1,
            _ => self.before = self.before.saturating_sub(1),
        }
    }

    /// Takes notice that all elements are gone.
    pub(super) fn clear(&mut self) {
        let end = self.kept.end;
        *self = Ends { kept: end..end, before: 0, behind: 0 };
    }

    /// How `now` comes from `old` if, at each end, elements were either taken or added.
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

/// Where `wanted` stands; a value that is everywhere is not worth many tries.
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
