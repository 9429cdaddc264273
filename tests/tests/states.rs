//! The states of a server that refuses, each with its variant, and nothing written.

use std::time::{Duration, Instant};

use redis_collections::{
    Collection, Counter, Dict, Error, Executor, RedisStruct, Server, Store, Syncable,
    SyncableCounter,
    raw::{Key, Request, Script},
};
use redis_collections_tests::{send, store};

static FROM_THE_FUTURE: Script = Script::read("TELEPORT", "return redis.call('TELEPORT', KEYS[1])");

#[derive(RedisStruct, Debug, PartialEq)]
struct Player {
    name: String,
}

#[test]
fn a_full_server_refuses_the_write_and_still_reads() {
    let store = Store::temporary().unwrap();
    let visits: Counter<String> = Counter::open(&store, "visits");
    visits.add("home", 1).unwrap();

    send(&store, "CONFIG", "SET", &["maxmemory", "1"]);

    let error = visits.add("home", 1).unwrap_err();
    assert!(matches!(error, Error::OutOfMemory { .. }), "{error}");
    let error = Player { name: "Ada".into() }.save(&store, "ada").unwrap_err();
    assert!(matches!(error, Error::OutOfMemory { .. }), "{error}");
    assert_eq!(visits.get("home").unwrap(), 1);
    assert!(visits.exists().unwrap());
}

#[test]
fn a_replica_refuses_writes_as_read_only() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    send(&store, "REPLICAOF", "127.0.0.1", &["1"]);

    let error = ages.set("ada", &36).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
}

#[test]
fn a_full_server_is_no_overflow_of_a_synced_count() {
    let store = Store::temporary().unwrap();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    kills.add("orc".into(), 1);

    send(&store, "CONFIG", "SET", &["maxmemory", "1"]);

    let error = kills.sync().unwrap_err();
    assert!(matches!(error, Error::OutOfMemory { .. }), "{error}");
}

#[test]
fn a_stopped_server_is_reported_after_the_connect_timeout() {
    let server = Server::temporary().unwrap();
    let builder = Store::builder(server.url()).connect_timeout(Duration::from_millis(100));
    let store = builder.open().unwrap();
    drop(server);
    let started = Instant::now();

    let error = Dict::<String, u32>::open(&store, "ages").get("ada").unwrap_err();

    assert!(matches!(error, Error::Unavailable { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn a_command_that_the_server_does_not_know_is_unsupported_also_in_a_script() {
    let (store, key) = (store(), Key::of_name(None, "ages"));

    for request in [Request::read("TELEPORT", &key), Request::script(&FROM_THE_FUTURE, [&key])] {
        let error = store.run(request, Ok).unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    }
}
