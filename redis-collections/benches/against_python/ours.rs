//! The same work as in `work.py`.

use std::collections::HashMap;

use redis_collections::{Collection, Counter, Deque, Dict, List, Set, Store};

use crate::turns::Turns;

/// Does all works.
pub(crate) fn work(store: &Store) -> Turns {
    let mut turns = Turns::default();
    dicts(store, &mut turns);
    lists(store, &mut turns);
    counters(store, &mut turns);
    sets(store, &mut turns);
    turns
}

fn dicts(store: &Store, turns: &mut Turns) {
    let ages: Dict<String, u32> = Dict::open(store, "ages");
    ages.extend((0..1_000).map(|number| (format!("user-{number}"), number))).unwrap();
    let hundred: Vec<String> = (0..100).map(|number| format!("user-{number}")).collect();
    turns.work("set", || ages.set("user-7", &7).unwrap());
    turns.work("get", || ages.get("user-7").unwrap());
    turns.work("get_many of 100", || ages.get_many(&hundred).unwrap());
    let large: Dict<String, u32> = Dict::open(store, "large");
    large.extend((0..100_000).map(|number| (format!("user-{number}"), number))).unwrap();
    turns.work("iterate 100,000 entries", || large.iter().map(Result::unwrap).count());
    large.clear().unwrap();
}

fn lists(store: &Store, turns: &mut Turns) {
    let log: List<String> = List::open(store, "log");
    turns.work("append", || log.push("went north").unwrap());
    let numbers = shuffled(10_000);
    let steps: List<u32> = List::open(store, "steps");
    steps.extend(&numbers).unwrap();
    turns.work("index in the middle of 10,000", || steps.get(5_000).unwrap());
    turns.work("reverse 10,000", || steps.reverse().unwrap());
    let shuffle = || steps.set_range(.., &numbers).unwrap();
    turns.work_on("sort 10,000", shuffle, || steps.sort().unwrap());
    let ring: Deque<u32> = Deque::open(store, "ring");
    ring.extend(&numbers).unwrap();
    turns.work("rotate 10,000 by 100", || ring.rotate_right(100).unwrap());
}

fn counters(store: &Store, turns: &mut Turns) {
    let kills: Counter<String> = Counter::open(store, "kills");
    kills.add_all((0..1_000).map(|number| (format!("monster-{number}"), number))).unwrap();
    let more: HashMap<String, i64> =
        (0..1_000).map(|number| (format!("monster-{number}"), 1)).collect();
    turns.work("update 1,000 counts", || kills.add_all(&more).unwrap());
    turns.work("most_common 10 of 1,000", || kills.most_common(10).unwrap());
}

fn sets(store: &Store, turns: &mut Turns) {
    let [ones, others] = ["ones", "others"].map(|name| Set::<u32>::open(store, name));
    ones.extend(0..100_000).unwrap();
    others.extend(50_000..150_000).unwrap();
    turns.work("union of 100,000", || ones.union([&others]).unwrap());
    turns.work("intersection of 100,000", || ones.intersection([&others]).unwrap());
    turns.work("difference of 100,000", || ones.difference([&others]).unwrap());
    turns.work("symmetric_difference of 100,000", || ones.symmetric_difference([&others]).unwrap());
}

/// The numbers below `end`, in an order that is the same each time.
fn shuffled(end: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..end).collect();
    numbers.sort_by_key(|number| number.wrapping_mul(2_654_435_761));
    numbers
}
