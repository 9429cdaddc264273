//! `List`: what std's `Vec` and Python's list promise, kept in Redis.

use std::time::Duration;

use redis_collections::{Collection, Dict, Error, List, Store, aio};
use redis_collections_tests::{send, store};

fn list(store: &Store, values: impl IntoIterator<Item = i64>) -> List<i64> {
    let list = List::open(store, "list");
    list.extend(values).unwrap();
    list
}

#[test]
fn push_returns_the_new_length() {
    let list: List<String> = List::open(&store(), "list");

    assert_eq!(list.push("b").unwrap(), 1);
    assert_eq!(list.push_front("a").unwrap(), 2);
    assert_eq!(list.to_vec().unwrap(), ["a", "b"]);
    assert_eq!(list.len().unwrap(), 2);
}

#[test]
fn an_empty_list_is_a_missing_key() {
    let list: List<i64> = List::open(&store(), "list");

    assert!(list.is_empty().unwrap());
    assert_eq!(
        (list.get(0).unwrap(), list.first().unwrap(), list.last().unwrap()),
        (None, None, None)
    );
    assert_eq!(
        (list.pop().unwrap(), list.pop_front().unwrap(), list.remove(0).unwrap()),
        (None, None, None)
    );
    assert_eq!(list.range(..).unwrap(), []);
    assert_eq!(list.delete_range_step(.., 2).unwrap(), 0);
    assert!(!list.exists().unwrap());
}

#[test]
fn calls_on_an_empty_list_leave_no_key() {
    let list = list(&store(), []);

    list.extend([0; 0]).unwrap();
    list.reverse().unwrap();
    list.sort().unwrap();
    list.repeat_assign(3).unwrap();
    list.set_range(.., [0; 0]).unwrap();

    assert!(!list.exists().unwrap());
}

#[test]
fn the_key_goes_with_the_last_element() {
    let store = store();

    assert_eq!(list(&store, [1]).pop().unwrap(), Some(1));
    assert_eq!(list(&store, [1]).remove(-1).unwrap(), Some(1));
    assert!(list(&store, [1]).remove_value(&1).unwrap());
    assert_eq!(list(&store, [1, 2]).delete_range(..).unwrap(), 2);
    assert_eq!(list(&store, [1, 2]).delete_range_step(.., -1).unwrap(), 2);
    list(&store, [1, 2]).repeat_assign(0).unwrap();
    assert!(!list(&store, []).exists().unwrap());
}

#[test]
fn an_index_below_zero_counts_from_the_end() {
    let list = list(&store(), [10, 20, 30]);

    assert_eq!(list.get(-3).unwrap(), Some(10));
    assert_eq!(list.get(-4).unwrap(), None);
    assert!(list.set(-1, &33).unwrap());
    assert_eq!(list.remove(-2).unwrap(), Some(20));
    assert_eq!(list.to_vec().unwrap(), [10, 33]);
}

#[test]
fn set_at_no_such_index_changes_nothing() {
    let list = list(&store(), [1, 2]);

    assert!(!list.set(2, &9).unwrap());
    assert!(!list.set(-3, &9).unwrap());
    assert!(!list.set(i64::MIN, &9).unwrap());
    assert_eq!(list.to_vec().unwrap(), [1, 2]);
}

#[test]
fn insert_goes_to_the_nearer_end_if_there_is_no_such_index() {
    let list = list(&store(), [1, 2]);

    list.insert(i64::MAX, &3).unwrap();
    list.insert(-9, &0).unwrap();
    list.insert(-1, &9).unwrap();

    assert_eq!(list.to_vec().unwrap(), [0, 1, 2, 9, 3]);
}

#[test]
fn elements_that_look_like_a_mark_stay_apart() {
    let list: List<char> = List::open(&store(), "list");
    list.extend(['a', '~', 'b', 'c', '~']).unwrap();

    list.insert(3, &'x').unwrap();
    assert_eq!(list.remove(2).unwrap(), Some('b'));
    assert_eq!(list.delete_range_step(..3, 2).unwrap(), 2);

    assert_eq!(list.to_vec().unwrap(), ['~', 'c', '~']);
}

#[test]
fn equal_elements_are_found_by_their_first_index() {
    let list = list(&store(), [5, 7, 5, 7, 5]);

    assert_eq!(list.index_of(&7).unwrap(), Some(1));
    assert_eq!(list.index_of_in(2.., &7).unwrap(), Some(3));
    assert_eq!(list.index_of_in(-1.., &7).unwrap(), None);
    assert_eq!(list.index_of_in(0..0, &5).unwrap(), None);
    assert_eq!((list.count(&5).unwrap(), list.count(&6).unwrap()), (3, 0));
    assert_eq!((list.contains(&7).unwrap(), list.contains(&6).unwrap()), (true, false));
}

#[test]
fn remove_value_takes_the_first_of_equal_ones() {
    let list = list(&store(), [1, 2, 2, 1]);

    assert!(list.remove_value(&2).unwrap());
    assert!(!list.remove_value(&3).unwrap());
    assert_eq!(list.to_vec().unwrap(), [1, 2, 1]);
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let list = list(&store(), [3, 1, 2]);
    list.expire(Duration::from_secs(1000)).unwrap();

    list.set_range(.., [5, 4]).unwrap();
    list.set_range(1.., [6, 7, 8]).unwrap();
    list.delete_range(..2).unwrap();
    list.insert(1, &9).unwrap();
    list.reverse().unwrap();
    list.sort().unwrap();
    list.repeat_assign(2).unwrap();
    list.delete_range_step(.., 2).unwrap();

    assert_eq!(list.to_vec().unwrap(), [8, 7, 9]);
    assert!(list.ttl().unwrap() > Some(Duration::from_secs(990)));
}

#[test]
fn a_server_whose_memory_is_full_still_removes() {
    let store = Store::temporary().unwrap();
    let list = list(&store, 0..6);
    send(&store, "CONFIG", "SET", &["maxmemory", "1"]);

    assert!(matches!(list.insert(1, &9), Err(Error::OutOfMemory { .. })));
    assert!(matches!(list.set_range(4..5, [8, 9]), Err(Error::OutOfMemory { .. })));
    assert!(matches!(list.reverse(), Err(Error::OutOfMemory { .. })));
    assert_eq!(list.remove(1).unwrap(), Some(1));
    assert_eq!(list.delete_range(1..2).unwrap(), 1);
    assert_eq!(list.delete_range_step(.., 2).unwrap(), 2);
    assert_eq!(list.to_vec().unwrap(), [3, 5]);
}

#[test]
fn iter_gives_every_element_page_by_page() {
    let list = list(&store(), 0..2_000);

    let all: Vec<i64> = list.iter().collect::<Result<_, _>>().unwrap();

    assert_eq!(all, list.to_vec().unwrap());
}

#[test]
fn one_element_that_cannot_be_read_is_one_error() {
    let store = store();
    let texts: List<String> = List::open(&store, "list");
    texts.extend(["a", "b"].map(String::from)).unwrap();
    send(&store, "RPUSH", texts.key(), &["\u{5}"]);

    assert_eq!(texts.get(1).unwrap().as_deref(), Some("b"));
    assert!(matches!(texts.get(2), Err(Error::Decode { .. })));
    assert_eq!(texts.iter().filter(Result::is_err).count(), 1);
}

#[test]
fn every_call_reports_a_key_of_another_type() {
    let store = store();
    Dict::<i64, i64>::open(&store, "list").set(&1, &1).unwrap();
    let list: List<i64> = List::open(&store, "list");

    let errors = [
        list.push(&1).unwrap_err(),
        list.set(0, &1).unwrap_err(),
        list.insert(0, &1).unwrap_err(),
        list.remove(0).unwrap_err(),
        list.set_range(.., [1]).unwrap_err(),
        list.delete_range_step(.., 2).unwrap_err(),
        list.index_of_in(0..0, &1).unwrap_err(),
        list.count(&1).unwrap_err(),
        list.reverse().unwrap_err(),
        list.sort().unwrap_err(),
        list.repeat_assign(0).unwrap_err(),
        list.range(..0).unwrap_err(),
    ];

    assert!(
        errors.iter().all(|error| matches!(error, Error::WrongType { expected: "a list", .. }))
    );
}

#[test]
fn a_transaction_returns_each_answer() {
    let store = store();
    let list = list(&store, [1, 2]);

    let answers =
        store.atomic(|tx| (list.on(tx).push(&3), list.on(tx).remove(0), list.on(tx).to_vec()));

    assert_eq!(answers.unwrap(), (3, Some(1), vec![2, 3]));
}

#[tokio::test]
async fn an_awaiting_store_sorts_and_streams_too() {
    let list: List<i64, aio::Store> = List::open(&aio::Store::temporary().await.unwrap(), "list");
    list.extend((0..1_500).rev()).await.unwrap();

    list.sort().await.unwrap();

    let (mut stream, mut all) = (list.iter(), Vec::new());
    while let Some(item) = stream.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all, (0..1_500).collect::<Vec<_>>());
}
