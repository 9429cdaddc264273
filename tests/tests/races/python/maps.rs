//! Faults of dictionaries, counters and scores.

use std::collections::HashMap;

use redis_collections::{Collection, Counter, DefaultDict, Dict, SortedSetCounter, Tally};

use crate::{
    TURNS, all,
    engine::{RACERS, Racer, on_threads_and_tasks},
    own, sorted,
};

on_threads_and_tasks!(
    one_of_many_gets_what_is_removed,
    what_overwrites_a_removed_value_is_not_lost,
    nobody_pops_an_entry_without_its_value,
    no_increment_is_lost,
    no_update_is_lost,
    an_update_from_another_counter_loses_nothing,
    arithmetic_loses_no_other_counts,
    a_default_score_overwrites_nothing,
    a_default_value_overwrites_nothing,
);

// A1
async fn one_of_many_gets_what_is_removed<E: Racer>(store: E) {
    let dict: Dict<u32, u32, E> = Dict::open(&store, "dict");
    E::ask(dict.extend(own(0).map(|key| (key, key)))).await;

    let got = E::race(&dict, |dict, _| async move {
        let mut got = Vec::new();
        for key in own(0) {
            got.extend(E::ask(dict.remove(&key)).await);
        }
        got
    });

    assert_eq!(sorted(got.await), own(0).collect::<Vec<_>>());
}

// A2
async fn what_overwrites_a_removed_value_is_not_lost<E: Racer>(store: E) {
    let dict: Dict<u8, u32, E> = Dict::open(&store, "dict");

    let got = E::race(&dict, |dict, at| async move {
        let mut got = Vec::new();
        for value in own(at) {
            got.extend(if at % 2 == 0 {
                E::ask(dict.insert(&0, &value)).await
            } else {
                E::ask(dict.remove(&0)).await
            });
        }
        got
    });
    let got = got.await.into_iter().flatten().chain(E::ask(dict.remove(&0)).await);

    let written = (0..RACERS).step_by(2).flat_map(own).collect::<Vec<_>>();
    assert_eq!(sorted([got]), written);
}

// A3
async fn nobody_pops_an_entry_without_its_value<E: Racer>(store: E) {
    let dict: Dict<u32, u32, E> = Dict::open(&store, "dict");
    E::ask(dict.extend(all().into_iter().map(|key| (key, key + 1)))).await;

    let popped = E::race(&dict, |dict, _| async move {
        let mut popped = Vec::new();
        while let Some((key, value)) = E::ask(dict.pop_any()).await {
            assert_eq!(value, key + 1);
            popped.push(key);
        }
        popped
    });

    assert_eq!(sorted(popped.await), all());
}

// A4 and A21
async fn no_increment_is_lost<E: Racer>(store: E) {
    let counter: Counter<u8, E> = Counter::open(&store, "counter");

    E::race(&counter, |counter, at| async move {
        for _ in own(at) {
            E::ask(counter.add(&0, 1)).await;
        }
    })
    .await;

    assert_eq!(E::ask(counter.get(&0)).await, calls());
}

// A5
async fn no_update_is_lost<E: Racer>(store: E) {
    let counter: Counter<u8, E> = Counter::open(&store, "counter");

    E::race(&counter, |counter, at| async move {
        for _ in own(at) {
            E::ask(counter.add_all([(0, 2), (1, 3)])).await;
            E::ask(counter.subtract_all([(0, 1), (2, 1)])).await;
        }
    })
    .await;

    let turns = calls();
    let wanted = Tally::from_iter([(0, turns), (1, 3 * turns), (2, -turns)]);
    assert_eq!(E::ask(counter.to_tally()).await, wanted);
}

// A6
async fn an_update_from_another_counter_loses_nothing<E: Racer>(store: E) {
    let both: [Counter<u8, E>; 2] = ["counter", "other"].map(|name| Counter::open(&store, name));
    E::ask(both[1].add_all([(0, 1), (1, 1)])).await;

    E::race(&both, |[counter, other], at| async move {
        for _ in own(at) {
            if at % 2 == 0 {
                E::ask(counter.add_from(&other)).await;
            } else {
                E::ask(counter.add(&1, 1)).await;
            }
        }
    })
    .await;

    let turns = calls();
    assert_eq!(E::ask(both[0].to_tally()).await, Tally::from_iter([(0, turns / 2), (1, turns)]),);
}

// A7
async fn arithmetic_loses_no_other_counts<E: Racer>(store: E) {
    let counter: Counter<u32, E> = Counter::open(&store, "counter");
    let one = Tally::from_iter([(u32::MAX, 1)]);

    E::race(&(counter.clone(), one), |(counter, one), at| async move {
        for thing in own(at) {
            match at % 4 {
                0 => E::ask(counter.plus_assign(&one)).await,
                1 => E::ask(counter.max_with_assign(&one)).await,
                2 => E::ask(counter.minus_assign(&Tally::new())).await,
                _ => _ = E::ask(counter.add(&thing, 1)).await,
            }
        }
    })
    .await;

    let counts = E::ask(counter.to_tally()).await.into_map();
    let added: HashMap<u32, i64> =
        (0..RACERS).filter(|at| at % 4 == 3).flat_map(own).map(|thing| (thing, 1)).collect();
    assert!(added.iter().all(|(thing, count)| counts.get(thing) == Some(count)), "{counts:?}");
}

// A17
async fn a_default_score_overwrites_nothing<E: Racer>(store: E) {
    let ladder: SortedSetCounter<u32, E> = SortedSetCounter::open(&store, "ladder");

    let told = E::race(&ladder, |ladder, at| async move {
        let mut told = Vec::new();
        for member in own(0) {
            told.push(E::ask(ladder.get_or_set_score(&member, at + 1)).await);
        }
        told
    });
    let told = told.await;

    assert!(told.iter().all(|scores| *scores == told[0]), "{told:?}");
}

// A18
async fn a_default_value_overwrites_nothing<E: Racer>(store: E) {
    let place = redis_collections::codegen::KeyHandle::of_name(&store, "lives");
    let lives: DefaultDict<u32, u32, E> = DefaultDict::of(place, &7);

    let told = E::race(&lives, |lives, at| async move {
        let mut told = Vec::new();
        for key in own(0) {
            if at == 0 {
                told.push(E::ask(lives.get_or_insert(&key, &9)).await);
            } else {
                told.push(E::ask(lives.get(&key)).await);
            }
        }
        told
    });
    let told = told.await;

    assert!(told.iter().all(|values| *values == told[0]), "{told:?}");
    assert_eq!(E::ask(lives.len()).await, TURNS);
    assert!(E::ask(lives.exists()).await);
}

/// How many calls all racers make together.
fn calls() -> i64 {
    i64::try_from(all().len()).unwrap()
}
