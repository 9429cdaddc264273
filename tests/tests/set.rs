//! `Set`: what std's set promises, kept by a real server.

use std::collections::HashSet;

use redis_collections::{Collection, Dict, Error, Server, Set, Store};

#[test]
fn insert_returns_whether_the_member_is_new() {
    let set = set_of(&Store::temporary().unwrap(), []);

    assert!(set.insert(&1).unwrap());
    assert!(!set.insert(&1).unwrap());
    assert_eq!(set.len().unwrap(), 1);
}

#[test]
fn remove_returns_whether_the_member_was_there() {
    let set = set_of(&Store::temporary().unwrap(), [1, 2]);

    assert!(set.remove(&1).unwrap());
    assert!(!set.remove(&1).unwrap());
    assert_eq!(set.to_set().unwrap(), [2].into());
}

#[test]
fn a_set_without_members_is_a_missing_key() {
    let set = set_of(&Store::temporary().unwrap(), [1]);

    set.remove(&1).unwrap();

    assert!(set.is_empty().unwrap() && !set.exists().unwrap());
    assert_eq!(set.pop_any().unwrap(), None);
    assert_eq!(set.random_member().unwrap(), None);
    assert!(set.random_members(-3).unwrap().is_empty());
    assert!(set.to_set().unwrap().is_empty() && set.iter().next().is_none());
}

#[test]
fn contains_many_answers_in_the_order_of_the_question() {
    let set = set_of(&Store::temporary().unwrap(), [1, 3]);

    assert_eq!(set.contains_many(&[3, 2, 1]).unwrap(), [true, false, true]);
    assert_eq!(set.contains_many::<u32>(&[]).unwrap(), []);
    assert!(set.contains(&3).unwrap() && !set.contains(&2).unwrap());
}

#[test]
fn pop_any_takes_each_member_once() {
    let set = set_of(&Store::temporary().unwrap(), 0..50);

    let popped: HashSet<_> = std::iter::from_fn(|| set.pop_any().unwrap()).collect();

    assert_eq!(popped, (0..50).collect());
    assert!(!set.exists().unwrap());
}

#[test]
fn random_members_are_distinct_unless_the_count_is_negative() {
    let set = set_of(&Store::temporary().unwrap(), [1, 2, 3]);

    let distinct = set.random_members(10).unwrap();
    assert_eq!((distinct.len(), distinct.into_iter().collect()), (3, HashSet::from([1, 2, 3])));
    assert_eq!(set.random_members(-10).unwrap().len(), 10);
    assert_eq!(set.random_members(0).unwrap(), []);
    assert!((1..=3).contains(&set.random_member().unwrap().unwrap()));
}

#[test]
fn extend_and_remove_many_take_more_than_a_chunk() {
    let set = set_of(&Store::temporary().unwrap(), 0..25_000);

    assert_eq!(set.len().unwrap(), 25_000);
    assert_eq!(set.iter().collect::<Result<HashSet<_>, _>>().unwrap(), (0..25_000).collect());
    assert_eq!(set.remove_many(10..30_000).unwrap(), 24_990);
    assert_eq!(set.remove_many::<u32>([]).unwrap(), 0);
    assert_eq!(set.to_set().unwrap(), (0..10).collect());
}

#[test]
fn a_key_of_another_type_is_an_error() {
    let store = Store::temporary().unwrap();
    Dict::<u32, u32>::open(&store, "hash").set(&1, &1).unwrap();
    let set = Set::<u32>::open(&store, "hash");

    assert!(matches!(set.insert(&1), Err(Error::WrongType { expected: "a set", .. })));
    assert!(matches!(set.is_subset(&set), Err(Error::WrongType { .. })));
    assert!(matches!(set.symmetric_difference([&set]), Err(Error::WrongType { .. })));
}

#[test]
fn a_member_that_cannot_be_read_is_one_error_among_the_others() {
    let store = Store::temporary().unwrap();
    Set::<String>::open(&store, "set").insert("a long text").unwrap();
    let set = Set::<u8>::open(&store, "set");
    set.extend([1, 2]).unwrap();

    let (read, failed): (Vec<_>, Vec<_>) = set.iter().partition(Result::is_ok);

    assert_eq!((read.len(), failed.len()), (2, 1));
    assert!(matches!(&failed[0], Err(Error::Decode { key, .. }) if key == "set"));
}

#[test]
fn members_can_be_borrowed_forms() {
    let set = Set::<String>::open(&Store::temporary().unwrap(), "set");

    assert!(set.insert("ada").unwrap());
    assert!(set.contains(&"ada".to_string()).unwrap());
    assert_eq!(set.contains_many(["ada", "alan"]).unwrap(), [true, false]);
}

#[test]
fn a_batch_records_what_a_store_does() {
    let store = Store::temporary().unwrap();
    let set = set_of(&store, [1]);

    let (new, odd, none) = store
        .atomic(|tx| {
            let set = set.on(tx);
            (
                set.insert(&7),
                set.symmetric_difference::<HashSet<u32>>([]),
                set.contains_many::<u32>(&[]),
            )
        })
        .unwrap();

    assert_eq!((new, odd, none), (true, [1, 7].into(), vec![]));
}

#[test]
fn resp3_gives_the_same_answers() {
    let server = Server::temporary().unwrap();
    let store = Store::open(&format!("{}?protocol=resp3", server.url())).unwrap();
    let set = set_of(&store, [1, 2, 3]);

    assert_eq!(set.to_set().unwrap(), [1, 2, 3].into());
    assert_eq!(set.union([&set]).unwrap(), [1, 2, 3].into());
    assert_eq!(set.contains_many(&[1, 4]).unwrap(), [true, false]);
    assert_eq!(set.random_members(5).unwrap().len(), 3);
    assert_eq!(set.iter().count(), 3);
}

fn set_of(store: &Store, members: impl IntoIterator<Item = u32>) -> Set<u32> {
    let set = Set::open(store, "set");
    set.extend(members).unwrap();
    set
}
