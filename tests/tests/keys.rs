//! The properties of any key, on a real server.

use std::{
    collections::HashSet,
    time::{Duration, UNIX_EPOCH},
};

use redis_collections::{Collection, Counter, List, Set, Store, SyncableSet};
use redis_collections_tests::store;

fn quests(store: &Store) -> List<String> {
    let quests = List::open(store, "quests");
    quests.push("find").unwrap();
    quests.expire(Duration::from_secs(60)).unwrap();
    quests
}

#[test]
fn a_copy_to_its_own_name_changes_nothing() {
    let store = store();
    let quests = quests(&store);

    assert!(quests.copy_to("quests").unwrap());
    assert_eq!(quests.to_vec().unwrap(), ["find"]);
    assert!(quests.ttl().unwrap().is_some());
    assert!(!Counter::<String>::open(&store, "kills").copy_to("kills").unwrap());
}

#[test]
fn a_time_to_live_may_be_the_longest_duration() {
    let quests = quests(&store());

    assert!(quests.expire(Duration::MAX).unwrap());
    assert!(quests.ttl().unwrap().is_some_and(|left| left > Duration::from_secs(1 << 50)));
    assert!(quests.expire_at(UNIX_EPOCH + Duration::from_millis(i64::MAX.unsigned_abs())).unwrap());
    assert!(quests.ttl().unwrap().is_some_and(|left| left > Duration::from_secs(1 << 50)));
}

#[test]
fn a_far_time_to_live_stays_when_a_script_writes() {
    let store = store();
    let (set, mut tags) =
        (Set::<u32>::open(&store, "set"), SyncableSet::open(&store, "tags").unwrap());
    set.insert(&1).unwrap();
    tags.extend([1_u32, 2]);
    tags.sync().unwrap();
    set.expire(Duration::MAX).unwrap();
    tags.remote().expire(Duration::MAX).unwrap();

    set.union_assign([&HashSet::from([2])]).unwrap();
    set.symmetric_difference_assign([&HashSet::from([1])]).unwrap();
    *tags = HashSet::from([3]);
    tags.sync_replace().unwrap();

    assert!(set.ttl().unwrap().is_some_and(|left| left > Duration::from_secs(1 << 50)));
    assert!(tags.remote().ttl().unwrap().is_some_and(|left| left > Duration::from_secs(1 << 50)));
}
