//! `modify`: reads, computes in the program, and writes if the value has not changed in between.

use std::{thread, time::Duration};

use redis_collections::{Collection, DefaultDict, Dict, Error, Number, Outcome, Store, Value, aio};
use redis_collections_tests::{send, store, text};

const THREADS: u32 = 8;
const CALLS: u32 = 100;

fn ages(store: &Store) -> Dict<String, u32> {
    let ages = Dict::open(store, "ages");
    ages.set("ada", &36).unwrap();
    ages
}

#[test]
fn modify_returns_the_new_value() {
    let ages = ages(&store());

    assert_eq!(ages.modify("ada", |age| age.map(|age| age + 1)).unwrap(), Some(37));
    assert_eq!(ages.modify("alan", |age| Some(age.unwrap_or(41))).unwrap(), Some(41));
    assert_eq!(ages.get_many(["ada", "alan"]).unwrap(), [Some(37), Some(41)]);
}

#[test]
fn modifying_to_none_removes_the_entry() {
    let ages = ages(&store());

    assert_eq!(ages.modify("ada", |_| None).unwrap(), None);
    assert_eq!(ages.modify("ada", |age| age).unwrap(), None);
    assert!(!ages.exists().unwrap());
}

#[test]
fn an_unchanged_value_is_not_written() {
    let ages = ages(&store());

    let same = ages.modify("ada", |age| {
        assert!(ages.discard("ada").unwrap());
        age
    });

    assert_eq!((same.unwrap(), ages.get("ada").unwrap()), (Some(36), None));
}

#[test]
fn a_value_changed_in_between_is_read_again() {
    let ages = ages(&store());
    let mut met = Vec::new();

    let now = ages.modify("ada", |age| {
        met.push(age);
        match met.len() {
            1 => ages.set("ada", &40).unwrap(),
            2 => assert!(ages.discard("ada").unwrap()),
            _ => {}
        }
        Some(age.unwrap_or(1) + 1)
    });

    assert_eq!((now.unwrap(), met), (Some(2), vec![Some(36), Some(40), None]));
}

#[test]
fn modify_that_is_always_overtaken_fails_and_writes_nothing() {
    let store = store();
    let (ages, gold) = (ages(&store), Number::<i64>::open(&store, "ada", "gold"));

    let error = ages.modify("ada", |age| {
        ages.set("ada", &(age.unwrap() + 1)).unwrap();
        Some(0)
    });
    let Err(Error::Conflict { keys, .. }) = error else { panic!("{error:?}") };
    assert_eq!(keys, [ages.key()]);
    assert_eq!(ages.get("ada").unwrap(), Some(36 + 32));

    let error = gold.modify(|_| gold.add(1).unwrap() + 1).unwrap_err();
    assert!(matches!(&error, Error::Conflict { keys, .. } if keys[0].ends_with(":ada gold")));
    assert_eq!(error.outcome(), Outcome::NotApplied);
}

#[test]
fn an_entry_that_cannot_be_read_is_not_modified() {
    let store = store();
    let ages = ages(&store);
    send(&store, "HSET", ages.key(), &["\u{3}bob", "\u{1}\u{1}"]);

    let error = ages.modify("bob", |_| panic!("there is no value to modify")).unwrap_err();

    assert!(matches!(&error, Error::Decode { key, len: 2, .. } if key == ages.key()), "{error}");
}

#[test]
fn modify_keeps_the_time_to_live() {
    let ages = ages(&store());
    ages.expire(Duration::from_secs(60)).unwrap();

    ages.modify("ada", |age| age.map(|age| age + 1)).unwrap();
    ages.modify("alan", |_| Some(41)).unwrap();
    ages.modify("ada", |_| None).unwrap();

    assert!(ages.ttl().unwrap().is_some_and(|left| left <= Duration::from_secs(60)));
}

#[test]
fn modify_of_a_default_dict_gets_none_for_a_missing_entry() {
    let lives = DefaultDict::<String, u32>::with_default(&store(), "lives", &3);

    assert_eq!(lives.modify("ada", |lives| lives.or(Some(9))).unwrap(), Some(9));
}

#[test]
fn a_value_is_set_changed_and_removed() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");

    assert_eq!(name.modify(|name| name.or(Some("Ada".into()))).unwrap().as_deref(), Some("Ada"));
    let longer = name.modify(|name| name.map(|name| name + " Lovelace")).unwrap();
    assert_eq!(longer.as_deref(), Some("Ada Lovelace"));
    assert_eq!(name.modify(|_| None).unwrap(), None);
    assert!(!name.exists().unwrap());
}

#[test]
fn a_missing_number_is_0_and_modify_stores_a_redis_number() {
    let store = store();
    let gold: Number<i64> = Number::open(&store, "ada", "gold");
    let speed: Number<f64> = Number::open(&store, "ada", "speed");

    assert_eq!(gold.modify(|gold| 2 * (gold + 21)).unwrap(), 42);
    assert!((speed.modify(|speed| (speed + 1.0) / 4.0).unwrap() - 0.25).abs() < f64::EPSILON);
    assert_eq!(text(&store, gold.key(), "gold").as_deref(), Some("42"));
    assert_eq!(text(&store, gold.key(), "speed").as_deref(), Some("0.25"));
}

#[test]
fn a_number_that_redis_cannot_keep_is_refused_and_nothing_is_written() {
    let store = store();
    let big: Number<u64> = Number::open(&store, "ada", "big");
    let speed: Number<f64> = Number::open(&store, "ada", "speed");

    assert!(matches!(big.modify(|_| u64::MAX), Err(Error::Overflow { .. })));
    assert!(matches!(speed.modify(|_| f64::NAN), Err(Error::OutOfRange { .. })));
    assert!(!big.exists().unwrap() && !speed.exists().unwrap());
}

#[test]
fn eight_threads_lose_no_change_of_an_entry() {
    let ages = ages(&store());
    let age = || {
        for _ in 0..CALLS {
            ages.modify("n", |n| Some(n.unwrap_or(0) + 1)).unwrap();
        }
    };

    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(age))));

    assert_eq!(ages.get("n").unwrap(), Some(THREADS * CALLS));
}

#[test]
fn eight_threads_lose_no_change_of_a_value_or_a_number() {
    let store = store();
    let log: Value<Vec<u32>> = Value::open(&store, "ada", "log");
    let sum: Number<u32> = Number::open(&store, "ada", "sum");
    let change = |thread: u32| {
        for call in 0..CALLS / 4 {
            let add = |log: Option<Vec<u32>>| {
                Some([log.unwrap_or_default(), vec![thread * CALLS + call]].concat())
            };
            log.modify(add).unwrap();
            sum.modify(|sum| sum + 3).unwrap();
        }
    };

    thread::scope(|scope| {
        (0..THREADS).for_each(|thread| drop(scope.spawn(move || change(thread))));
    });

    let mut log = log.get().unwrap().unwrap();
    log.sort_unstable();
    let each = |thread| (0..CALLS / 4).map(move |call| thread * CALLS + call);
    assert_eq!(log, (0..THREADS).flat_map(each).collect::<Vec<_>>());
    assert_eq!(sum.get().unwrap(), THREADS * CALLS / 4 * 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_tasks_lose_no_change() {
    let store = aio::Store::temporary().await.unwrap();
    let counts: Dict<String, u32, aio::Store> = Dict::open(&store, "counts");

    let tasks: Vec<_> = (0..THREADS)
        .map(|_| {
            let counts = counts.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS {
                    counts.modify("n", |n| Some(n.unwrap_or(0) + 1)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    assert_eq!(counts.get("n").await.unwrap(), Some(THREADS * CALLS));
}

#[tokio::test]
async fn a_change_may_borrow_what_it_computes_with() {
    let store = aio::Store::temporary().await.unwrap();
    let name: Value<String, aio::Store> = Value::open(&store, "ada", "name");
    let (surname, mut calls) = (" Lovelace".to_string(), 0);

    let full = name.modify(|name| {
        calls += 1;
        Some(name.unwrap_or("Ada".into()) + &surname)
    });

    assert_eq!(full.await.unwrap().as_deref(), Some("Ada Lovelace"));
    assert_eq!(calls, 1);
}
