//! Whether two collections hold the same.

use redis_collections::{Collection, Counter, Deque, Dict, List, Set, SortedSetCounter};
use redis_collections_tests::store;

#[test]
fn two_missing_collections_are_equal() {
    let store = store();

    assert!(Set::<u32>::open(&store, "a").equals(&Set::open(&store, "b")).unwrap());
    assert!(Dict::<u32, u32>::open(&store, "a").equals(&Dict::open(&store, "b")).unwrap());
    assert!(List::<u32>::open(&store, "a").equals(&Deque::open(&store, "b")).unwrap());
}

#[test]
fn dicts_are_equal_if_all_entries_are() {
    let store = store();
    let (dict, other) = (Dict::<u32, u32>::open(&store, "a"), Dict::open(&store, "b"));
    dict.extend((0..3_000).map(|at| (at, at))).unwrap();
    other.extend((0..3_000).rev().map(|at| (at, at))).unwrap();
    assert!(dict.equals(&other).unwrap());

    other.set(&2_999, &0).unwrap();
    assert!(!dict.equals(&other).unwrap());
    other.discard(&2_999).unwrap();
    other.set(&3_000, &2_999).unwrap();
    assert!(!dict.equals(&other).unwrap());
}

#[test]
fn lists_are_equal_in_the_same_order() {
    let store = store();
    let (list, other) = (List::<u32>::open(&store, "a"), List::<u32>::open(&store, "b"));
    list.extend(0..3_000).unwrap();
    other.extend(0..3_000).unwrap();
    assert!(list.equals(&other).unwrap());

    other.set(2_500, &0).unwrap();
    assert!(!list.equals(&other).unwrap());
    other.pop().unwrap();
    assert!(!list.equals(&other).unwrap());
}

#[test]
fn counts_and_scores_are_compared_as_numbers() {
    let store = store();
    let (counter, other) = (Counter::<u32>::open(&store, "a"), Counter::open(&store, "b"));
    counter.add(&1, 5).unwrap();
    other.add(&1, 4).unwrap();
    assert!(!counter.equals(&other).unwrap());
    other.add(&1, 1).unwrap();
    assert!(counter.equals(&other).unwrap());

    let (ladder, other) =
        (SortedSetCounter::<u32>::open(&store, "c"), SortedSetCounter::open(&store, "d"));
    ladder.set_score(&1, 0.1).unwrap();
    other.set_score(&1, 0.1 + f64::EPSILON).unwrap();
    assert!(!ladder.equals(&other).unwrap());
    other.set_score(&1, 0.1).unwrap();
    assert!(ladder.equals(&other).unwrap());
    other.clear().unwrap();
}
