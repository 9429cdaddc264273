//! Eight at one key: some serial order explains the results of all calls.
//!
//! Two kinds of proof. A law that only serial orders keep is checked of many calls of one kind, as
//! that each value is handed out once. And short bursts of any calls are recorded and searched for
//! a serial order: `RACE_ROUNDS` says how many, and `RACE_SEED` repeats them.

mod bursts;
mod counter;
mod deque;
mod dict;
mod engine;
mod geo_db;
mod history;
mod keys;
mod list;
mod lru_dict;
mod number;
mod python;
mod set;
mod sorted_set_counter;
mod value;

/// How many calls each racer makes where a law is checked.
const TURNS: usize = 50;

/// The numbers that racer `at` may use: no other has them.
fn own(at: usize) -> std::ops::Range<u32> {
    let turns = u32::try_from(TURNS).unwrap();
    let first = u32::try_from(at).unwrap() * turns;
    first..first + turns
}

/// The numbers of all racers.
fn all() -> Vec<u32> {
    (0..engine::RACERS).flat_map(own).collect()
}

/// What all racers have got, in order.
fn sorted<T: Ord>(got: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Vec<T> {
    let mut got: Vec<T> = got.into_iter().flatten().collect();
    got.sort_unstable();
    got
}
