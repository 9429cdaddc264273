//! `#[lru]`: an `LruDict` as the field of a struct.

use std::collections::{BTreeMap, HashMap};

use redis_collections::{Error, LruDict, RedisStruct};
use redis_collections_tests::{send, store};

/// A struct with a field of each kind that is kept in memory.
#[derive(RedisStruct, Debug, Default, PartialEq)]
struct World {
    name: String,
    #[sync]
    rules: HashMap<String, u32>,
    #[lru(maxsize = 2)]
    tiles: HashMap<u32, String>,
    #[lru(maxsize = 100)]
    heights: BTreeMap<u32, i32>,
}

#[test]
fn a_sync_of_the_struct_writes_dirty_entries() {
    let store = store();
    let mut world = World::open(&store, "sync").unwrap();
    world.rules.insert("gravity".into(), 10);
    world.tiles.set(1, "grass".into()).unwrap();
    world.heights.set(1, -3).unwrap();
    assert!(world.is_dirty());

    world.sync().unwrap();

    assert!(!world.is_dirty());
    assert_eq!(world.tiles.remote().get(&1).unwrap(), Some("grass".into()));
    assert_eq!(world.heights.remote().get(&1).unwrap(), Some(-3));
    assert_eq!((world.tiles.maxsize(), world.tiles.key()), (2, "{world:sync}:tiles"));
    World::delete(&store, "sync").unwrap();
}

#[test]
fn a_sync_that_fails_writes_no_field_and_loses_none() {
    let store = store();
    let mut world = World::open(&store, "failing").unwrap();
    world.rules.insert("gravity".into(), 10);
    world.tiles.set(1, "grass".into()).unwrap();
    world.heights.set(1, -3).unwrap();
    send(&store, "SET", world.heights.key(), &["text"]);

    assert!(matches!(world.sync(), Err(Error::WrongType { .. })));
    assert_eq!(world.tiles.remote().len().unwrap(), 0);
    // The entry is not taken for one that is still on its way.
    (2..4).for_each(|at| world.tiles.set(at, "sand".into()).unwrap());
    assert_eq!(world.tiles.remote().get(&1).unwrap(), Some("grass".into()));

    send(&store, "DEL", world.heights.key(), &[]);
    world.sync().unwrap();
    assert_eq!((world.tiles.remote().len().unwrap(), world.is_dirty()), (3, false));
    World::delete(&store, "failing").unwrap();
}

#[test]
fn the_plain_struct_is_loaded_and_saved_without_the_field() {
    let store = store();
    let mut world = World::open(&store, "plain").unwrap();
    world.tiles.set(1, "grass".into()).unwrap();
    world.sync().unwrap();

    assert!(World::exists(&store, "plain").unwrap());
    assert_eq!(World::load(&store, "plain").unwrap(), Some(World::default()));
    let tiles = HashMap::from([(9, "lava".into())]);
    World { name: "Mars".into(), tiles, ..World::default() }.save(&store, "plain").unwrap();
    assert_eq!(world.tiles.remote().to_map().unwrap(), HashMap::from([(1, "grass".into())]));

    assert!(World::delete(&store, "plain").unwrap());
    assert_eq!(world.tiles.remote().len().unwrap(), 0);
}

#[test]
fn discard_drops_unwritten_entries() {
    let store = store();
    let mut world = World::open(&store, "discard").unwrap();
    world.tiles.set(1, "grass".into()).unwrap();
    world.sync().unwrap();

    world.tiles.set(1, "lava".into()).unwrap();
    world.rules.insert("gravity".into(), 0);
    world.tiles.set(2, "lava".into()).unwrap();
    world.discard().unwrap();

    assert!(!world.is_dirty() && world.rules.is_empty());
    assert_eq!(world.tiles.get_many(&[1, 2]).unwrap(), [Some("grass".into()), None]);
    World::delete(&store, "discard").unwrap();
}

#[test]
fn a_clone_that_changes_an_entry_keeps_it_dirty() {
    let store = store();
    let mut world = World::open(&store, "clone").unwrap();
    let tiles: LruDict<u32, String> = world.tiles.clone();
    tiles.set(1, "grass".into()).unwrap();

    world.sync().unwrap();
    tiles.set(1, "sand".into()).unwrap();
    assert!(world.is_dirty());
    world.sync().unwrap();
    assert_eq!(tiles.remote().get(&1).unwrap(), Some("sand".into()));
    World::delete(&store, "clone").unwrap();
}
