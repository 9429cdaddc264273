//! Operands in memory, which travel with the call.

use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    time::Duration,
};

use redis::Value;
use redis_collections::{
    Collection, Counter, Deque, Dict, List, Operand, Scores, Set, SortedSetCounter, Store, Tally,
};
use redis_collections_tests::{proxied, send, store};

fn set(store: &Store, members: impl IntoIterator<Item = u32>) -> Set<u32> {
    let set = Set::open(store, "a");
    set.extend(members).unwrap();
    set.expire(Duration::from_secs(60)).unwrap();
    set
}

#[test]
fn a_set_is_combined_with_sets_in_memory() {
    let store = store();
    let set = set(&store, 0..6);
    let other = HashSet::from([4, 5, 6]);

    assert_eq!(set.union([&other]).unwrap(), (0..7).collect());
    assert_eq!(set.intersection([&other]).unwrap(), [4, 5].into());
    assert_eq!(set.difference([&other]).unwrap(), (0..4).collect());
    assert_eq!(set.symmetric_difference([&other]).unwrap(), [0, 1, 2, 3, 6].into());
}

#[test]
fn a_set_is_changed_by_sets_in_memory() {
    let store = store();
    let set = set(&store, 0..6);

    set.union_assign([&HashSet::from([6, 7])]).unwrap();
    set.difference_assign([&BTreeSet::from([0])]).unwrap();
    set.intersection_assign([&BTreeSet::from([1, 2, 6, 9])]).unwrap();
    set.symmetric_difference_assign([&HashSet::from([2, 3])]).unwrap();

    assert_eq!(set.to_set().unwrap(), [1, 3, 6].into());
    assert!(set.ttl().unwrap().is_some());
}

#[test]
fn stored_and_local_sets_take_part_in_one_call() {
    let (proxy, store) = proxied();
    let set = set(&store, 0..6);
    let stored: Set<u32> = Set::open(&store, "b");
    stored.extend([2, 3, 4]).unwrap();
    let local = HashSet::<u32>::from([3, 4, 5]);
    let both: [&dyn Operand<_, _>; 2] = [&stored, &local];
    set.intersection_assign(both).unwrap();
    let before = proxy.trips();

    set.intersection_assign(both).unwrap();

    assert_eq!(proxy.trips() - before, 1);
    assert_eq!(set.to_set().unwrap(), [3, 4].into());
}

#[test]
fn a_set_in_memory_that_is_too_large_for_one_call_is_staged() {
    let store = Store::temporary().unwrap();
    let set = set(&store, 0..30_000);
    let large: HashSet<u32> = (10_000..60_000).collect();

    set.intersection_assign([&large]).unwrap();
    assert_eq!(set.len().unwrap(), 20_000);

    set.symmetric_difference_assign([&large]).unwrap();
    assert_eq!(set.to_set().unwrap(), (30_000..60_000).collect());
    assert!(set.ttl().unwrap().is_some());
    assert_eq!(send(&store, "KEYS", "*", &[]), Value::Array(vec![Value::BulkString("a".into())]));
}

#[test]
fn an_empty_result_is_a_missing_key() {
    let store = store();
    let set = set(&store, 0..3);

    set.intersection_assign([&HashSet::<u32>::new()]).unwrap();

    assert!(!set.exists().unwrap());
}

#[test]
fn a_set_is_compared_with_one_in_memory() {
    let store = store();
    let set = set(&store, 0..3);
    let of = |members: &[u32]| members.iter().copied().collect::<HashSet<_>>();

    assert!(set.is_subset(&of(&[0, 1, 2])).unwrap() && !set.is_subset(&of(&[0, 1, 9])).unwrap());
    assert!(set.is_superset(&of(&[1])).unwrap() && !set.is_superset(&of(&[1, 9])).unwrap());
    assert!(set.is_superset(&of(&[])).unwrap() && set.is_disjoint(&of(&[])).unwrap());
    assert!(!set.is_proper_superset(&of(&[0, 1, 2])).unwrap());
    assert!(set.is_proper_subset(&of(&[0, 1, 2, 3])).unwrap());
    assert!(set.is_disjoint(&of(&[7])).unwrap() && !set.is_disjoint(&of(&[2, 7])).unwrap());
    assert!(set.equals(&of(&[2, 1, 0])).unwrap() && !set.equals(&of(&[2, 1, 7])).unwrap());
}

#[test]
fn a_dict_takes_a_map_in_memory() {
    let store = store();
    let dict: Dict<String, u32> = Dict::open(&store, "a");
    dict.set("ada", &36).unwrap();
    let map = HashMap::from([("ada".to_string(), 37), ("alan".to_string(), 41)]);

    assert_eq!(dict.merge(&map).unwrap(), map);
    assert!(!dict.equals(&map).unwrap());
    dict.extend_from(&map).unwrap();
    assert!(dict.equals(&map).unwrap());
}

#[test]
fn lists_and_deques_take_slices_and_each_other() {
    let store = store();
    let (list, deque) =
        (List::<u32>::open(&store, "a"), Deque::<u32>::open(&store, "b").with_maxlen(2));

    list.extend_from(&[1, 2][..]).unwrap();
    deque.extend_from(&vec![1, 2, 3]).unwrap();
    list.extend_from(&deque).unwrap();

    assert_eq!(list.concat(&VecDeque::from([9])).unwrap(), [1, 2, 2, 3, 9]);
    assert_eq!(list.concat(&deque).unwrap(), [1, 2, 2, 3, 2, 3]);
    assert!(list.equals(&vec![1, 2, 2, 3]).unwrap() && !list.equals(&vec![2, 1, 2, 3]).unwrap());
}

#[test]
fn counters_and_scores_take_their_twins() {
    let store = store();
    let (counter, ladder) =
        (Counter::<u32>::open(&store, "a"), SortedSetCounter::<u32>::open(&store, "b"));
    let (tally, scores) =
        (Tally::from_iter([(1, 2), (2, -1)]), Scores::from_iter([(1, 0.5), (2, -3.0)]));

    counter.add_from(&tally).unwrap();
    ladder.extend_from(&scores).unwrap();

    assert!(counter.equals(&tally).unwrap() && ladder.equals(&scores).unwrap());
    counter.plus_assign(&tally).unwrap();
    assert_eq!(counter.to_tally().unwrap(), Tally::from_iter([(1, 4)]));
}
