//! Operands on the same server: all that is done stays there.

use std::{collections::HashSet, time::Duration};

use redis_collections::{
    Collection, Coordinates, Counter, Deque, Dict, Error, GeoDb, List, Set, SortedSetCounter,
};
use redis_collections_tests::store;

#[test]
fn a_list_takes_over_the_elements_of_another() {
    let store = store();
    let (list, other) = (List::<u32>::open(&store, "a"), List::open(&store, "b"));
    list.extend([1, 2]).unwrap();
    other.extend(3..2_500).unwrap();

    list.extend_from(&other).unwrap();

    assert_eq!(list.to_vec().unwrap(), (1..2_500).collect::<Vec<_>>());
    assert_eq!(other.len().unwrap(), 2_497);
}

#[test]
fn a_list_can_double_itself() {
    let list = List::<u32>::open(&store(), "a");
    list.extend(0..1_500).unwrap();

    list.extend_from(&list).unwrap();

    assert_eq!(list.to_vec().unwrap(), (0..1_500).chain(0..1_500).collect::<Vec<_>>());
}

#[test]
fn a_limited_deque_keeps_the_last_elements_of_an_operand() {
    let store = store();
    let deque = Deque::<u32>::open(&store, "a").with_maxlen(3);
    let other = Deque::open(&store, "b");
    deque.extend([1, 2]).unwrap();
    other.extend([3, 4]).unwrap();

    deque.extend_from(&other).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [2, 3, 4]);

    deque.with_maxlen(0).extend_from(&other).unwrap();
    assert!(!Deque::<u32>::open(&store, "a").exists().unwrap());
}

#[test]
fn a_limited_deque_gives_the_last_of_both() {
    let deque = Deque::<u32>::open(&store(), "a").with_maxlen(3);
    deque.extend([1, 2]).unwrap();

    assert_eq!(deque.concat(&vec![3, 4]).unwrap(), [2, 3, 4]);
}

#[test]
fn a_sorted_set_takes_over_scores() {
    let store = store();
    let (ladder, other) =
        (SortedSetCounter::<u32>::open(&store, "a"), SortedSetCounter::open(&store, "b"));
    ladder.extend([(1, 1.0), (2, 2.0)]).unwrap();
    other.extend([(2, 0.1), (3, f64::INFINITY)]).unwrap();

    ladder.extend_from(&other).unwrap();

    assert_eq!(ladder.items().unwrap(), [(2, 0.1), (1, 1.0), (3, f64::INFINITY)]);
}

#[test]
fn places_are_taken_over_as_they_are() {
    let store = store();
    let (cities, other) = (GeoDb::<String>::open(&store, "a"), GeoDb::open(&store, "b"));
    other.set("berlin", Coordinates::new(52.52, 13.405)).unwrap();

    cities.extend_from(&other).unwrap();

    assert_eq!(cities.get("berlin").unwrap(), other.get("berlin").unwrap());
    assert!(cities.equals(&other).unwrap());
}

#[test]
fn the_assigning_forms_keep_the_time_to_live() {
    let store = store();
    let (set, other) = (Set::<u32>::open(&store, "a"), Set::open(&store, "b"));
    set.extend(0..10).unwrap();
    other.extend(5..15).unwrap();
    set.expire(Duration::from_secs(60)).unwrap();

    set.symmetric_difference_assign([&other]).unwrap();
    set.union_assign([&other]).unwrap();
    set.intersection_assign([&other]).unwrap();

    assert_eq!(set.len().unwrap(), 10);
    assert!(set.ttl().unwrap().is_some());
}

#[test]
fn a_set_and_itself() {
    let set = Set::<u32>::open(&store(), "a");
    set.extend(0..10).unwrap();

    set.union_assign([&set]).unwrap();
    set.intersection_assign([&set]).unwrap();
    assert_eq!(set.len().unwrap(), 10);
    assert!(set.is_subset(&set).unwrap() && !set.is_proper_subset(&set).unwrap());

    set.symmetric_difference_assign([&set]).unwrap();
    assert!(!set.exists().unwrap());
}

#[test]
fn an_operand_of_another_type_is_named_and_nothing_is_written() {
    let store = store();
    let name =
        |name: &str| format!("{}:{name}", redis_collections::Executor::namespace(&store).unwrap());
    Dict::<u32, u32>::open(&store, "hash").set(&1, &1).unwrap();
    let (set, list) = (Set::<u32>::open(&store, "a"), List::<u32>::open(&store, "l"));
    let (counter, scores) =
        (Counter::<u32>::open(&store, "c"), SortedSetCounter::open(&store, "z"));
    let (no_set, no_list) = (Set::open(&store, "hash"), List::open(&store, "hash"));
    let no_counter = Counter::open(&store, "a");
    let no_scores = SortedSetCounter::<u32>::open(&store, "hash");
    set.insert(&1).unwrap();

    let errors = [
        (set.union_assign([&no_set]).unwrap_err(), "hash"),
        (set.symmetric_difference_assign([&no_set]).unwrap_err(), "hash"),
        (set.is_subset(&no_set).unwrap_err(), "hash"),
        (list.extend_from(&no_list).unwrap_err(), "hash"),
        (list.equals(&no_list).unwrap_err(), "hash"),
        (list.concat(&no_list).unwrap_err(), "hash"),
        (counter.plus_assign(&no_counter).unwrap_err(), "a"),
        (counter.plus(&no_counter).unwrap_err(), "a"),
        (scores.extend_from(&no_scores).unwrap_err(), "hash"),
    ];

    for (error, wrong) in errors {
        let error = match error {
            Error::Partly { mut failed, .. } => failed.remove(0).1,
            error => error,
        };
        assert!(matches!(&error, Error::WrongType { key, .. } if *key == name(wrong)), "{error}");
    }
    assert_eq!(set.to_set().unwrap(), [1].into());
    assert!(!list.exists().unwrap() && !counter.exists().unwrap() && !scores.exists().unwrap());
}

#[test]
fn a_set_among_its_operands_has_its_old_members() {
    let store = store();
    let (set, other) = (Set::<u32>::open(&store, "a"), Set::open(&store, "b"));
    other.extend([2, 3]).unwrap();

    for (operands, odd) in [
        (vec![&other, &set], vec![2, 3]),
        (vec![&set, &other], vec![2, 3]),
        (vec![&set, &other, &set], vec![1, 3]),
        (vec![&set, &set], vec![1, 2]),
    ] {
        set.union_assign([&HashSet::from([1, 2])]).unwrap();
        set.intersection_assign([&HashSet::from([1, 2])]).unwrap();

        assert_eq!(
            set.symmetric_difference(operands.clone()).unwrap(),
            odd.iter().copied().collect()
        );
        set.symmetric_difference_assign(operands).unwrap();
        assert_eq!(set.to_set().unwrap(), odd.into_iter().collect());
    }
}
