//! The stored keys of a struct, and their times to live.

use std::time::Duration;

use redis_collections::{Collection, Error, RedisStruct, Store};
use redis_collections_tests::{send, text};

use super::player::*;

#[test]
fn keys_and_types_are_those_of_the_design() {
    let store = Store::temporary().unwrap();

    full().save(&store, "a:b").unwrap();

    let hash = "{game:player:a%3Ab}";
    let kinds = [
        ("", "hash"),
        (":home", "hash"),
        (":home:guests", "list"),
        (":inventory", "hash"),
        (":sorted", "hash"),
        (":lives", "hash"),
        (":quests", "list"),
        (":friends", "set"),
        (":badges", "set"),
        (":kills", "hash"),
        (":inbox", "list"),
        (":ladder", "zset"),
        (":towns", "zset"),
        (":settings", "hash"),
        (":notes", "list"),
        (":tags", "set"),
        (":counts", "hash"),
        (":scores", "zset"),
        (":queue", "list"),
        (":stock", "hash"),
    ];
    let mut expected: Vec<_> = kinds.iter().map(|(field, _)| format!("{hash}{field}")).collect();
    expected.extend(["{game:player}:~schema".into(), "{home}:~schema".into()]);
    expected.sort();
    assert_eq!(keys(&store), expected);
    for (field, kind) in kinds {
        let found = send(&store, "TYPE", &format!("{hash}{field}"), &[]);
        assert_eq!(found, redis::Value::SimpleString(kind.into()), "{field}");
    }
}

#[test]
fn numbers_and_counts_are_readable_by_any_client() {
    let store = Store::temporary().unwrap();

    full().save(&store, "ada").unwrap();

    let scalar = |field| text(&store, "{game:player:ada}", field);
    assert_eq!(["gold", "speed", "level"].map(scalar), ["-3", "1.5", "9"].map(|n| Some(n.into())));
    assert_eq!(scalar("~v").as_deref(), Some("1"));
    let orc = send(&store, "HVALS", "{game:player:ada}:kills", &[]);
    assert_eq!(orc, redis::Value::Array(vec![redis::Value::BulkString(b"4".into())]));
}

#[test]
fn saving_keeps_times_to_live_and_replaces_all_else() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    ada.expire(Duration::from_secs(60)).unwrap();

    Player { name: "Bob".into(), ..Player::default() }.save(&store, "ada").unwrap();
    Player { quests: vec!["new".into()], ..full() }.save(&store, "ada").unwrap();

    assert!(ada.ttl().unwrap().is_some());
    assert!(ada.inventory.ttl().unwrap().is_none(), "it was gone in between");
    assert_eq!(ada.quests.to_vec().unwrap(), ["new"]);
    assert_eq!(ada.title.get().unwrap().as_deref(), Some("Countess"));
}

#[test]
fn an_expired_or_deleted_instance_has_no_key_left() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    assert!(ada.exists().unwrap() && ada.persist().is_ok_and(|had| !had));

    assert!(ada.delete().unwrap());

    assert!(!ada.delete().unwrap() && !ada.exists().unwrap());
    assert_eq!(keys(&store), ["{game:player}:~schema", "{home}:~schema"]);
}

#[test]
fn an_empty_instance_exists_once_it_is_saved() {
    let store = Store::temporary().unwrap();

    Home::default().save(&store, "none").unwrap();

    assert!(Home::exists(&store, "none").unwrap());
    assert_eq!(Home::load(&store, "none").unwrap(), Some(Home::default()));
}

#[test]
fn discarding_forgets_unsynced_changes() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();
    ada.settings.clear();
    ada.notes.push("lost".into());

    ada.discard().unwrap();

    assert!(!ada.is_dirty());
    assert_eq!(ada.settings["lang"], "en");
    assert_eq!(ada.snapshot().unwrap().unwrap().notes, ["first"]);
}

#[test]
fn a_conflict_in_one_field_writes_none() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();
    ada.notes.remote().push("second").unwrap();
    ada.notes[0] = "changed".into();
    ada.settings.insert("a".into(), "1".into());

    let error = ada.sync().unwrap_err();

    assert!(matches!(error, Error::Conflict { keys, .. } if keys == ["{game:player:ada}:notes"]));
    assert!(!ada.settings.remote().contains_key("a").unwrap());
    assert!(ada.is_dirty());
}

/// All keys of the server, in order.
fn keys(store: &Store) -> Vec<String> {
    let redis::Value::Array(keys) = send(store, "KEYS", "*", &[]) else { panic!("no keys") };
    let mut keys: Vec<String> =
        keys.into_iter().map(|key| redis::from_redis_value(key).unwrap()).collect();
    keys.sort();
    keys
}
