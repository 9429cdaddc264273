//! What is true of any key, on a real server.

use std::time::{Duration, UNIX_EPOCH};

use redis_collections::{Collection, Counter, List, Store};
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
