//! Times to live of single entries: kept by the servers that know them, refused by the others.

use std::{
    collections::HashMap,
    thread,
    time::{Duration, SystemTime},
};

use redis_collections::{Collection, Dict, Error, Outcome, Result, Server, Store, aio};
use redis_collections_tests::store;

use crate::ages;

const MINUTE: Duration = Duration::from_secs(60);

/// Whether the server knows times to live of entries; there is no other way to know than to ask.
fn knows(store: &Store) -> bool {
    let asked = Dict::<String, u32>::open(store, "asked").entry_ttl("anything");
    !matches!(asked, Err(Error::Unsupported { .. }))
}

/// Checks that an old server has refused a call, and says what it needs.
fn assert_refused<T>(answer: Result<T>) {
    let Err(error) = answer else { panic!("a server that cannot has done it") };
    assert!(matches!(error, Error::Unsupported { needs: "Redis 7.4, Valkey 9", .. }), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(error.to_string().contains("ages` needs Redis 7.4, Valkey 9: "), "{error}");
}

#[test]
fn an_old_server_refuses_every_call_and_nothing_is_written() {
    let store = store();
    if knows(&store) {
        return;
    }
    let ages = ages(&store);

    assert_refused(ages.set_with_ttl("ada", &37, MINUTE));
    assert_refused(ages.expire_entry("ada", MINUTE));
    assert_refused(ages.expire_entry_at("ada", SystemTime::now() + MINUTE));
    assert_refused(ages.persist_entry("ada"));
    assert_refused(ages.entry_ttl("ada"));
    assert_eq!(ages.get("ada").unwrap(), Some(36));
}

#[test]
fn an_old_server_refuses_a_transaction_as_a_whole() {
    let store = store();
    if knows(&store) {
        return;
    }
    let ages = ages(&store);

    let set = store
        .atomic(|tx| (ages.on(tx).set("ada", &1), ages.on(tx).set_with_ttl("alan", &1, MINUTE)));
    assert_refused(set);
    let expire =
        store.atomic(|tx| (ages.on(tx).set("ada", &1), ages.on(tx).expire_entry("alan", MINUTE)));
    assert_refused(expire);
    assert_eq!(ages.get_many(["ada", "alan"]).unwrap(), [Some(36), Some(41)]);
}

#[test]
fn an_old_server_refuses_its_part_of_a_pipeline() {
    let store = store();
    if knows(&store) {
        return;
    }
    let ages = ages(&store);

    let answers = store.pipeline(|batch| {
        (ages.on(batch).set("ada", &1), ages.on(batch).set_with_ttl("alan", &1, MINUTE))
    });

    let Err(Error::Partly { failed, .. }) = answers else { panic!("{answers:?}") };
    assert!(failed.iter().all(|(at, error)| *at > 0 && matches!(error, Error::Unsupported { .. })));
    assert_eq!(ages.get_many(["ada", "alan"]).unwrap(), [Some(1), Some(41)]);
}

#[tokio::test]
async fn an_old_server_refuses_awaited_calls() {
    let server = Server::temporary().unwrap();
    if knows(&Store::open(server.url()).unwrap()) {
        return;
    }
    let store = aio::Store::open(server.url()).await.unwrap();
    let ages: Dict<String, u32, aio::Store> = Dict::open(&store, "ages");

    assert_refused(ages.set_with_ttl("ada", &1, MINUTE).await);
    let both = store
        .atomic(|tx| (ages.on(tx).set("ada", &1), ages.on(tx).set_with_ttl("alan", &1, MINUTE)));
    assert_refused(both.await);
    assert_eq!(ages.len().await.unwrap(), 0);
}

#[test]
fn an_entry_set_with_a_time_to_live_expires_alone() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);

    ages.set_with_ttl("ada", &37, Duration::from_millis(40)).unwrap();
    assert_eq!(ages.get("ada").unwrap(), Some(37));
    while ages.contains_key("ada").unwrap() {
        thread::yield_now();
    }

    assert_eq!(ages.entry_ttl("ada").unwrap(), None);
    assert_eq!(ages.to_map().unwrap(), [("alan".to_string(), 41)].into());
}

#[test]
fn a_time_to_live_is_kept_to_the_millisecond() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);

    ages.set_with_ttl("ada", &37, MINUTE).unwrap();
    assert!(ages.expire_entry("alan", Duration::from_millis(59_999)).unwrap());

    let [ada, alan] = ["ada", "alan"].map(|name| ages.entry_ttl(name).unwrap().unwrap());
    let within = Duration::from_secs(50)..=MINUTE;
    assert!(within.contains(&ada) && within.contains(&alan) && alan < MINUTE, "{ada:?} {alan:?}");
}

#[test]
fn an_entry_can_expire_at_a_time_and_be_persisted() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);

    assert!(ages.expire_entry_at("ada", SystemTime::now() + MINUTE).unwrap());
    assert!(ages.entry_ttl("ada").unwrap().is_some_and(|left| left <= MINUTE));
    assert!(ages.persist_entry("ada").unwrap() && !ages.persist_entry("ada").unwrap());
    assert_eq!(ages.entry_ttl("ada").unwrap(), None);
}

#[test]
fn a_missing_entry_has_no_time_to_live() {
    let store = store();
    if !knows(&store) {
        return;
    }

    for ages in [ages(&store), Dict::open(&store, "nothing")] {
        assert!(!ages.expire_entry("bob", MINUTE).unwrap());
        assert!(!ages.expire_entry_at("bob", SystemTime::now()).unwrap());
        assert!(!ages.persist_entry("bob").unwrap());
        assert_eq!(ages.entry_ttl("bob").unwrap(), None);
    }
}

#[test]
fn a_time_to_live_of_zero_or_in_the_past_removes_the_entry_at_once() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);

    ages.set_with_ttl("ada", &37, Duration::ZERO).unwrap();
    assert!(ages.expire_entry_at("alan", SystemTime::UNIX_EPOCH - MINUTE).unwrap());

    assert!(!ages.exists().unwrap());
}

#[test]
fn a_time_that_no_server_can_keep_is_refused_before_anything_is_written() {
    let ages = ages(&store());
    let year_30_000 = SystemTime::UNIX_EPOCH + Duration::from_secs(28_000 * 365 * 24 * 3600);

    let errors = [
        ages.set_with_ttl("ada", &1, Duration::MAX).unwrap_err(),
        ages.expire_entry("ada", Duration::from_millis(i64::MAX as u64)).unwrap_err(),
        ages.expire_entry_at("ada", year_30_000).unwrap_err(),
    ];

    for error in errors {
        assert!(matches!(&error, Error::OutOfRange { key, .. } if key == ages.key()), "{error}");
    }
    assert_eq!(ages.get("ada").unwrap(), Some(36));
}

#[test]
fn the_longest_time_to_live_is_one_that_the_server_takes() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);
    let longest = Duration::from_millis(1 << 47);

    ages.set_with_ttl("ada", &37, longest).unwrap();
    assert!(ages.expire_entry("alan", longest).unwrap());
    let last = SystemTime::UNIX_EPOCH + Duration::from_millis((1 << 48) - 2);
    assert!(ages.expire_entry_at("alan", last).unwrap());

    assert!(ages.entry_ttl("ada").unwrap().is_some_and(|left| left + MINUTE > longest));
}

type Set = fn(&Dict<String, u32>) -> Result<()>;

#[test]
fn setting_an_entry_again_removes_its_time_to_live() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);
    let sets: [Set; 5] = [
        |ages| ages.set("ada", &1),
        |ages| ages.insert("ada", &1).map(drop),
        |ages| ages.replace_if("ada", &36, &1).map(drop),
        |ages| ages.extend([("ada".to_string(), 1)]),
        |ages| ages.extend_from(&HashMap::from([("ada".to_string(), 1)])),
    ];

    for set in sets {
        ages.set_with_ttl("ada", &36, MINUTE).unwrap();
        set(&ages).unwrap();
        assert_eq!(ages.entry_ttl("ada").unwrap(), None);
    }
}

#[test]
fn other_calls_keep_the_time_to_live_of_an_entry() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);
    ages.set_with_ttl("ada", &36, MINUTE).unwrap();

    ages.set_if_absent("ada", &1).unwrap();
    ages.get_or_insert("ada", &1).unwrap();
    ages.replace_if("ada", &35, &1).unwrap();
    ages.remove("alan").unwrap();
    ages.rename("renamed").unwrap();
    let renamed: Dict<String, u32> = Dict::open(&store, "renamed");
    renamed.copy_to("copy").unwrap();

    let copy: Dict<String, u32> = Dict::open(&store, "copy");
    assert!(renamed.entry_ttl("ada").unwrap().is_some());
    assert!(copy.entry_ttl("ada").unwrap().is_some());
}

#[test]
fn the_key_keeps_its_own_time_to_live() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);
    ages.expire(MINUTE).unwrap();

    ages.set_with_ttl("ada", &37, MINUTE * 2).unwrap();

    assert!(ages.ttl().unwrap().is_some_and(|left| left <= MINUTE));
}

#[test]
fn a_transaction_takes_entries_with_a_time_to_live() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let ages = ages(&store);

    let answers = store.atomic(|tx| {
        let ages = ages.on(tx);
        (ages.set_with_ttl("ada", &1, MINUTE), ages.entry_ttl("ada"), ages.persist_entry("alan"))
    });

    let ((), left, persisted) = answers.unwrap();
    assert!(left.is_some_and(|left| left <= MINUTE) && !persisted);
}

#[test]
fn a_key_of_another_type_has_no_entries_to_expire() {
    let store = store();
    if !knows(&store) {
        return;
    }
    let list = redis_collections::List::<u32>::open(&store, "ages");
    list.push(&1).unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    let refused = |error| matches!(error, Error::WrongType { expected: "a hash", .. });
    assert!(refused(ages.set_with_ttl("ada", &1, MINUTE).unwrap_err()));
    assert!(refused(ages.expire_entry("ada", MINUTE).unwrap_err()));
    assert!(refused(ages.entry_ttl("ada").unwrap_err()));
}
