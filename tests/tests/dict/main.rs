//! `Dict`: a map in one Redis hash.

mod executors;
mod lifetimes;

use std::{collections::HashMap, thread, time::Duration};

use redis_collections::{Collection, Dict, Error, Store};
use redis_collections_tests::{send, store};

fn ages(store: &Store) -> Dict<String, u32> {
    let ages = Dict::open(store, "ages");
    ages.extend([("ada".to_string(), 36), ("alan".to_string(), 41)]).unwrap();
    ages
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

#[test]
fn an_empty_dict_is_a_missing_key() {
    let ages: Dict<String, u32> = Dict::open(&store(), "ages");

    assert_eq!((ages.len().unwrap(), ages.is_empty().unwrap()), (0, true));
    assert_eq!((ages.get("ada").unwrap(), ages.remove("ada").unwrap()), (None, None));
    assert_eq!((ages.keys().unwrap(), ages.values().unwrap()), (vec![], vec![]));
    assert!(ages.to_map().unwrap().is_empty());
    assert_eq!(ages.pop_any().unwrap(), None);
    assert!(!ages.exists().unwrap());
}

#[test]
fn insert_returns_the_old_value() {
    let ages = ages(&store());

    assert_eq!(ages.insert("grace", &85).unwrap(), None);
    assert_eq!(ages.insert("grace", &86).unwrap(), Some(85));
    assert_eq!(ages.get("grace").unwrap(), Some(86));
}

#[test]
fn set_if_absent_sets_once() {
    let ages = ages(&store());

    assert!(ages.set_if_absent("grace", &85).unwrap());
    assert!(!ages.set_if_absent("grace", &86).unwrap());
    assert_eq!(ages.get_or_insert("grace", &87).unwrap(), 85);
    assert_eq!(ages.get_or_insert("alonzo", &92).unwrap(), 92);
}

#[test]
fn get_many_keeps_the_order_of_the_keys() {
    let ages = ages(&store());

    assert_eq!(ages.get_many(["alan", "bob", "ada"]).unwrap(), [Some(41), None, Some(36)]);
    assert_eq!(ages.get_many::<str>([]).unwrap(), []);
}

#[test]
fn remove_returns_the_value_and_the_last_one_removes_the_key() {
    let ages = ages(&store());

    assert_eq!(ages.remove("ada").unwrap(), Some(36));
    assert_eq!(ages.remove("ada").unwrap(), None);
    assert!(ages.discard("alan").unwrap() && !ages.discard("alan").unwrap());
    assert!(!ages.exists().unwrap());
}

#[test]
fn pop_any_gives_each_entry_once() {
    let ages = ages(&store());
    let popped = [ages.pop_any().unwrap(), ages.pop_any().unwrap()];

    assert_eq!(
        sorted(popped.into_iter().flatten()),
        [("ada".to_string(), 36), ("alan".to_string(), 41)]
    );
    assert_eq!(ages.pop_any().unwrap(), None);
}

#[test]
fn replace_if_sets_only_the_expected_value() {
    let ages = ages(&store());

    assert!(!ages.replace_if("ada", &35, &40).unwrap());
    assert!(ages.replace_if("ada", &36, &40).unwrap());
    assert!(!ages.replace_if("bob", &36, &40).unwrap());
    assert_eq!(ages.get_many(["ada", "bob"]).unwrap(), [Some(40), None]);
}

#[test]
fn replace_if_lets_no_update_get_lost() {
    let counts: Dict<String, u32> = Dict::open(&store(), "counts");
    counts.set("n", &0).unwrap();
    let add = |_| {
        while {
            let n = counts.get("n").unwrap().unwrap();
            !counts.replace_if("n", &n, &(n + 1)).unwrap()
        } {}
    };

    thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(|| (0..100).for_each(add)))));

    assert_eq!(counts.get("n").unwrap(), Some(200));
}

#[test]
fn keys_values_and_to_map_read_all_entries() {
    let ages = ages(&store());

    assert_eq!(sorted(ages.keys().unwrap()), ["ada", "alan"]);
    assert_eq!(sorted(ages.values().unwrap()), [36, 41]);
    assert_eq!(ages.to_map().unwrap(), HashMap::from([("ada".into(), 36), ("alan".into(), 41)]));
    assert!(ages.contains_key("ada").unwrap() && !ages.contains_key("bob").unwrap());
}

#[test]
fn extend_takes_the_last_of_equal_keys() {
    let ages = ages(&store());

    ages.extend([("ada".to_string(), 1), ("ada".to_string(), 2)]).unwrap();
    ages.extend(&HashMap::from([("bob".to_string(), 3)])).unwrap();
    ages.extend(HashMap::<String, u32>::new()).unwrap();

    assert_eq!(ages.get_many(["ada", "bob"]).unwrap(), [Some(2), Some(3)]);
}

#[test]
fn extend_takes_more_than_one_chunk_and_iter_gives_all_of_it() {
    let squares: Dict<u64, String> = Dict::open(&store(), "squares");
    let expected: HashMap<u64, String> = (0..25_000).map(|n| (n, (n * n).to_string())).collect();

    squares.extend(&expected).unwrap();

    assert_eq!(squares.len().unwrap(), 25_000);
    assert_eq!(squares.iter().map(Result::unwrap).collect::<HashMap<_, _>>(), expected);
    assert_eq!(squares.to_map().unwrap(), expected);
}

#[test]
fn extend_from_and_merge_prefer_the_other_dict() {
    let store = store();
    let (ages, other) = (ages(&store), Dict::open(&store, "other"));
    other.extend([("alan".to_string(), 42), ("bob".to_string(), 3)]).unwrap();
    let expected = HashMap::from([("ada".into(), 36), ("alan".into(), 42), ("bob".into(), 3)]);

    assert_eq!(ages.merge(&other).unwrap(), expected);
    assert_eq!(ages.len().unwrap(), 2);
    ages.extend_from(&other).unwrap();
    assert_eq!(ages.to_map().unwrap(), expected);
}

#[test]
fn extend_from_takes_more_than_lua_can_unpack() {
    let store = store();
    let (all, some): (Dict<u32, u32>, Dict<u32, u32>) =
        (Dict::open(&store, "all"), Dict::open(&store, "some"));
    some.extend((0..12_000).map(|n| (n, n))).unwrap();

    all.extend_from(&some).unwrap();

    assert_eq!(all.len().unwrap(), 12_000);
}

#[test]
fn an_entry_that_cannot_be_read_is_one_bad_item() {
    let store = store();
    let ages = ages(&store);
    send(&store, "HSET", ages.key(), &["\u{3}bob", ""]);
    let (good, bad): (Vec<_>, Vec<_>) = ages.iter().partition(Result::is_ok);

    assert_eq!(good.len(), 2);
    assert!(matches!(&bad[..], [Err(Error::Decode { key, len: 0, .. })] if key == ages.key()));
}

#[test]
fn an_entry_that_cannot_be_read_is_an_error_that_names_the_key() {
    let store = store();
    let ages = ages(&store);
    send(&store, "HSET", ages.key(), &["\u{3}bob", "\u{1}\u{1}"]);

    for error in [ages.get("bob").unwrap_err(), ages.to_map().unwrap_err()] {
        assert!(matches!(error, Error::Decode { key, len: 2, .. } if key == ages.key()));
    }
    assert_eq!(ages.get("ada").unwrap(), Some(36));
}

#[test]
fn a_key_that_is_not_canonical_is_an_error() {
    let store = store();
    let ids: Dict<u32, u32> = Dict::open(&store, "ids");
    ids.set(&36, &1).unwrap();
    send(
        &store,
        "EVAL",
        "return redis.call('HSET', KEYS[1], '\\251\\7\\0', '\\1')",
        &["1", ids.key()],
    );

    assert!(matches!(ids.keys(), Err(Error::Decode { .. })));
    assert_eq!(ids.get(&7).unwrap(), None);
    assert_eq!(ids.get(&36).unwrap(), Some(1));
}

#[test]
fn a_key_of_another_type_is_refused() {
    let store = store();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    send(&store, "SET", ages.key(), &["text"]);
    let refused = |error| matches!(error, Error::WrongType { expected: "a hash", .. });

    assert!(refused(ages.get("ada").unwrap_err()));
    assert!(refused(ages.set("ada", &36).unwrap_err()));
    assert!(refused(ages.insert("ada", &36).unwrap_err()));
    assert!(refused(ages.pop_any().unwrap_err()));
    assert!(refused(ages.iter().next().unwrap().unwrap_err()));
}

#[test]
fn the_first_call_reports_an_invalid_name() {
    let ages: Dict<String, u32> = Dict::open(&store(), "");

    assert!(matches!(ages.get("ada"), Err(Error::InvalidName { .. })));
}

#[test]
fn writes_keep_the_time_to_live() {
    let store = store();
    let ages = ages(&store);
    ages.expire(Duration::from_secs(60)).unwrap();

    ages.insert("ada", &37).unwrap();
    ages.extend_from(&ages).unwrap();
    ages.remove("alan").unwrap();

    assert!(ages.ttl().unwrap().is_some_and(|left| left <= Duration::from_secs(60)));
    assert!(ages.persist().unwrap() && ages.ttl().unwrap().is_none());
}

#[test]
fn rename_copy_to_and_clear_work_on_the_whole_dict() {
    let store = store();
    let ages = ages(&store);
    let (copy, moved): (Dict<String, u32>, Dict<String, u32>) =
        (Dict::open(&store, "copy"), Dict::open(&store, "moved"));

    assert!(ages.copy_to("copy").unwrap() && ages.rename("moved").unwrap());
    assert_eq!(copy.to_map().unwrap(), moved.to_map().unwrap());
    assert!(!ages.rename("moved").unwrap() && !ages.exists().unwrap());
    assert!(moved.clear().unwrap() && !moved.clear().unwrap());
}
