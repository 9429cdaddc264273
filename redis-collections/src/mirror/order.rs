//! [`Order`]: what is known of a list, whose elements are found by their place.

use std::ops::Range;

use redis::Value;

use super::{Fingerprint, Known};
use crate::{
    Codec, Error, Result,
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
    /// Those of the stored bytes, which the server can compare.
    held: Vec<Fingerprint>,
    /// Those of the elements encoded again, if they differ: a hash map in an element has its
    /// entries in another order then, and must not look changed for it.
    seen: Option<Vec<Fingerprint>>,
    touched: bool,
    /// Whether the list holds an element that cannot be read.
    unreadable: bool,
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
    /// Reads a whole list, and remembers it.
    pub(crate) fn load<C: Codec<L::Item>, L: Elements>(answer: Value) -> Result<(L, Self)> {
        let (mut held, mut seen) = (Vec::new(), Vec::new());
        let elements = reply::list(answer, |element| {
            let bytes = reply::bytes(element)?;
            let value = C::decode(&bytes)?;
            held.push(Fingerprint::of(&bytes));
            seen.push(with_bytes::<C, L::Item, _>(&value, |again| {
                if again == bytes { held[held.len() - 1] } else { Fingerprint::of(again) }
            })?);
            Ok(value)
        })?;
        let seen = (seen != held).then_some(seen);
        Ok((elements, Order { held, seen, ..Order::default() }))
    }

    /// The fingerprints that unchanged elements have.
    fn seen(&self) -> &[Fingerprint] {
        self.seen.as_ref().unwrap_or(&self.held)
    }

    fn change_ends<C: Codec<L::Item>, L: Elements>(
        &self,
        Ends { kept, before }: &Ends,
        local: &L,
        target: &Target,
        writes: &mut Writes,
    ) {
        let (front, back) = (&self.held[..kept.start], &self.held[kept.end..]);
        writes.section(Action::Ends, &target.key);
        writes.arg(front.len());
        writes.arg(back.len());
        front.iter().chain(back).for_each(|taken| writes.arg(taken.hex()));
        writes.arg(longest(target));
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
        self.touched && fingerprints::<C, L>(local).map_or(true, |now| now != self.seen())
    }

    /// Adds what was added to and taken from the ends, or else all elements in the place of all.
    fn changes(&mut self, local: &L, target: &Target, writes: &mut Writes) {
        self.sent = None;
        if !self.touched {
            return;
        }
        if self.unreadable {
            let reason = "the list holds an element that cannot be read; reload it first";
            return writes.fail(Error::encode(C::NAME, reason));
        }
        let now = match fingerprints::<C, L>(local) {
            Ok(now) if now == self.seen() => return,
            Ok(now) => now,
            Err(error) => return writes.fail(error.at(|| (target.key.to_string(), String::new()))),
        };
        if let Some(ends) = ends(self.seen(), &now) {
            self.change_ends::<C, L>(&ends, local, target, writes);
        } else {
            writes.section(Action::Swap, &target.key);
            writes.arg(digest(&self.held));
            writes.arg(longest(target));
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
                // What was sent stands there, whether what others added can be read or not.
                self.unreadable = true;
                (*local, *self) = Self::load::<C, L>(Value::Array(merged))?;
            }
            (Some(now), _) => (self.held, self.seen) = (now, None),
            (None, _) => {}
        }
        self.touched = false;
        Ok(())
    }
}

/// How many elements the list may have, as the script takes it.
fn longest(target: &Target) -> i64 {
    target.options.maxlen.map_or(-1, |maxlen| i64::try_from(maxlen).unwrap_or(i64::MAX))
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
