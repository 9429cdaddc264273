//! `DefaultDict`: a map whose missing keys get a value when they are read.

use std::{thread, time::Duration};

use redis_collections::{Collection, DefaultDict, Dict, Error};
use redis_collections_tests::store;

#[test]
fn get_stores_and_gives_the_default() {
    let lives: DefaultDict<String, u32> = DefaultDict::with_default(&store(), "lives", &3);

    assert_eq!(lives.get("ada").unwrap(), 3);
    assert_eq!(lives.peek("ada").unwrap(), Some(3));
    lives.set("ada", &1).unwrap();
    assert_eq!(lives.get("ada").unwrap(), 1);
}

#[test]
fn open_takes_the_default_of_the_type() {
    let tags: DefaultDict<String, Vec<u8>> = DefaultDict::open(&store(), "tags");

    assert_eq!(tags.get("ada").unwrap(), [0; 0]);
    assert_eq!(tags.len().unwrap(), 1);
}

#[test]
fn no_other_call_stores_the_default() {
    let lives: DefaultDict<String, u32> = DefaultDict::with_default(&store(), "lives", &3);

    assert_eq!(lives.peek("ada").unwrap(), None);
    assert_eq!(lives.get_many(["ada", "bob"]).unwrap(), [None, None]);
    assert!(!lives.contains_key("ada").unwrap());
    assert_eq!(lives.remove("ada").unwrap(), None);
    assert!(!lives.exists().unwrap());
}

#[test]
fn on_keeps_the_default() {
    let store = store();
    let lives: DefaultDict<String, u32> = DefaultDict::with_default(&store, "lives", &3);

    let answers = store.atomic(|tx| (lives.on(tx).get("ada"), lives.on(tx).clone().get("bob")));

    assert_eq!(answers.unwrap(), (3, 3));
    assert_eq!(lives.len().unwrap(), 2);
}

#[test]
fn a_place_without_a_default_has_missing_keys() {
    let ages: Dict<String, u32> = Dict::open(&store(), "ages");
    let ages: DefaultDict<String, u32> = DefaultDict::from_handle(ages.handle().clone());
    ages.set("ada", &36).unwrap();

    assert_eq!(ages.get("ada").unwrap(), 36);
    assert!(matches!(ages.get("bob"), Err(Error::Missing { .. })));
}

#[test]
fn get_keeps_the_time_to_live() {
    let lives: DefaultDict<String, u32> = DefaultDict::with_default(&store(), "lives", &3);
    lives.set("ada", &1).unwrap();
    lives.expire(Duration::from_secs(60)).unwrap();

    lives.get("bob").unwrap();

    assert!(lives.ttl().unwrap().is_some());
}

#[test]
fn a_default_never_overwrites_what_another_thread_has_set() {
    let lives: DefaultDict<u32, u32> = DefaultDict::with_default(&store(), "lives", &0);

    thread::scope(|scope| {
        scope.spawn(|| (0..500).map(|key| lives.get(&key).unwrap()).max());
        scope.spawn(|| (0..500).for_each(|key| lives.set(&key, &7).unwrap()));
    });

    assert!(lives.values().unwrap().iter().all(|value| *value == 7));
}
