//! `Dict`, raced.

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;
use redis_collections::{Collection, Dict};

use crate::{
    all,
    bursts::{Subject, bursts},
    engine::{RACERS, Racer, on_threads_and_tasks},
    history::{Model, only},
    own, sorted,
};

on_threads_and_tasks! {
    any_calls,
    each_value_is_returned_once_or_still_stored,
    each_entry_is_popped_once,
    one_is_first_at_each_key,
    one_replaces_each_value,
    no_change_is_lost,
    nobody_sees_half_of_an_extension,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get(u8),
    Insert(u8, u8),
    Set(u8, u8),
    SetIfAbsent(u8, u8),
    GetOrInsert(u8, u8),
    ReplaceIf(u8, u8, u8),
    Modify(u8),
    Remove(u8),
    Discard(u8),
    PopAny,
    Extend(u8),
    ExtendFrom,
    Clear,
    Whole,
}

type Entries = BTreeMap<u8, u8>;

impl Model for Entries {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get(key) => only(self, |entries| entries.get(&key).copied()),
            Call::Insert(key, value) => only(self, |entries| entries.insert(key, value)),
            Call::Set(key, value) => only(self, |entries| entries.extend([(key, value)])),
            Call::SetIfAbsent(key, value) => only(self, |entries| {
                let is_new = !entries.contains_key(&key);
                entries.entry(key).or_insert(value);
                is_new
            }),
            Call::GetOrInsert(key, value) => {
                only(self, |entries| *entries.entry(key).or_insert(value))
            }
            Call::ReplaceIf(key, old, new) => only(self, |entries| {
                let entry = entries.get_mut(&key).filter(|value| **value == old);
                entry.map(|value| *value = new).is_some()
            }),
            Call::Modify(key) => only(self, |entries| {
                match change(entries.remove(&key)) {
                    Some(value) => entries.insert(key, value),
                    None => None,
                };
                entries.get(&key).copied()
            }),
            Call::Remove(key) => only(self, |entries| entries.remove(&key)),
            Call::Discard(key) => only(self, |entries| entries.remove(&key).is_some()),
            Call::PopAny if self.is_empty() => only(self, |_| None::<()>),
            Call::PopAny => {
                let pop = |(key, _): (&u8, _)| only(self, |entries| entries.remove_entry(key));
                self.iter().flat_map(pop).collect()
            }
            Call::Extend(value) => only(self, |entries| entries.extend([(0, value), (1, value)])),
            Call::ExtendFrom => only(self, |entries| entries.extend(OTHER)),
            Call::Clear => only(self, |entries| !std::mem::take(entries).is_empty()),
            Call::Whole => only(self, |entries| entries.clone()),
        }
    }
}

const OTHER: [(u8, u8); 2] = [(1, 7), (2, 8)];

fn change(value: Option<u8>) -> Option<u8> {
    match value {
        Some(2..) => None,
        other => Some(other.unwrap_or(0) + 1),
    }
}

impl Subject for Entries {
    type Handle<E: Racer> = [Dict<u8, u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (key, value, other) = (rng.u8(..3), rng.u8(..3), rng.u8(..3));
        match rng.u8(..14) {
            0 => Call::Get(key),
            1 => Call::Insert(key, value),
            2 => Call::Set(key, value),
            3 => Call::SetIfAbsent(key, value),
            4 => Call::GetOrInsert(key, value),
            5 => Call::ReplaceIf(key, value, other),
            6 => Call::Modify(key),
            7 => Call::Remove(key),
            8 => Call::Discard(key),
            9 => Call::PopAny,
            10 => Call::Extend(value),
            11 => Call::ExtendFrom,
            12 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = Dict::open(store, "other");
        E::ask(other.extend(OTHER)).await;
        [Dict::open(store, name), other]
    }

    async fn send<E: Racer>([dict, other]: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get(key) => E::told(dict.get(&key)).await,
            Call::Insert(key, value) => E::told(dict.insert(&key, &value)).await,
            Call::Set(key, value) => E::told(dict.set(&key, &value)).await,
            Call::SetIfAbsent(key, value) => E::told(dict.set_if_absent(&key, &value)).await,
            Call::GetOrInsert(key, value) => E::told(dict.get_or_insert(&key, &value)).await,
            Call::ReplaceIf(key, old, new) => E::told(dict.replace_if(&key, &old, &new)).await,
            Call::Modify(key) => E::told(dict.modify(&key, change)).await,
            Call::Remove(key) => E::told(dict.remove(&key)).await,
            Call::Discard(key) => E::told(dict.discard(&key)).await,
            Call::PopAny => E::told(dict.pop_any()).await,
            Call::Extend(value) => E::told(dict.extend([(0, value), (1, value)])).await,
            Call::ExtendFrom => E::told(dict.extend_from(other)).await,
            Call::Clear => E::told(dict.clear()).await,
            Call::Whole => {
                let entries: HashMap<u8, u8> = E::ask(dict.to_map()).await;
                format!("{:?}", Entries::from_iter(entries))
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Entries, E>(store).await;
}

async fn each_value_is_returned_once_or_still_stored<E: Racer>(store: E) {
    let dict: Dict<u8, u32, E> = Dict::open(&store, "dict");

    let got = E::race(&dict, |dict, at| async move {
        let mut got = Vec::new();
        for value in own(at) {
            got.extend(E::ask(dict.insert(&0, &value)).await);
            if value % 3 == 0 {
                got.extend(E::ask(dict.remove(&0)).await);
            }
        }
        got
    });
    let got = got.await.into_iter().flatten().chain(E::ask(dict.get(&0)).await);

    assert_eq!(sorted([got]), all());
}

async fn each_entry_is_popped_once<E: Racer>(store: E) {
    let dict: Dict<u32, u32, E> = Dict::open(&store, "dict");
    E::ask(dict.extend(all().into_iter().map(|at| (at, at)))).await;

    let popped = E::race(&dict, |dict, _| async move {
        let mut popped = Vec::new();
        while let Some((key, value)) = E::ask(dict.pop_any()).await {
            assert_eq!(key, value);
            popped.push(key);
        }
        popped
    });

    assert_eq!(sorted(popped.await), all());
}

async fn one_is_first_at_each_key<E: Racer>(store: E) {
    let handles: [Dict<u32, usize, E>; 2] = [Dict::open(&store, "a"), Dict::open(&store, "b")];

    let told = E::race(&handles, |[one, other], at| async move {
        let mut told = (0, Vec::new());
        for key in own(0) {
            told.0 += usize::from(E::ask(one.set_if_absent(&key, &at)).await);
            told.1.push(E::ask(other.get_or_insert(&key, &at)).await);
        }
        told
    });
    let told = told.await;

    assert_eq!(told.iter().map(|told| told.0).sum::<usize>(), own(0).len());
    assert!(told.iter().all(|(_, stood)| *stood == told[0].1), "{told:?}");
}

async fn one_replaces_each_value<E: Racer>(store: E) {
    let dict: Dict<u8, u32, E> = Dict::open(&store, "dict");
    E::ask(dict.set(&0, &0)).await;

    let won = E::race(&dict, |dict, _| async move {
        let mut won = Vec::new();
        for old in all() {
            if E::ask(dict.replace_if(&0, &old, &(old + 1))).await {
                won.push(old);
            }
        }
        won
    });
    let won = sorted(won.await);

    assert_eq!(won, all()[..won.len()]);
    assert_eq!(E::ask(dict.get(&0)).await.map(|last| last as usize), Some(won.len()));
}

async fn no_change_is_lost<E: Racer>(store: E) {
    let dict: Dict<u8, u32, E> = Dict::open(&store, "dict");

    E::race(&dict, |dict, at| async move {
        for _ in own(at) {
            E::ask(dict.modify(&0, |count| Some(count.unwrap_or(0) + 1))).await;
        }
    })
    .await;

    assert_eq!(E::ask(dict.get(&0)).await.map(|count| count as usize), Some(all().len()));
}

async fn nobody_sees_half_of_an_extension<E: Racer>(store: E) {
    let others: Vec<Dict<u32, usize, E>> =
        (0..RACERS).map(|at| Dict::open(&store, &format!("other{at}"))).collect();
    for (at, other) in others.iter().enumerate() {
        E::ask(other.extend(own(0).map(|key| (key, at)))).await;
    }
    let dict: Dict<u32, usize, E> = Dict::open(&store, "dict");

    E::race(&(dict, others), |(dict, others), at| async move {
        for turn in own(at) {
            if turn % 2 == 0 {
                E::ask(dict.extend_from(&others[at])).await;
            } else {
                E::ask(dict.extend(own(0).map(|key| (key, at)))).await;
            }
            let values = E::ask(dict.values()).await;
            assert!(values.iter().all(|value| *value == values[0]), "{values:?}");
        }
    })
    .await;
}
