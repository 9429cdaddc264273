//! `Counter`, raced.

use std::collections::BTreeMap;

use fastrand::Rng;
use redis_collections::{Collection, Counter, Tally};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get(u8),
    Add(u8, i64),
    AddAll(i64),
    Set(u8, i64),
    GetOrInsert(u8, i64),
    Remove(u8),
    PopAny,
    PlusAssign,
    MinusAssign,
    MaxWithAssign,
    MinWithAssign,
    AddFrom,
    SubtractFrom,
    Clear,
    Whole,
}

/// Counts beside each other; a wrapper, since a map of other values has a model too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Counts(BTreeMap<u8, i64>);

impl Counts {
    fn add(&mut self, thing: u8, amount: i64) -> i64 {
        let count = self.0.entry(thing).or_default();
        *count += amount;
        *count
    }

    /// Combines all counts with the other ones, and keeps those above 0.
    fn assign(&mut self, rule: fn(i64, i64) -> i64) {
        let things: Vec<u8> = self.0.keys().copied().chain(OTHER.map(|(thing, _)| thing)).collect();
        let count = |thing: &u8| {
            let theirs = OTHER.iter().find(|(other, _)| other == thing).map_or(0, |it| it.1);
            (*thing, rule(self.0.get(thing).copied().unwrap_or(0), theirs))
        };
        self.0 = things.iter().map(count).filter(|(_, count)| *count > 0).collect();
    }
}

impl Model for Counts {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get(thing) => only(self, |counts| counts.0.get(&thing).copied().unwrap_or(0)),
            Call::Add(thing, amount) => only(self, |counts| counts.add(thing, amount)),
            Call::AddAll(amount) => only(self, |counts| {
                counts.add(0, amount);
                counts.add(1, 1);
            }),
            Call::Set(thing, count) => only(self, |counts| counts.0.extend([(thing, count)])),
            Call::GetOrInsert(thing, count) => {
                only(self, |counts| *counts.0.entry(thing).or_insert(count))
            }
            Call::Remove(thing) => only(self, |counts| counts.0.remove(&thing)),
            Call::PopAny if self.0.is_empty() => only(self, |_| None::<()>),
            Call::PopAny => {
                let pop = |thing: &u8| only(self, |counts| counts.0.remove_entry(thing));
                self.0.keys().flat_map(pop).collect()
            }
            Call::PlusAssign => only(self, |counts| counts.assign(|ours, theirs| ours + theirs)),
            Call::MinusAssign => only(self, |counts| counts.assign(|ours, theirs| ours - theirs)),
            Call::MaxWithAssign => only(self, |counts| counts.assign(i64::max)),
            Call::MinWithAssign => only(self, |counts| counts.assign(i64::min)),
            Call::AddFrom => only(self, |counts| {
                for (thing, count) in OTHER {
                    counts.add(thing, count);
                }
            }),
            Call::SubtractFrom => only(self, |counts| {
                for (thing, count) in OTHER {
                    counts.add(thing, -count);
                }
            }),
            Call::Clear => only(self, |counts| !std::mem::take(&mut counts.0).is_empty()),
            Call::Whole => only(self, |counts| counts.0.clone()),
        }
    }
}

const OTHER: [(u8, i64); 2] = [(1, 3), (2, -1)];

impl Subject for Counts {
    type Handle<E: Racer> = [Counter<u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (thing, amount) = (rng.u8(..3), rng.i64(-2..4));
        match rng.u8(..16) {
            0 => Call::Get(thing),
            1..3 => Call::Add(thing, amount),
            3 => Call::AddAll(amount),
            4 => Call::Set(thing, amount),
            5 => Call::GetOrInsert(thing, amount),
            6 => Call::Remove(thing),
            7 => Call::PopAny,
            8 => Call::PlusAssign,
            9 => Call::MinusAssign,
            10 => Call::MaxWithAssign,
            11 => Call::MinWithAssign,
            12 => Call::AddFrom,
            13 => Call::SubtractFrom,
            14 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = Counter::open(store, &format!("{name} other"));
        E::ask(other.add_all(OTHER)).await;
        [Counter::open(store, name), other]
    }

    async fn send<E: Racer>([counter, other]: &Self::Handle<E>, call: Call) -> String {
        let local = Tally::from_iter(OTHER);
        match call {
            Call::Get(thing) => E::told(counter.get(&thing)).await,
            Call::Add(thing, amount) => E::told(counter.add(&thing, amount)).await,
            Call::AddAll(amount) => E::told(counter.add_all([(0, amount), (1, 1)])).await,
            Call::Set(thing, count) => E::told(counter.set(&thing, count)).await,
            Call::GetOrInsert(thing, count) => E::told(counter.get_or_insert(&thing, count)).await,
            Call::Remove(thing) => E::told(counter.remove(&thing)).await,
            Call::PopAny => E::told(counter.pop_any()).await,
            Call::PlusAssign => E::told(counter.plus_assign(other)).await,
            Call::MinusAssign => E::told(counter.minus_assign(&local)).await,
            Call::MaxWithAssign => E::told(counter.max_with_assign(other)).await,
            Call::MinWithAssign => E::told(counter.min_with_assign(&local)).await,
            Call::AddFrom => E::told(counter.add_from(other)).await,
            Call::SubtractFrom => E::told(counter.subtract_from(other)).await,
            Call::Clear => E::told(counter.clear()).await,
            Call::Whole => {
                let counts = E::ask(counter.to_tally()).await.into_map();
                format!("{:?}", BTreeMap::from_iter(counts))
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Counts, E>(store).await;
}
