//! Changes that are written entry by entry.

use std::time::Duration;

use redis_collections::{
    Collection, Counter, Deque, Error, Outcome, Scores, SortedSetCounter, Syncable,
    SyncableCounter, SyncableDeque, SyncableDict, SyncableList, SyncableScores, SyncableSet,
};
use redis_collections_tests::store;

#[test]
fn only_changed_entries_are_written() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = SyncableDict::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.insert("alan".into(), 41);
    ages.sync().unwrap();
    ages.remote().set("alan", &1).unwrap();

    *ages.get_mut("ada").unwrap() += 1;
    ages.sync().unwrap();

    assert_eq!(ages.remote().get("ada").unwrap(), Some(37));
    assert_eq!(ages.remote().get("alan").unwrap(), Some(1));
}

#[test]
fn a_change_through_any_method_of_std_is_found() {
    let store = store();
    let mut words: SyncableDict<String, Vec<u8>> = Syncable::open(&store, "words").unwrap();
    words.extend([("a".to_string(), vec![1]), ("b".to_string(), vec![2])]);
    words.sync().unwrap();

    words.retain(|word, _| word == "a");
    words.values_mut().for_each(|bytes| bytes.push(9));
    words.sync().unwrap();

    assert_eq!(words.remote().to_map().unwrap(), [("a".into(), vec![1, 9])].into());
}

#[test]
fn an_entry_that_is_changed_back_is_clean() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.sync().unwrap();

    ages.insert("ada".into(), 1);
    assert!(ages.is_dirty());
    ages.insert("ada".into(), 36);
    assert!(!ages.is_dirty());
}

#[test]
fn an_emptied_collection_is_a_missing_key() {
    let store = store();
    let mut tags: SyncableSet<String> = Syncable::open(&store, "tags").unwrap();
    tags.insert("new".into());
    tags.sync().unwrap();

    tags.clear();
    tags.sync().unwrap();

    assert!(!tags.remote().exists().unwrap());
}

#[test]
fn a_sync_keeps_the_time_to_live() {
    let store = store();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
    list.extend([1, 2, 3]);
    list.sync().unwrap();
    list.remote().expire(Duration::from_secs(60)).unwrap();

    list[1] = 9;
    list.sync().unwrap();
    list.clear();
    list.push(4);
    list.sync().unwrap();

    assert_eq!(list.remote().to_vec().unwrap(), [4]);
    assert!(list.remote().ttl().unwrap().is_some());
}

#[test]
fn counts_are_written_as_increments() {
    let store = store();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    kills.add("orc".into(), 2);
    kills.remote().add("orc", 10).unwrap();
    kills.sync().unwrap();
    assert_eq!(kills.remote().get("orc").unwrap(), 12);

    kills.remove("orc");
    kills.sync().unwrap();

    assert_eq!(kills.remote().get("orc").unwrap(), 10);
}

#[test]
fn a_count_that_is_removed_by_all_is_gone() {
    let store = store();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    kills.add("orc".into(), 2);
    kills.sync().unwrap();

    kills.remove("orc");
    kills.sync().unwrap();

    assert!(!kills.remote().exists().unwrap());
}

#[test]
fn an_overflow_changes_nothing_at_all() {
    let store = store();
    let counter: Counter<String> = Counter::open(&store, "kills");
    counter.set("a", 1).unwrap();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    counter.set("b", i64::MAX).unwrap();
    for thing in ["a", "b", "c"] {
        kills.add(thing.into(), 1);
    }

    let error = kills.sync().unwrap_err();

    assert!(matches!(&error, Error::Overflow { key, .. } if key.ends_with(":kills")), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    let expected = [("a".to_string(), 1), ("b".to_string(), i64::MAX)].into_iter().collect();
    assert_eq!(counter.to_tally().unwrap(), expected);
    assert!(kills.is_dirty());
}

#[test]
fn scores_are_written_one_by_one() {
    let store = store();
    let mut ladder: SyncableScores<String> = SyncableScores::open(&store, "ladder").unwrap();
    ladder.insert("ada".into(), 3.5);
    ladder.insert("alan".into(), 1.0);
    ladder.sync().unwrap();
    let remote: SortedSetCounter<String> = SortedSetCounter::open(&store, "ladder");
    remote.set_score("grace", 2.0).unwrap();

    ladder.remove("alan");
    ladder.increment("ada".into(), 0.5);
    ladder.sync().unwrap();

    let expected: Scores<String> =
        [("ada".to_string(), 4.0), ("grace".to_string(), 2.0)].into_iter().collect();
    assert_eq!(remote.to_scores().unwrap(), expected);
}

#[test]
fn a_score_that_is_no_number_is_refused_before_anything_is_sent() {
    let store = store();
    let mut ladder: SyncableScores<String> = Syncable::open(&store, "ladder").unwrap();
    ladder.insert("ada".into(), 1.0);
    ladder.insert("alan".into(), f64::NAN);

    let error = ladder.sync().unwrap_err();

    assert!(matches!(&error, Error::OutOfRange { key, .. } if key.ends_with(":ladder")), "{error}");
    assert!(!ladder.remote().exists().unwrap());
}

#[test]
fn a_collection_is_loaded_as_its_handle_was_opened() {
    let remote = Deque::<u32>::open(&store(), "latest").with_maxlen(2);
    let mut latest = SyncableDeque::of(&remote).unwrap();

    latest.extend([1, 2, 3]);
    latest.sync().unwrap();

    assert_eq!(*latest, [2, 3]);
    assert_eq!(remote.to_vec().unwrap(), [2, 3]);
}
