//! Two definitions of one struct never mix, wherever they meet.

use redis_collections::{Error, RedisStruct, Result, Store};
use redis_collections_tests::{send, store};

mod before {
    use redis_collections::RedisStruct;

    #[derive(RedisStruct, Debug, Default, PartialEq)]
    #[redis(namespace = "definitions:guild")]
    pub(crate) struct Guild {
        #[redis(value)]
        pub(crate) size: u32,
    }

    #[derive(RedisStruct, Debug, Default, PartialEq)]
    #[redis(namespace = "definitions:town")]
    pub(crate) struct Town {
        #[redis(nested)]
        pub(crate) guild: Guild,
    }
}

mod after {
    use redis_collections::RedisStruct;

    #[derive(RedisStruct, Debug, Default, PartialEq)]
    #[redis(namespace = "definitions:guild")]
    pub(crate) struct Guild {
        pub(crate) size: i64,
    }

    #[derive(RedisStruct, Debug, Default, PartialEq)]
    #[redis(namespace = "definitions:town")]
    pub(crate) struct Town {
        #[redis(nested)]
        pub(crate) guild: Guild,
    }
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "definitions:other")]
struct Other {
    name: String,
}

fn is_mismatch<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result.unwrap_err(), Error::SchemaMismatch { field, .. } if field == "size")
}

#[test]
fn a_twin_without_fields_in_memory_is_compared_as_well() {
    let store = Store::temporary().unwrap();
    before::Guild { size: 53 }.save(&store, "x").unwrap();

    assert!(is_mismatch(after::Guild::open(&store, "x")));
}

#[test]
fn each_struct_of_a_batch_is_compared() {
    let store = Store::temporary().unwrap();
    before::Guild { size: 53 }.save(&store, "x").unwrap();

    assert!(is_mismatch(
        store.atomic(|tx| { (Other::load(tx, "b"), after::Guild { size: 1 }.save(tx, "x")) })
    ));
    assert_eq!(before::Guild::load(&store, "x").unwrap().unwrap().size, 53);
}

#[test]
fn a_nested_struct_is_compared() {
    let store = Store::temporary().unwrap();
    before::Town { guild: before::Guild { size: 53 } }.save(&store, "x").unwrap();

    assert!(is_mismatch(after::Town::load(&store, "x")));
    assert!(is_mismatch(after::Town::default().save(&store, "x")));
}

#[test]
fn a_store_that_cannot_write_still_reads_known_structs() {
    let store = Store::temporary().unwrap();
    Other { name: "Ada".into() }.save(&store, "x").unwrap();
    let server = send(&store, "CONFIG", "GET", &["unixsocket"]);
    let path: Vec<String> = redis::from_redis_value(server).unwrap();

    send(&store, "CONFIG", "SET", &["maxmemory", "1"]);
    let other = Store::open(&format!("redis+unix://{}", path[1])).unwrap();

    assert_eq!(Other::load(&other, "x").unwrap().unwrap().name, "Ada");
}

#[test]
fn a_definition_is_kept_in_the_namespace_of_its_struct_alone() {
    let store = store();
    Other::default().save(&store, "x").unwrap();

    let found = send(&store, "HGET", "{definitions:other}:~schema", &["name"]);
    assert_eq!(found, redis::Value::BulkString(b"Value bincode 0".into()));
}
