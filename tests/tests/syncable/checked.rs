//! Syncs that are refused because others changed an entry, and how memory catches up.

use std::collections::{BTreeSet, HashSet};

use redis_collections::{
    Collection, Dict, Error, List, RedisStruct, Set, SortedSetCounter, Syncable, SyncableCounter,
    SyncableDict, SyncableList, SyncableScores, SyncableSet, Tally,
};
use redis_collections_tests::store;

#[test]
fn a_checked_sync_is_refused_if_an_entry_of_it_has_changed() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.extend([("ada".into(), 36), ("alan".into(), 41), ("grace".into(), 85)]);
    ages.sync_checked().unwrap();
    ages.remote().set("alan", &1).unwrap();

    ages.insert("ada".into(), 37);
    ages.sync_checked().unwrap();
    ages.insert("ada".into(), 38);
    ages.insert("alan".into(), 42);
    let error = ages.sync_checked().unwrap_err();

    assert!(matches!(error, Error::Conflict { keys, .. } if keys == [ages.key()]));
    let expected = [("ada".into(), 37), ("alan".into(), 1), ("grace".into(), 85)].into();
    assert_eq!(ages.remote().to_map().unwrap(), expected);
}

#[test]
fn a_checked_sync_sees_that_an_entry_is_gone_or_new() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.sync().unwrap();
    ages.remote().discard("ada").unwrap();
    ages.remote().set("alan", &41).unwrap();

    ages.remove("ada");
    assert!(matches!(ages.sync_checked(), Err(Error::Conflict { .. })));
    ages.discard().unwrap();
    ages.insert("alan".into(), 42);
    assert!(matches!(ages.sync_checked(), Err(Error::Conflict { .. })));

    assert_eq!(ages.remote().to_map().unwrap(), [("alan".into(), 41)].into());
}

#[test]
fn a_checked_sync_compares_members_counts_and_scores() {
    let store = store();
    let mut tags: SyncableSet<String> = Syncable::open(&store, "tags").unwrap();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    let mut ladder: SyncableScores<String> = Syncable::open(&store, "ladder").unwrap();
    ladder.insert("ada".into(), 0.1);
    ladder.sync_checked().unwrap();
    ladder.insert("ada".into(), f64::INFINITY);
    ladder.sync_checked().unwrap();
    tags.remote().insert("new").unwrap();
    kills.remote().add("orc", 1).unwrap();
    ladder.remote().set_score("ada", 1.0).unwrap();

    tags.insert("new".into());
    kills.add("orc".into(), 1);
    ladder.insert("ada".into(), 2.0);

    assert!(matches!(tags.sync_checked(), Err(Error::Conflict { .. })));
    assert!(matches!(kills.sync_checked(), Err(Error::Conflict { .. })));
    assert!(matches!(ladder.sync_checked(), Err(Error::Conflict { .. })));
    assert_eq!(kills.remote().get("orc").unwrap(), 1);
    assert_eq!(ladder.remote().score("ada").unwrap(), Some(1.0));
}

#[test]
fn a_checked_sync_of_a_list_is_refused_after_any_change() {
    let store = store();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    list.extend([1, 2, 3]);
    list.sync_checked().unwrap();
    list.push(4);
    list.sync_checked().unwrap();
    list.remote().set(1, &9).unwrap();

    list.push(5);
    let error = list.sync_checked().unwrap_err();

    assert!(matches!(error, Error::Conflict { .. }));
    assert_eq!(list.remote().to_vec().unwrap(), [1, 9, 3, 4]);
}

#[test]
fn a_conflict_in_one_field_writes_none() {
    #[derive(RedisStruct, Default)]
    #[redis(namespace = "checked:world")]
    struct World {
        #[sync]
        kills: Tally<String>,
        #[sync]
        tags: HashSet<String>,
    }
    let store = store();
    let mut world = World::open(&store, "one").unwrap();
    world.kills.remote().add("orc", 1).unwrap();

    world.kills.add("orc".into(), 1);
    world.tags.insert("new".into());
    let error = world.sync_checked().unwrap_err();

    assert!(matches!(error, Error::Conflict { keys, .. } if keys == ["{checked:world:one}:kills"]));
    assert!(!world.tags.remote().exists().unwrap());
    world.sync().unwrap();
    assert_eq!(world.kills.remote().get("orc").unwrap(), 2);
}

#[test]
fn values_with_hash_maps_in_them_are_compared_as_they_are_stored() {
    let store = store();
    let sets: Dict<u8, HashSet<u32>> = Dict::open(&store, "sets");
    sets.set(&1, &(0..20).collect::<HashSet<u32>>()).unwrap();
    let mut mine: SyncableDict<u8, HashSet<u32>> = Syncable::open(&store, "sets").unwrap();

    mine.get_mut(&1).unwrap().insert(20);
    mine.sync_checked().unwrap();
    mine.get_mut(&1).unwrap().insert(21);
    mine.sync_checked().unwrap();

    assert_eq!(sets.get(&1).unwrap().unwrap().len(), 22);
}

#[test]
fn refreshing_keeps_the_changes_and_reads_the_rest() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.extend([("ada".into(), 36), ("alan".into(), 41), ("grace".into(), 85)]);
    ages.sync().unwrap();
    ages.remote().set("ada", &1).unwrap();
    ages.remote().set("alan", &2).unwrap();

    ages.insert("ada".into(), 37);
    ages.remove("grace");
    ages.refresh().unwrap();

    assert_eq!(ages, [("ada".into(), 37), ("alan".into(), 2)].into());
    ages.sync_checked().unwrap();
    assert_eq!(ages.remote().to_map().unwrap(), *ages);
}

#[test]
fn refreshed_counts_are_those_of_others_and_our_own() {
    let store = store();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    kills.add("orc".into(), 2);
    kills.remote().add("orc", 10).unwrap();

    kills.refresh().unwrap();
    assert_eq!(kills.get("orc"), 12);
    kills.sync().unwrap();

    assert_eq!(kills.remote().get("orc").unwrap(), 12);
}

#[test]
fn a_refreshed_list_has_the_changes_at_its_ends() {
    let store = store();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    list.extend([1, 2, 3]);
    list.sync().unwrap();
    list.remote().push(&4).unwrap();

    list.remove(0);
    list.push(5);
    list.refresh().unwrap();
    assert_eq!(*list, [2, 3, 4, 5]);
    list.sync_checked().unwrap();
    assert_eq!(list.remote().to_vec().unwrap(), [2, 3, 4, 5]);

    list.remote().push(&6).unwrap();
    list[1] = 9;
    assert!(matches!(list.refresh(), Err(Error::Conflict { .. })));
    assert_eq!(*list, [2, 9, 4, 5]);
}

#[test]
fn discarding_reads_the_changed_entries_and_no_others() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.extend([("ada".into(), 36), ("alan".into(), 41)]);
    ages.sync().unwrap();
    ages.remote().set("ada", &1).unwrap();
    ages.remote().set("alan", &2).unwrap();

    ages.insert("ada".into(), 37);
    ages.insert("grace".into(), 85);
    ages.discard().unwrap();

    assert!(!ages.is_dirty());
    assert_eq!(ages, [("ada".into(), 1), ("alan".into(), 41)].into());
}

#[test]
fn discarding_works_for_every_type() {
    let store = store();
    Set::<u32>::open(&store, "tags").extend([1, 2]).unwrap();
    SortedSetCounter::<u32>::open(&store, "ladder").set_score(&1, 0.5).unwrap();
    List::<u32>::open(&store, "list").extend([1, 2]).unwrap();
    let mut tags: Syncable<BTreeSet<u32>> = Syncable::open(&store, "tags").unwrap();
    let mut ladder: SyncableScores<u32> = Syncable::open(&store, "ladder").unwrap();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    let mut kills: SyncableCounter<u32> = Syncable::open(&store, "kills").unwrap();

    tags.remove(&1);
    ladder.increment(1, 1.0);
    list.reverse();
    kills.add(1, 1);
    tags.discard().unwrap();
    ladder.discard().unwrap();
    list.discard().unwrap();
    kills.discard().unwrap();

    assert_eq!((tags.len(), ladder.score(&1), kills.len()), (2, Some(0.5), 0));
    assert_eq!(*list, [1, 2]);
}

#[test]
fn changes_list_the_keys_to_write_and_no_value() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    ages.extend([("ada".into(), 36), ("alan".into(), 41)]);
    list.extend([1, 2, 3]);
    ages.sync().unwrap();
    list.sync().unwrap();
    assert_eq!(ages.changes().to_string(), "no changes");

    ages.insert("ada".into(), 77_777);
    ages.remove("alan");
    ages.insert("grace".into(), 85);
    list.pop();
    list.insert(0, 77_777);

    let told = ages.changes().to_string();
    assert_eq!(told, r#"adds "grace"; changes "ada"; removes "alan""#);
    assert_eq!(list.changes().to_string(), "adds 0; removes 2");
    list[1] = 5;
    assert_eq!(list.changes().changed(), [0, 1, 2]);
}
