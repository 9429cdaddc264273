//! Each failure has its own variant, with the expected and the found value, and writes nothing.

use std::{env, process::Command, time::Duration};

use redis_collections::raw::{Key, Request};
use redis_collections::{
    Dict, Error, List, Number, Outcome, RedisStruct, Server, Set, Store, Value, aio,
};
use redis_collections_tests::store;

#[derive(RedisStruct, Debug, PartialEq)]
struct Player {
    name: String,
    #[redis(value)]
    born: Year,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Year(u16);

#[test]
fn a_refused_connection_is_unavailable() {
    let error = Store::open("redis://127.0.0.1:1/").unwrap_err();

    assert!(matches!(error, Error::Unavailable { outcome: Outcome::NotApplied, .. }), "{error}");
    for word in ["refused", "127.0.0.1:1"] {
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_unavailable_when_awaited() {
    let error = aio::Store::open("redis://127.0.0.1:1/").await.unwrap_err();

    assert!(matches!(error, Error::Unavailable { outcome: Outcome::NotApplied, .. }), "{error}");
}

#[test]
fn the_error_for_an_invalid_url_shows_a_valid_one() {
    let error = Store::open("localhost").unwrap_err();

    assert!(error.to_string().contains("redis://127.0.0.1"), "{error}");
}

#[test]
fn a_wrong_password_is_reported_and_not_shown() {
    let server = Server::temporary_with(["--requirepass", "right-one"]).unwrap();

    let wrong = Store::open(&format!("{}?pass=wrong-one", server.url())).unwrap_err();
    let store = Store::open(&format!("{}?pass=right-one", server.url())).unwrap();

    assert!(matches!(wrong, Error::Auth { .. }), "{wrong}");
    for shown in [format!("{wrong:?} {wrong}"), format!("{store:?} {:?}", Store::builder("x"))] {
        assert!(!shown.contains("-one"), "{shown}");
    }
}

#[test]
fn a_missing_password_is_reported() {
    let server = Server::temporary_with(["--requirepass", "right-one"]).unwrap();
    let error = Store::open(server.url()).and_then(|store| store.ping()).unwrap_err();

    assert!(matches!(error, Error::Auth { .. }), "{error}");
}

#[test]
fn a_server_that_went_away_is_unavailable_and_then_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::open(folder.path()).unwrap();
    let builder = Store::builder(server.url()).connect_timeout(Duration::from_millis(200));
    let store = builder.open().unwrap();
    let list: List<u32> = List::open(&store, "list");
    list.push(&1).unwrap();

    drop(server);
    let error = list.push(&2).unwrap_err();
    assert!(matches!(error, Error::Unavailable { .. }), "{error}");

    let _server = Server::open(folder.path()).unwrap();
    assert_eq!(list.to_vec().unwrap(), [1]);
}

#[test]
fn without_any_server_the_error_says_how_to_get_one() {
    if env::var_os("CHILD").is_some() {
        let error = Store::connect().unwrap_err();
        assert!(matches!(&error, Error::NoServer { reason, .. } if reason.contains("install")));
        return;
    }
    let nowhere = tempfile::tempdir().unwrap();

    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "without_any_server_the_error_says_how_to_get_one"])
        .env_clear()
        .envs([("CHILD", "1".as_ref()), ("HOME", nowhere.path().as_os_str())])
        .output()
        .unwrap();

    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
}

#[test]
fn a_key_of_another_type_is_named_and_left_alone() {
    let store = store();
    let list: List<u32> = List::open(&store, "mixed");
    list.push(&1).unwrap();

    let ages: Dict<String, u32> = Dict::open(&store, "mixed");
    let errors = [
        ages.set("ada", &36).unwrap_err(),
        ages.insert("ada", &36).unwrap_err(),
        ages.to_map().unwrap_err(),
    ];

    for error in errors {
        let Error::WrongType { key, expected, .. } = &error else { panic!("{error}") };
        assert_eq!((key.as_str(), *expected), (list.key(), "a hash"));
        assert_eq!(error.outcome(), Outcome::NotApplied);
    }
    assert_eq!(list.to_vec().unwrap(), [1]);
}

#[test]
fn an_undecodable_value_names_its_key_and_not_its_bytes() {
    let store = store();
    let texts: Dict<String, String> = Dict::open(&store, "ages");
    texts.set("ada", "secret-text").unwrap();

    let error = Dict::<String, u64>::open(&store, "ages").get("ada").unwrap_err();

    let Error::Decode { key, codec, len, .. } = &error else { panic!("{error}") };
    assert_eq!((key.as_str(), *codec, *len), (texts.key(), "bincode", 12));
    assert!(!format!("{error:?} {error}").contains("secret"), "{error}");
}

#[test]
fn a_scalar_that_is_no_number_names_its_field() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "gold");
    name.set("much").unwrap();
    let gold: Number<i64> = Number::open(&store, "ada", "gold");

    for error in [gold.get().unwrap_err(), gold.add(1).unwrap_err()] {
        assert!(
            matches!(&error, Error::NotANumber { key, .. } if key.ends_with(":ada gold")),
            "{error}"
        );
    }
    assert_eq!(name.get().unwrap().as_deref(), Some("much"));
}

#[test]
fn an_empty_or_endless_name_is_refused_before_anything_is_sent() {
    let store = store();
    let long = "x".repeat(5000);

    for name in ["", &long] {
        let error = Dict::<String, u32>::open(&store, name).set("ada", &36).unwrap_err();
        assert!(matches!(error, Error::InvalidName { .. }), "{error}");
        let error = Player::load(&store, name).unwrap_err();
        assert!(matches!(error, Error::InvalidName { .. }), "{error}");
        let error = Player::open(&store, name).unwrap_err();
        assert!(matches!(error, Error::InvalidName { .. }), "{error}");
    }
}

#[test]
fn a_value_field_without_a_default_is_missing_by_name() {
    let store = store();
    let player = Player::open(&store, "ada").unwrap();
    player.name.set("Ada").unwrap();

    let error = Player::load(&store, "ada").unwrap_err();

    assert!(matches!(&error, Error::Missing { key, .. } if key == "{player:ada} born"), "{error}");
}

#[test]
fn two_definitions_of_one_namespace_never_mix() {
    #[derive(RedisStruct, Debug, Default)]
    #[redis(namespace = "mismatch")]
    struct Before {
        gold: i64,
    }
    #[derive(RedisStruct, Debug, Default)]
    #[redis(namespace = "mismatch")]
    struct After {
        gold: Vec<String>,
    }
    let store = store();
    Before { gold: 5 }.save(&store, "ada").unwrap();

    let errors = [
        After::load(&store, "ada").unwrap_err(),
        After::default().save(&store, "ada").unwrap_err(),
    ];

    for error in errors {
        let Error::SchemaMismatch { namespace, field, expected, found, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!((namespace.as_str(), field.as_str()), ("mismatch", "gold"));
        assert_eq!(expected, "a `List` of `bincode` values");
        assert_eq!(found, "a `Number` of `native` values");
    }
    assert_eq!(Before::load(&store, "ada").unwrap().unwrap().gold, 5);
}

#[test]
fn two_stores_of_one_server_share_their_operands() {
    let server = Server::temporary().unwrap();
    let (one, two) = (Store::open(server.url()).unwrap(), Store::open(server.url()).unwrap());
    let (set, other) = (Set::<u32>::open(&one, "a"), Set::<u32>::open(&two, "b"));
    set.insert(&1).unwrap();
    other.insert(&2).unwrap();

    assert_eq!(set.union([&other]).unwrap(), [1, 2].into());
}

#[test]
fn a_request_and_a_servers_words_hold_no_payload() {
    let server = Server::temporary_with(["--rename-command", "HSET", ""]).unwrap();
    let store = Store::open(server.url()).unwrap();
    let ages: Dict<String, String> = Dict::open(&store, "ages");

    let error = ages.set("ada", "secret-word").unwrap_err();
    let request = Request::once("HSET", &Key::of_name(None, "ages")).arg("secret-word");

    let shown = format!("{error} {error:?} {request:?}");
    assert!(shown.contains("unknown command") && !shown.contains("secret-word"), "{shown}");
}
