//! `List` by ranges and as a whole.
#![expect(clippy::reversed_empty_ranges, reason = "an index below zero counts from the end")]

use redis_collections::{Error, List, Outcome, Store};
use redis_collections_tests::store;

fn list(store: &Store, values: impl IntoIterator<Item = i64>) -> List<i64> {
    let list = List::open(store, "list");
    list.extend(values).unwrap();
    list
}

#[test]
fn a_range_that_ends_before_it_starts_is_empty_and_takes_values_at_its_start() {
    let list = list(&store(), 0..6);

    assert_eq!(list.range(4..2).unwrap(), []);
    assert_eq!(list.delete_range(4..2).unwrap(), 0);
    list.set_range(4..2, [9]).unwrap();
    assert_eq!(list.to_vec().unwrap(), [0, 1, 2, 3, 9, 4, 5]);
}

#[test]
fn a_range_takes_more_or_fewer_values_than_it_has_elements() {
    let list = list(&store(), 0..6);

    list.set_range(1..5, [9]).unwrap();
    assert_eq!(list.to_vec().unwrap(), [0, 9, 5]);
    list.set_range(2..100, [7, 8]).unwrap();
    assert_eq!(list.to_vec().unwrap(), [0, 9, 7, 8]);
}

#[test]
fn a_step_of_zero_is_refused_before_anything_is_sent() {
    let list = list(&store(), 0..6);

    let error = list.range_step(.., 0).unwrap_err();
    assert!(matches!(&error, Error::OutOfRange { key, .. } if key == list.key()), "{error}");
    assert!(matches!(list.delete_range_step(.., 0), Err(Error::OutOfRange { .. })));
    assert!(matches!(list.set_range_step(.., 0, [1]), Err(Error::OutOfRange { .. })));
}

#[test]
fn a_stepped_range_takes_exactly_as_many_values() {
    let list = list(&store(), 0..5);

    let error = list.set_range_step(.., 2, [9]).unwrap_err();
    assert!(error.to_string().starts_with("expected 3 values, one for each element at"), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    list.set_range_step(.., -2, [7, 8, 9]).unwrap();
    assert_eq!(list.to_vec().unwrap(), [9, 1, 8, 3, 7]);
}

#[test]
fn sort_keeps_the_order_of_equal_elements() {
    let list: List<(i64, char)> = List::open(&store(), "list");
    list.extend([(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')]).unwrap();

    list.sort_by(|a, b| b.0.cmp(&a.0)).unwrap();
    assert_eq!(list.to_vec().unwrap(), [(2, 'a'), (2, 'c'), (1, 'b'), (1, 'd')]);
    list.sort().unwrap();
    assert_eq!(list.to_vec().unwrap(), [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
}

#[test]
fn sort_includes_elements_that_others_add_in_between() {
    let list = list(&store(), [3, 1]);
    let (other, mut added) = (list.clone(), 0);

    list.sort_by(move |a, b| {
        if added < 5 {
            added += 1;
            other.push(&0).unwrap();
        }
        a.cmp(b)
    })
    .unwrap();

    assert_eq!(list.to_vec().unwrap(), [0, 0, 0, 0, 0, 1, 3]);
}

#[test]
fn sort_gives_up_when_others_never_rest() {
    let list = list(&store(), [100, 1]);
    let (other, mut changes) = (list.clone(), 100);

    let sorted = list.sort_by(move |a, b| {
        changes += 1;
        other.set(0, &changes).unwrap();
        a.cmp(b)
    });

    assert!(matches!(sorted, Err(Error::Conflict { keys, .. }) if keys == [list.key()]));
}

#[test]
fn repeat_assign_changes_the_list_and_repeat_does_not() {
    let list = list(&store(), [1, 2]);

    assert_eq!(list.repeat(2).unwrap(), [1, 2, 1, 2]);
    assert_eq!(list.repeat(0).unwrap(), []);
    assert_eq!(list.concat(&list).unwrap(), [1, 2, 1, 2]);
    assert_eq!(list.len().unwrap(), 2);
    list.repeat_assign(3).unwrap();
    assert_eq!(list.to_vec().unwrap(), [1, 2, 1, 2, 1, 2]);
}

#[test]
fn more_elements_than_lua_unpacks_at_once_stay_in_order() {
    let list = list(&store(), 0..12_000);

    list.reverse().unwrap();
    list.sort().unwrap();
    list.set_range(1..-1, 100_000..111_998).unwrap();
    list.set_range(6_000..6_001, [7, 7]).unwrap();
    list.repeat_assign(2).unwrap();
    list.delete_range(..12_001).unwrap();

    let expected: Vec<_> = [0]
        .into_iter()
        .chain(100_000..105_999)
        .chain([7, 7])
        .chain(106_000..111_998)
        .chain([11_999])
        .collect();
    assert_eq!(list.to_vec().unwrap(), expected);
}
