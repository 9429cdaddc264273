//! `LruDict`: a map in one Redis hash, with the most recently used entries in memory.

mod crashes;
mod failures;
mod faults;
mod fields;
mod model;
mod overlaps;
mod shared_loads;
mod whole;
mod zipf;

use std::time::Duration;

use redis::Value;
use redis_collections::{Collection, LruDict, Store};
use redis_collections_tests::{send, store};

fn tiles(maxsize: usize) -> LruDict<u32, String> {
    LruDict::open(&store(), "tiles", maxsize)
}

fn grass() -> String {
    "grass".into()
}

/// A server of its own, whose commands nobody else counts.
fn counted(maxsize: usize) -> (Store, LruDict<u32, String>) {
    let store = Store::temporary().unwrap();
    let tiles = LruDict::open(&store, "tiles", maxsize);
    (store, tiles)
}

/// How many commands the server was sent by name, scripts as one.
fn calls(store: &Store, command: &str) -> u64 {
    let Value::BulkString(info) = send(store, "INFO", "commandstats", &[]) else { panic!() };
    let info = String::from_utf8(info).unwrap();
    let line = format!("cmdstat_{command}:calls=");
    let calls = info.lines().find_map(|found| found.strip_prefix(&line)?.split(',').next());
    calls.map_or(0, |calls| calls.parse().unwrap())
}

fn commands(store: &Store) -> u64 {
    let Value::BulkString(info) = send(store, "INFO", "stats", &[]) else { panic!() };
    let info = String::from_utf8(info).unwrap();
    let count = info.lines().find_map(|line| line.strip_prefix("total_commands_processed:"));
    count.unwrap().parse().unwrap()
}

#[test]
fn a_hit_sends_nothing() {
    let (store, tiles) = counted(10);
    tiles.remote().set(&7, &grass()).unwrap();
    tiles.get(&7).unwrap();
    let before = commands(&store);

    assert_eq!(tiles.get(&7).unwrap(), Some(grass()));
    assert_eq!(tiles.get_many(&[7, 7]).unwrap(), [Some(grass()), Some(grass())]);
    assert_eq!(tiles.insert(7, "sand".into()).unwrap(), Some(grass()));
    tiles.set(8, grass()).unwrap();
    assert!(tiles.contains_key(&8).unwrap());
    assert_eq!(commands(&store), before + 1);
}

#[test]
fn stats_count_hits_misses_evictions_and_writes() {
    let tiles = tiles(2);

    (0..4).for_each(|at| tiles.set(at, grass()).unwrap());
    tiles.get(&3).unwrap();
    tiles.get(&0).unwrap();

    let stats = tiles.stats();
    assert_eq!((stats.hits, stats.misses), (1, 1));
    assert_eq!((stats.evictions, stats.writes), (3, 3));
}

#[test]
fn the_most_recently_used_entries_stay_in_memory() {
    let tiles = tiles(2);
    (0..2).for_each(|at| tiles.set(at, grass()).unwrap());
    tiles.get(&0).unwrap();

    tiles.set(2, grass()).unwrap();

    assert_eq!(tiles.remote().to_map().unwrap().into_keys().collect::<Vec<_>>(), [1]);
}

#[test]
fn an_evicted_entry_is_still_there() {
    let tiles = tiles(3);

    (0..100).for_each(|at| tiles.set(at, at.to_string()).unwrap());

    assert!((0..100).all(|at| tiles.get(&at).unwrap() == Some(at.to_string())));
    assert_eq!(tiles.len().unwrap(), 100);
}

#[test]
fn redis_keeps_an_entry_that_was_read() {
    let tiles = tiles(10);
    tiles.remote().set(&7, &grass()).unwrap();

    assert_eq!(tiles.get(&7).unwrap(), Some(grass()));
    assert_eq!(tiles.remote().get(&7).unwrap(), Some(grass()));
    assert!(!tiles.is_dirty());
}

#[test]
fn reading_writes_nothing() {
    let (store, tiles) = counted(3);
    tiles.remote().extend((0..100).map(|at| (at, grass()))).unwrap();
    let before = calls(&store, "hset");

    (0..100).for_each(|at| assert!(tiles.get(&at).unwrap().is_some()));
    assert_eq!(tiles.get(&100).unwrap(), None);
    assert_eq!((calls(&store, "hset"), calls(&store, "evalsha")), (before, 0));
}

#[test]
fn victims_are_written_in_batches_with_the_call_that_needs_room() {
    let (store, tiles) = counted(100);

    (0..1000).for_each(|at| tiles.set(at, grass()).unwrap());
    let scripts = calls(&store, "hset");
    assert!((15..=20).contains(&scripts), "{scripts}");
    let before = calls(&store, "evalsha") + calls(&store, "hget");
    (0..100).for_each(|at| assert!(tiles.get(&at).unwrap().is_some()));
    // A miss with victims is one script, which is also counted as the commands that it calls.
    assert_eq!(calls(&store, "hget") + calls(&store, "evalsha"), before + 100 + 2);
}

#[test]
fn insert_returns_the_old_value_wherever_it_is() {
    let tiles = tiles(10);
    tiles.remote().set(&7, &grass()).unwrap();

    assert_eq!(tiles.insert(7, "sand".into()).unwrap(), Some(grass()));
    assert_eq!(tiles.insert(7, "rock".into()).unwrap(), Some("sand".into()));
    assert_eq!(tiles.insert(8, grass()).unwrap(), None);
    assert_eq!(tiles.get(&7).unwrap(), Some("rock".into()));
    // What memory does not know is asked for and written in one script; the rest waits.
    assert_eq!(tiles.remote().get(&7).unwrap(), Some("sand".into()));
}

#[test]
fn get_many_asks_once_for_all_that_memory_lacks() {
    let (store, tiles) = counted(10);
    tiles.remote().extend((0..5).map(|at| (at, at.to_string()))).unwrap();
    tiles.set(1, grass()).unwrap();
    let before = commands(&store);

    let values = tiles.get_many(&[0, 1, 9, 4, 0]).unwrap();

    assert_eq!(commands(&store), before + 2);
    let zero = Some("0".to_string());
    assert_eq!(values, [zero.clone(), Some(grass()), None, Some("4".into()), zero]);
    assert_eq!(tiles.get_many(&[0, 4]).unwrap().len(), 2);
    assert_eq!(tiles.stats().hits, 3);
}

#[test]
fn sync_writes_dirty_entries_only() {
    let (store, tiles) = counted(10);
    tiles.remote().set(&1, &grass()).unwrap();
    tiles.get(&1).unwrap();
    tiles.set(2, grass()).unwrap();

    tiles.sync().unwrap();
    assert_eq!((tiles.stats().writes, tiles.is_dirty()), (1, false));
    assert_eq!(tiles.remote().len().unwrap(), 2);
    let before = commands(&store);
    tiles.sync().unwrap();
    assert_eq!(commands(&store), before + 1);
}

#[test]
fn sync_and_clear_keeps_nothing_in_memory() {
    let tiles = tiles(10);
    tiles.set(7, grass()).unwrap();

    tiles.sync_and_clear().unwrap();

    tiles.remote().set(&7, &"sand".to_string()).unwrap();
    assert_eq!(tiles.get(&7).unwrap(), Some("sand".into()));
}

#[test]
fn a_sync_of_many_entries_is_one_call() {
    let (store, tiles) = counted(10_000);
    (0..5000).for_each(|at| tiles.set(at, grass()).unwrap());

    tiles.sync().unwrap();

    assert_eq!((tiles.remote().len().unwrap(), calls(&store, "hset")), (5000, 1));
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let tiles = tiles(2);
    tiles.remote().set(&0, &grass()).unwrap();
    tiles.remote().expire(Duration::from_secs(100)).unwrap();

    (1..9).for_each(|at| tiles.set(at, grass()).unwrap());
    tiles.sync().unwrap();

    assert_eq!(tiles.remote().len().unwrap(), 9);
    assert!(tiles.remote().ttl().unwrap().is_some());
}

#[test]
fn remove_returns_the_value_wherever_it_is() {
    let tiles = tiles(10);
    tiles.remote().set(&1, &grass()).unwrap();
    tiles.set(2, "sand".into()).unwrap();

    assert_eq!(tiles.remove(&1).unwrap(), Some(grass()));
    assert_eq!(tiles.remove(&2).unwrap(), Some("sand".into()));
    assert_eq!(tiles.remove(&3).unwrap(), None);
    assert!(!tiles.is_dirty());
}

#[test]
fn a_removed_entry_does_not_come_back() {
    let tiles = tiles(10);
    tiles.set(1, grass()).unwrap();
    tiles.sync().unwrap();
    tiles.set(1, "sand".into()).unwrap();

    assert_eq!(tiles.remove(&1).unwrap(), Some("sand".into()));
    tiles.sync().unwrap();
    assert_eq!((tiles.get(&1).unwrap(), tiles.remote().get(&1).unwrap()), (None, None));
    assert_eq!((tiles.len().unwrap(), tiles.contains_key(&1).unwrap()), (0, false));
}

#[test]
fn len_counts_dirty_entries_once() {
    let tiles = tiles(10);
    tiles.remote().extend((0..3).map(|at| (at, grass()))).unwrap();

    tiles.set(2, "sand".into()).unwrap();
    tiles.set(3, grass()).unwrap();
    assert_eq!(tiles.len().unwrap(), 4);
    tiles.sync().unwrap();
    assert_eq!(tiles.len().unwrap(), 4);
}

#[test]
fn with_a_maxsize_of_zero_nothing_stays_in_memory() {
    let tiles = tiles(0);

    tiles.set(1, grass()).unwrap();
    assert_eq!(tiles.insert(1, "sand".into()).unwrap(), Some(grass()));
    assert_eq!(tiles.remote().get(&1).unwrap(), Some("sand".into()));
    tiles.remote().set(&1, &"rock".to_string()).unwrap();
    assert_eq!(tiles.get(&1).unwrap(), Some("rock".into()));
    assert_eq!((tiles.is_dirty(), tiles.len().unwrap(), tiles.maxsize()), (false, 1, 0));
}

#[test]
fn with_a_maxsize_of_one_the_last_entry_stays_in_memory() {
    let tiles = tiles(1);

    tiles.set(1, grass()).unwrap();
    tiles.set(2, grass()).unwrap();
    assert_eq!(tiles.remote().len().unwrap(), 1);
    assert_eq!(tiles.get_many(&[1, 2, 1]).unwrap(), [Some(grass()), Some(grass()), Some(grass())]);
    assert_eq!((tiles.len().unwrap(), tiles.remote().len().unwrap()), (2, 2));
}

#[test]
fn a_handle_that_writes_through_leaves_nothing_dirty() {
    let tiles = tiles(10).with_write_through();

    tiles.set(1, grass()).unwrap();
    assert_eq!(tiles.insert(2, grass()).unwrap(), None);
    assert_eq!((tiles.is_dirty(), tiles.remote().len().unwrap()), (false, 2));
    assert_eq!((tiles.get(&2).unwrap(), tiles.stats().hits), (Some(grass()), 1));
}

#[test]
fn a_borrowed_key_finds_an_entry() {
    let ages: LruDict<String, u32> = LruDict::open(&store(), "ages", 10);
    ages.set("ada".into(), 36).unwrap();

    assert_eq!(ages.get("ada").unwrap(), Some(36));
    assert_eq!(ages.get_many(["ada", "alan"]).unwrap(), [Some(36), None]);
    assert_eq!((ages.contains_key("ada").unwrap(), ages.remove("ada").unwrap()), (true, Some(36)));
}

#[test]
fn the_entries_in_memory_come_in_the_order_of_their_use() {
    let tiles = tiles(2);
    (1..=3).for_each(|at| tiles.set(at, grass()).unwrap());
    tiles.get(&2).unwrap();

    assert_eq!(tiles.recent(), [(2, grass()), (3, grass())]);
}
