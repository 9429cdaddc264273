//! `Deque`: what std's `VecDeque` and Python's deque promise, kept in Redis.

use std::time::Duration;

use redis_collections::{Collection, Deque, Error, Outcome, Store};
use redis_collections_tests::{send, store};

fn deque(store: &Store, values: impl IntoIterator<Item = i64>) -> Deque<i64> {
    let deque = Deque::open(store, "deque");
    deque.extend(values).unwrap();
    deque
}

#[test]
fn both_ends_take_and_give() {
    let deque = deque(&store(), [2]);

    assert_eq!(deque.push_back(&3).unwrap(), 2);
    assert_eq!(deque.push_front(&1).unwrap(), 3);
    assert_eq!((deque.front().unwrap(), deque.back().unwrap()), (Some(1), Some(3)));
    assert_eq!((deque.pop_front().unwrap(), deque.pop_back().unwrap()), (Some(1), Some(3)));
    assert_eq!(deque.to_vec().unwrap(), [2]);
}

#[test]
fn pop_on_an_empty_deque_is_none() {
    let deque = deque(&store(), []);

    assert_eq!((deque.pop_front().unwrap(), deque.pop_back().unwrap()), (None, None));
    assert_eq!((deque.front().unwrap(), deque.back().unwrap()), (None, None));
}

#[test]
fn extend_front_turns_the_values_round() {
    let deque = deque(&store(), [0]);

    deque.extend_front([1, 2, 3]).unwrap();

    assert_eq!(deque.to_vec().unwrap(), [3, 2, 1, 0]);
}

#[test]
fn a_full_deque_drops_at_the_other_end() {
    let deque = deque(&store(), [1, 2]).with_maxlen(2);

    assert_eq!(deque.push_back(&3).unwrap(), 2);
    assert_eq!(deque.to_vec().unwrap(), [2, 3]);
    assert_eq!(deque.push_front(&1).unwrap(), 2);
    assert_eq!(deque.to_vec().unwrap(), [1, 2]);
}

#[test]
fn extending_past_maxlen_keeps_the_last_elements() {
    let deque = deque(&store(), []).with_maxlen(3);

    deque.extend(0..12_000).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [11_997, 11_998, 11_999]);
    deque.extend_front([1, 2]).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [2, 1, 11_997]);
}

#[test]
fn a_deque_of_maxlen_zero_keeps_nothing() {
    let deque = deque(&store(), [1, 2]).with_maxlen(0);

    assert_eq!(deque.push_front(&3).unwrap(), 0);
    assert_eq!(deque.push_back(&3).unwrap(), 0);
    deque.extend([4, 5]).unwrap();
    assert!(!deque.exists().unwrap());
}

#[test]
fn an_over_long_deque_is_trimmed_by_the_first_call_that_adds() {
    let deque = deque(&store(), 0..6).with_maxlen(3);

    assert_eq!(deque.len().unwrap(), 6);
    assert_eq!(deque.push_back(&6).unwrap(), 3);
    assert_eq!(deque.to_vec().unwrap(), [4, 5, 6]);
}

#[test]
fn insert_into_a_full_deque_is_refused() {
    let deque = deque(&store(), [1, 2]).with_maxlen(2);

    let error = deque.insert(1, &9).unwrap_err();
    let text = "expected a deque with room for another element at `test";
    assert!(error.to_string().starts_with(text), "{error}");
    assert!(error.to_string().ends_with("found a full deque of 2 elements"), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert_eq!(deque.to_vec().unwrap(), [1, 2]);
}

#[test]
fn insert_into_a_deque_with_room_inserts() {
    let deque = deque(&store(), [1, 2]).with_maxlen(3);

    deque.insert(1, &9).unwrap();

    assert_eq!(deque.to_vec().unwrap(), [1, 9, 2]);
}

#[test]
fn repeating_keeps_to_maxlen() {
    let deque = deque(&store(), [1, 2, 3, 4]).with_maxlen(5);

    assert_eq!(deque.repeat(usize::MAX).unwrap(), [4, 1, 2, 3, 4]);
    deque.repeat_assign(usize::MAX).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [4, 1, 2, 3, 4]);
}

#[test]
fn on_another_executor_it_keeps_its_maxlen() {
    let store = store();
    let deque = deque(&store, [1]).with_maxlen(1);

    store.atomic(|tx| deque.on(tx).push_back(&2)).unwrap();

    assert_eq!(deque.to_vec().unwrap(), [2]);
    assert_eq!((deque.maxlen(), deque.on(&store).maxlen()), (Some(1), Some(1)));
}

#[test]
fn rotating_goes_round() {
    let deque = deque(&store(), 0..4);

    deque.rotate_right(5).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [3, 0, 1, 2]);
    deque.rotate_left(6).unwrap();
    assert_eq!(deque.to_vec().unwrap(), [1, 2, 3, 0]);
}

#[test]
fn rotating_an_empty_deque_does_nothing() {
    let deque = deque(&store(), []);

    deque.rotate_left(1).unwrap();
    deque.rotate_right(1).unwrap();

    assert!(!deque.exists().unwrap());
}

#[test]
fn a_long_deque_rotates_both_ways() {
    let deque = deque(&store(), 0..12_000);

    deque.rotate_left(5_500).unwrap();
    assert_eq!((deque.front().unwrap(), deque.back().unwrap()), (Some(5_500), Some(5_499)));
    deque.rotate_right(5_500).unwrap();
    assert_eq!(deque.to_vec().unwrap(), (0..12_000).collect::<Vec<_>>());
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let deque = deque(&store(), [1, 2]).with_maxlen(2);
    deque.expire(Duration::from_secs(1000)).unwrap();

    deque.push_back(&3).unwrap();
    deque.extend_front([4, 5, 6]).unwrap();
    deque.rotate_left(1).unwrap();
    deque.repeat_assign(2).unwrap();

    assert_eq!(deque.to_vec().unwrap(), [5, 6]);
    assert!(deque.ttl().unwrap() > Some(Duration::from_secs(990)));
}

#[test]
fn every_call_reports_a_key_of_another_type() {
    let store = store();
    let plain: Deque<i64> = Deque::open(&store, "deque");
    send(&store, "SET", plain.key(), &["1"]);
    let bounded = plain.clone().with_maxlen(1);

    let calls = [plain.push_back(&1), bounded.push_back(&1), bounded.push_front(&1)];
    assert!(calls.iter().all(|call| matches!(call, Err(Error::WrongType { .. }))));
    assert!(matches!(plain.rotate_left(1), Err(Error::WrongType { .. })));
    assert!(matches!(bounded.insert(0, &1), Err(Error::WrongType { .. })));
}
