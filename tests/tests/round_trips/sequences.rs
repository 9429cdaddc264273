//! The calls of the collections that are lists.

use std::time::Duration;

use redis_collections::{Deque, List};
use redis_collections_tests::proxied;

use crate::{assert_one_trip, assert_trips, trips};

#[test]
fn a_list() {
    let (proxy, store) = proxied();
    let list: List<String> = List::open(&store, "quests");
    let other: List<String> = List::open(&store, "others");
    let many: Vec<String> = (0..2_000).map(|number| format!("quest {number}")).collect();
    let two = ["find", "fight"].map(String::from);
    list.extend(&many).unwrap();

    assert_one_trip!(
        proxy,
        list.len(),
        list.is_empty(),
        list.get(-1),
        list.first(),
        list.last(),
        list.push("flee"),
        list.push_front("flee"),
        list.extend(&many),
        list.pop(),
        list.pop_front(),
        list.set(1, "feast"),
        list.insert(1, "feast"),
        list.remove(1),
        list.remove_value("feast"),
        list.contains("feast"),
        list.count("feast"),
        list.index_of("feast"),
        list.index_of_in(..3, "feast"),
        list.range(..3),
        list.range_step(..9, 2),
        list.set_range(..2, &two),
        list.set_range_step(..3, 2, &two),
        list.delete_range(..3),
        list.delete_range_step(..9, 2),
        list.reverse(),
        list.to_vec(),
        list.concat(&other),
        list.concat(&many),
        list.extend_from(&other),
        list.extend_from(&many),
        list.equals(&other),
        list.equals(&many),
        list.repeat(2),
        list.repeat_assign(2),
    );
}

#[test]
fn sorting_reads_and_then_writes() {
    let (proxy, store) = proxied();
    let list: List<u32> = List::open(&store, "numbers");
    let unsorted = || list.set_range(.., [3, 1, 2]);

    let sort = trips(&proxy, || unsorted().and_then(|()| list.sort()));
    let sort_by = trips(&proxy, || unsorted().and_then(|()| list.sort_by(|a, b| b.cmp(a))));

    assert_trips(1 + 2, &[("sort", sort), ("sort_by", sort_by)]);
}

#[test]
fn a_deque() {
    let (proxy, store) = proxied();
    let deque: Deque<u32> = Deque::open(&store, "inbox");

    assert_one_trip!(
        proxy,
        deque.push_back(&1),
        deque.push_front(&2),
        deque.extend(0..2_000),
        deque.extend_front(0..2_000),
        deque.front(),
        deque.back(),
        deque.get(1),
        deque.rotate_left(3),
        deque.rotate_right(3),
        deque.pop_back(),
        deque.pop_front(),
        deque.pop_back_wait(Duration::from_millis(1)),
        deque.pop_front_wait(Duration::from_millis(1)),
        deque.len(),
    );
}

#[test]
fn a_deque_of_a_limited_length() {
    let (proxy, store) = proxied();
    let deque = Deque::<u32>::open(&store, "latest").with_maxlen(3);

    assert_one_trip!(
        proxy,
        deque.push_back(&1),
        deque.push_front(&2),
        deque.extend(0..2_000),
        deque.extend_front(0..2_000),
    );
}
