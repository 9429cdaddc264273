//! [`Order`]: what is known of a list, whose elements are found by their place.

use std::ops::Range;

use redis::Value;

use super::{Fingerprint, Known};
use crate::{
    Codec, Result,
    codec::with_bytes,
    collection::Target,
    reply,
    writes::{Action, Writes},
};

/// A local type whose elements follow each other: a `Vec` or a `VecDeque`.
pub trait Elements: FromIterator<Self::Item> {
    /// What an element is.
    type Item: 'static;

    /// All elements, the first one first.
    fn elements(&self) -> impl ExactSizeIterator<Item = &Self::Item>;
}

/// The fingerprints of all elements as Redis held them.
#[derive(Debug, Default)]
pub struct Order {
    held: Vec<Fingerprint>,
    touched: bool,
    sent: Option<Vec<Fingerprint>>,
}

/// What became of the elements that Redis held: some at each end are gone, others stand there.
#[derive(Debug, PartialEq)]
struct Ends {
    /// The elements of before that are still there.
    kept: Range<usize>,
    /// How many new elements stand before them.
    before: usize,
}

impl Order {
    /// Remembers that Redis held elements with these fingerprints.
    pub fn new(held: Vec<Fingerprint>) -> Self {
        Order { held, touched: false, sent: None }
    }

    fn change_ends<C: Codec<L::Item>, L: Elements>(
        &self,
        Ends { kept, before }: &Ends,
        local: &L,
        target: &Target,
        writes: &mut Writes,
    ) {
        let (front, back) = (&self.held[..kept.start], &self.held[kept.end..]);
        let maxlen = target.options.maxlen.map(|maxlen| i64::try_from(maxlen).unwrap_or(i64::MAX));
        writes.section(Action::Ends, &target.key);
        writes.arg(front.len());
        writes.arg(back.len());
        front.iter().chain(back).for_each(|taken| writes.arg(taken.hex()));
        writes.arg(maxlen.unwrap_or(-1));
        writes.arg(*before);
        let behind = local.elements().skip(before + kept.len());
        local.elements().take(*before).chain(behind).for_each(|value| {
            writes.value::<C, L::Item>(value);
        });
    }
}

impl<L: Elements, C: Codec<L::Item>> Known<L, C> for Order {
    fn touch_all(&mut self) {
        self.touched = true;
    }

    fn differs(&self, local: &L) -> bool {
        self.touched && fingerprints::<C, L>(local).map_or(true, |now| now != self.held)
    }

    /// Adds what was added to and taken from the ends, or else all elements in the place of all.
    fn changes(&mut self, local: &L, target: &Target, writes: &mut Writes) {
        self.sent = None;
        if !self.touched {
            return;
        }
        let now = match fingerprints::<C, L>(local) {
            Ok(now) if now == self.held => return,
            Ok(now) => now,
            Err(error) => return writes.fail(error.at(|| (target.key.to_string(), String::new()))),
        };
        if let Some(ends) = ends(&self.held, &now) {
            self.change_ends::<C, L>(&ends, local, target, writes);
        } else {
            writes.section(Action::Swap, &target.key);
            writes.arg(digest(&self.held));
            local.elements().for_each(|value| writes.value::<C, L::Item>(value));
        }
        self.sent = Some(now);
    }

    fn is_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// The answer to changes at the ends is the list as it is now, with what others did.
    fn settle(&mut self, local: &mut L, answer: Value) -> Result<()> {
        match (self.sent.take(), answer) {
            (Some(_), Value::Array(merged)) => {
                let merged: Vec<_> = merged.into_iter().map(reply::bytes).collect::<Result<_>>()?;
                *local = merged.iter().map(|bytes| C::decode(bytes)).collect::<Result<_>>()?;
                self.held = merged.iter().map(|bytes| Fingerprint::of(bytes)).collect();
            }
            (Some(now), _) => self.held = now,
            (None, _) => {}
        }
        self.touched = false;
        Ok(())
    }
}

/// The fingerprints of all elements.
fn fingerprints<C: Codec<L::Item>, L: Elements>(local: &L) -> Result<Vec<Fingerprint>> {
    local.elements().map(|value| with_bytes::<C, L::Item, _>(value, Fingerprint::of)).collect()
}

/// One fingerprint for all elements, as the script computes it.
fn digest(all: &[Fingerprint]) -> String {
    let hex: String = all.iter().map(|one| one.hex()).collect();
    Fingerprint::of(hex.as_bytes()).hex()
}

/// How `now` comes from `old` if, at each end, elements were either taken or added.
fn ends(old: &[Fingerprint], now: &[Fingerprint]) -> Option<Ends> {
    if old.is_empty() || now.is_empty() {
        return Some(Ends { kept: old.len()..old.len(), before: 0 });
    }
    let taken = positions(old, now[0]).map(|front| (front, 0));
    let added = positions(now, old[0]).map(|before| (0, before));
    taken.chain(added).find_map(|(front, before)| {
        let pairs = old[front..].iter().zip(&now[before..]);
        let kept = front..front + pairs.take_while(|(old, now)| old == now).count();
        let is_whole = kept.end == old.len() || before + kept.len() == now.len();
        is_whole.then_some(Ends { kept, before })
    })
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
            ("abc", "abcd", 0..3, 0),
            ("abc", "zabc", 0..3, 1),
            ("abc", "bc", 1..3, 0),
            ("abc", "ab", 0..2, 0),
            ("abc", "bcd", 1..3, 0),
            ("abc", "zab", 0..2, 1),
            ("aaab", "aab", 1..4, 0),
            ("", "ab", 0..0, 0),
            ("ab", "", 2..2, 0),
        ];

        for (old, now, kept, before) in cases {
            assert_eq!(ends(&of(old), &of(now)), Some(Ends { kept, before }), "{old} {now}");
        }
    }

    #[test]
    fn any_other_change_is_none() {
        for (old, now) in [("abc", "axc"), ("abc", "acb"), ("abcd", "badc"), ("ab", "cd")] {
            assert_eq!(ends(&of(old), &of(now)), None, "{old} {now}");
        }
    }
}
