//! What is true of any key, on a real server.

use std::time::Duration;

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
