//! Changes that are written as a whole, and refused ones.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    time::Duration,
};

use redis_collections::{
    Collection, Dict, Error, List, Outcome, RedisStruct, Scores, Set, Syncable, SyncableCounter,
    SyncableDeque, SyncableDict, SyncableList, SyncableScores, SyncableSet, aio,
};
use redis_collections_tests::{send, store};

#[test]
fn changes_at_the_ends_of_a_deque_merge() {
    let store = store();
    let mut one: SyncableDeque<u32> = SyncableDeque::open(&store, "queue").unwrap();
    one.extend([1, 2, 3]);
    one.sync().unwrap();
    let mut two: SyncableDeque<u32> = SyncableDeque::open(&store, "queue").unwrap();

    one.push_back(4);
    two.pop_front();
    one.sync().unwrap();
    two.sync().unwrap();

    assert_eq!(two, VecDeque::from([2, 3, 4]));
    assert_eq!(two.remote().to_vec().unwrap(), [2, 3, 4]);
}

#[test]
fn an_element_that_two_have_taken_is_a_conflict_for_the_second() {
    let store = store();
    let mut one: SyncableDeque<u32> = Syncable::open(&store, "queue").unwrap();
    one.extend([1, 2]);
    one.sync().unwrap();
    let mut two: SyncableDeque<u32> = Syncable::open(&store, "queue").unwrap();
    one.pop_front();
    two.pop_front();
    one.sync().unwrap();

    let error = two.sync().unwrap_err();

    assert!(matches!(error, Error::Conflict { .. }), "{error}");
    assert_eq!(two.remote().to_vec().unwrap(), [2]);
}

#[test]
fn a_change_in_the_middle_conflicts_with_any_other() {
    let store = store();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    list.extend([1, 2, 3]);
    list.sync().unwrap();
    list.remote().push(&4).unwrap();

    list[1] = 9;
    let error = list.sync().unwrap_err();

    let key = list.key().to_owned();
    assert!(matches!(error, Error::Conflict { keys, .. } if keys == [key]));
    assert_eq!(list.remote().to_vec().unwrap(), [1, 2, 3, 4]);
    list.reload().unwrap();
    assert_eq!(*list, [1, 2, 3, 4]);
}

#[test]
fn a_replacing_sync_makes_redis_equal_to_memory() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.remote().set("alan", &41).unwrap();
    ages.remote().expire(Duration::from_secs(60)).unwrap();

    ages.sync_replace().unwrap();

    assert_eq!(ages.remote().to_map().unwrap(), *ages);
    assert!(ages.remote().ttl().unwrap().is_some());
    assert!(!ages.is_dirty());
}

#[test]
fn an_entry_that_cannot_be_read_leaves_the_others_readable_and_refuses_the_sync() {
    let store = store();
    let texts: Dict<String, String> = Dict::open(&store, "ages");
    texts.set("ada", "thirty-six").unwrap();
    Dict::<String, (u32, u32)>::open(&store, "ages").set("alan", &(1, 2)).unwrap();
    let mut ages: SyncableDict<String, (u32, u32)> = Syncable::open(&store, "ages").unwrap();
    ages.insert("grace".into(), (3, 4));

    let error = ages.sync().unwrap_err();

    assert_eq!(ages["alan"], (1, 2));
    assert!(matches!(&error, Error::Decode { key, len: 11, .. } if key == ages.key()), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert_eq!(texts.get("ada").unwrap().unwrap(), "thirty-six");
    ages.sync_replace().unwrap();
    ages.sync().unwrap();
    assert_eq!(ages.remote().to_map().unwrap(), *ages);
}

#[test]
fn every_type_opens_beside_an_entry_that_it_cannot_read() {
    let store = store();
    for bytes in ["", "\u{1}a"] {
        send(&store, "SADD", "corrupt:set", &[bytes]);
        send(&store, "ZADD", "corrupt:scores", &["1", bytes]);
        send(&store, "RPUSH", "corrupt:list", &[bytes]);
    }
    send(&store, "HSET", "corrupt:counts", &["\u{1}a", "1", "\u{1}b", "one"]);
    let store = store.namespace("corrupt");

    let mut tags: SyncableSet<String> = Syncable::open(&store, "set").unwrap();
    let mut ladder: SyncableScores<String> = Syncable::open(&store, "scores").unwrap();
    let mut list: SyncableList<String> = Syncable::open(&store, "list").unwrap();
    let mut counts: SyncableCounter<String> = Syncable::open(&store, "counts").unwrap();

    assert_eq!((tags.len(), ladder.len(), list.len(), counts.len()), (1, 1, 1, 1));
    assert!(matches!(tags.sync(), Err(Error::Decode { len: 0, .. })));
    assert!(matches!(ladder.sync(), Err(Error::Decode { len: 0, .. })));
    assert!(matches!(list.sync(), Err(Error::Decode { len: 0, .. })));
    assert!(matches!(counts.sync(), Err(Error::Decode { len: 3, .. })));
}

#[test]
fn a_key_of_another_type_is_refused_on_load_and_on_sync() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    let list: List<u32> = List::open(&store, "ages");
    list.push(&1).unwrap();
    ages.insert("ada".into(), 36);

    let error = ages.sync().unwrap_err();

    assert!(matches!(&error, Error::WrongType { expected: "a hash", .. }), "{error}");
    assert_eq!(list.to_vec().unwrap(), [1]);
    let error = SyncableDict::<String, u32>::open(&store, "ages").unwrap_err();
    assert!(matches!(error, Error::WrongType { .. }));
}

#[test]
fn ten_thousand_entries_go_in_one_sync() {
    let store = store();
    let mut all: SyncableDict<u64, u64> = Syncable::open(&store, "all").unwrap();
    all.extend((0..10_000).map(|n| (n, n * n)));
    all.sync().unwrap();
    assert_eq!(all.remote().len().unwrap(), 10_000);

    all.retain(|n, _| n % 2 == 0);
    all.sync().unwrap();

    assert_eq!(all.remote().to_map().unwrap(), *all);
}

#[test]
fn a_b_tree_stays_one() {
    let store = store();
    let mut tree: Syncable<BTreeMap<u8, char>> = Syncable::open(&store, "tree").unwrap();
    tree.insert(2, 'b');
    tree.insert(1, 'a');
    tree.sync().unwrap();

    let again: Syncable<BTreeMap<u8, char>> = Syncable::open(&store, "tree").unwrap();

    assert_eq!(again, BTreeMap::from([(1, 'a'), (2, 'b')]));
    assert_eq!(again.first_key_value(), Some((&1, &'a')));
}

#[tokio::test]
async fn an_awaiting_store_syncs_as_well() {
    let store = aio::Store::temporary().await.unwrap();
    let mut ages: SyncableDict<String, u32, aio::Store> =
        Syncable::open(&store, "ages").await.unwrap();
    ages.insert("ada".into(), 36);

    let ages = tokio::spawn(async move {
        ages.sync().await.unwrap();
        ages
    });

    let ages = ages.await.unwrap();
    assert_eq!(ages.remote().to_map().await.unwrap(), HashMap::from([("ada".into(), 36)]));
}

#[test]
fn members_are_added_and_removed_one_by_one() {
    let store = store();
    let mut tags: SyncableSet<String> = Syncable::open(&store, "tags").unwrap();
    tags.insert("a".into());
    tags.insert("b".into());
    tags.sync().unwrap();
    let remote: Set<String> = Set::open(&store, "tags");
    remote.insert("c").unwrap();

    tags.remove("a");
    tags.sync().unwrap();

    assert_eq!(remote.to_set().unwrap(), ["b".to_string(), "c".to_string()].into());
}

#[test]
fn a_hash_map_in_a_value_does_not_look_changed() {
    let store = store();
    let sets: Dict<String, HashSet<u32>> = Dict::open(&store, "sets");
    for name in ["a", "b"] {
        sets.set(name, &(0..20).collect::<HashSet<u32>>()).unwrap();
    }
    let mut mine: SyncableDict<String, HashSet<u32>> = Syncable::open(&store, "sets").unwrap();
    sets.set("b", &HashSet::from([99])).unwrap();

    assert_eq!(mine.values_mut().count(), 2);

    assert!(!mine.is_dirty());
    mine.sync().unwrap();
    assert_eq!(sets.get("b").unwrap(), Some(HashSet::from([99])));
}

#[test]
fn elements_with_hash_maps_merge_like_others() {
    let store = store();
    let mut one: SyncableList<HashSet<u32>> = Syncable::open(&store, "list").unwrap();
    one.push((0..20).collect());
    one.sync().unwrap();
    let mut two: SyncableList<HashSet<u32>> = Syncable::open(&store, "list").unwrap();

    one.push(HashSet::from([1]));
    two.push(HashSet::from([2]));
    one.sync().unwrap();
    two.sync().unwrap();

    assert_eq!(two.len(), 3);
}

#[test]
fn a_list_with_an_unreadable_element_is_not_written_again() {
    let store = store();
    let mut names: SyncableList<String> = Syncable::open(&store, "list").unwrap();
    List::<u8>::open(&store, "list").push(&200).unwrap();
    names.push("x".into());

    assert_eq!(names.sync().unwrap_err().outcome(), Outcome::Applied);
    assert_eq!(names.sync().unwrap_err().outcome(), Outcome::NotApplied);

    assert_eq!(names.remote().len().unwrap(), 2);
}

#[test]
fn a_fault_in_one_call_stops_the_whole_transaction() {
    #[derive(RedisStruct, Default)]
    struct Board {
        ladder: Scores<String>,
    }
    let store = store();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    let ladder = [("ada".to_string(), f64::NAN)].into_iter().collect();

    let error = store
        .atomic(|tx| (ages.on(tx).set("ada", &36), Board { ladder }.save(tx, "x")))
        .unwrap_err();

    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert_eq!(ages.get("ada").unwrap(), None);
}

#[test]
fn a_refusal_beside_other_calls_is_partly() {
    #[derive(RedisStruct, Default)]
    #[redis(namespace = "refusal:board")]
    struct Board {
        ladder: Scores<String>,
    }
    let store = store();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    send(&store, "SET", "{refusal:board:x}", &["a string"]);

    let error = store
        .atomic(|tx| (ages.on(tx).set("ada", &36), Board::default().save(tx, "x")))
        .unwrap_err();

    assert_eq!(error.outcome(), Outcome::Partly);
    assert_eq!(ages.get("ada").unwrap(), Some(36));
}
