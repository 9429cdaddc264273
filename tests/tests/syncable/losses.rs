//! Answers that are lost, wherever that is, and the sync after it.

use std::{collections::VecDeque, time::Duration};

use redis::Value;
use redis_collections::{
    Collection, Error, Outcome, RedisStruct, Store, Syncable, SyncableCounter, SyncableDeque,
    SyncableDict, SyncableList, Tally, aio,
};
use redis_collections_tests::{Fault, Proxy, proxied, send};

#[derive(RedisStruct, Default)]
#[redis(namespace = "losses:world")]
pub(super) struct World {
    #[sync]
    pub(super) kills: Tally<String>,
    #[sync]
    pub(super) log: Vec<u32>,
    #[sync]
    pub(super) queue: VecDeque<u32>,
}

/// More than a store tries.
const ALWAYS: usize = 40;

/// Lets `work` meet `fault` with every command.
fn with_faults<T>(proxy: &Proxy, fault: Fault, work: impl FnOnce() -> T) -> T {
    (0..ALWAYS).for_each(|count| proxy.fault_after(count, fault));
    let outcome = work();
    proxy.heal();
    outcome
}

fn change(world: &mut LiveWorld<Store>, number: u32) {
    world.kills.add("orc".into(), i64::from(number));
    world.log.push(number);
    world.queue.push_back(number);
    world.queue.pop_front();
}

#[test]
fn a_lost_sync_counts_once_together_with_newer_changes() {
    let faults = [
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::CutReply(0),
        Fault::CutReply(1),
        Fault::CutReply(7),
        Fault::Garbage,
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let (proxy, store) = proxied();
        let mut world = World::open(&store, &format!("{number}")).unwrap();
        world.queue.extend([1, 2, 3]);
        world.sync().unwrap();

        change(&mut world, 4);
        let error = with_faults(&proxy, fault, || world.sync()).unwrap_err();
        change(&mut world, 5);
        world.sync().unwrap();

        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        assert_eq!(world.kills.remote().get("orc").unwrap(), 9, "{fault:?}");
        assert_eq!(world.log.remote().to_vec().unwrap(), [4, 5], "{fault:?}");
        assert_eq!(world.queue.remote().to_vec().unwrap(), [3, 4, 5], "{fault:?}");
        assert!(!world.is_dirty());
    }
}

#[test]
fn several_losses_in_a_row_count_once_each() {
    let (proxy, store) = proxied();
    let mut world = World::open(&store, "row").unwrap();
    world.queue.extend([0, 0, 0, 0, 0]);
    world.sync().unwrap();

    let faults = [Fault::CutAfter, Fault::CutBefore, Fault::CutAfter, Fault::CutBefore];
    for (number, fault) in (1..).zip(faults) {
        change(&mut world, number);
        with_faults(&proxy, fault, || world.sync()).unwrap_err();
        with_faults(&proxy, fault, || world.sync()).unwrap_err();
    }
    change(&mut world, 5);
    world.sync().unwrap();

    assert_eq!(world.kills.remote().get("orc").unwrap(), 15);
    assert_eq!(world.log.remote().to_vec().unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(world.queue.remote().to_vec().unwrap(), [1, 2, 3, 4, 5]);
}

#[test]
fn one_lost_answer_is_asked_for_again_without_anybody_noticing() {
    let (proxy, store) = proxied();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();

    for count in 1..=3 {
        kills.add("orc".into(), 1);
        list.push(count);
        proxy.fault_next(Fault::CutAfter);
        kills.sync().unwrap();
        proxy.fault_next(Fault::CutAfter);
        list.sync().unwrap();
    }

    assert_eq!(kills.remote().get("orc").unwrap(), 3);
    assert_eq!(list.remote().to_vec().unwrap(), [1, 2, 3]);
}

#[test]
fn a_lost_entry_is_written_again_though_it_was_changed_back() {
    let (proxy, store) = proxied();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.sync().unwrap();

    ages.insert("ada".into(), 1);
    ages.insert("alan".into(), 1);
    with_faults(&proxy, Fault::CutAfter, || ages.sync()).unwrap_err();
    ages.insert("ada".into(), 36);
    ages.remove("alan");
    assert!(ages.is_dirty());
    ages.sync_checked().unwrap();

    assert_eq!(ages.remote().to_map().unwrap(), [("ada".into(), 36)].into());
}

#[test]
fn a_checked_sync_that_was_lost_is_no_change_of_others() {
    for fault in [Fault::CutBefore, Fault::CutAfter] {
        let (proxy, store) = proxied();
        let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
        let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
        let mut queue: SyncableDeque<u32> = Syncable::open(&store, "queue").unwrap();

        ages.insert("ada".into(), 36);
        kills.add("orc".into(), 1);
        queue.push_back(1);
        with_faults(&proxy, fault, || ages.sync_checked()).unwrap_err();
        with_faults(&proxy, fault, || kills.sync_checked()).unwrap_err();
        with_faults(&proxy, fault, || queue.sync_checked()).unwrap_err();
        ages.sync_checked().unwrap();
        kills.sync_checked().unwrap();
        queue.sync_checked().unwrap();

        assert_eq!(ages.remote().get("ada").unwrap(), Some(36));
        assert_eq!(kills.remote().get("orc").unwrap(), 1);
        assert_eq!(queue.remote().to_vec().unwrap(), [1]);
    }
}

#[test]
fn a_refusal_leaves_the_changes_as_they_were() {
    let (_proxy, store) = proxied();
    let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
    send(&store, "SET", kills.key(), &["a string"]);

    kills.add("orc".into(), 1);
    assert!(matches!(kills.sync(), Err(Error::WrongType { .. })));
    kills.remote().clear().unwrap();
    kills.add("orc".into(), 1);
    kills.sync().unwrap();

    assert_eq!(kills.remote().get("orc").unwrap(), 2);
}

#[test]
fn a_call_that_reads_gives_up_lost_syncs() {
    for fault in [Fault::CutBefore, Fault::CutAfter] {
        let made = i64::from(fault == Fault::CutAfter);
        let lost = |name: &str| {
            let (proxy, store) = proxied();
            let mut kills: SyncableCounter<String> = Syncable::open(&store, name).unwrap();
            kills.add("orc".into(), 1);
            with_faults(&proxy, fault, || kills.sync()).unwrap_err();
            kills.add("orc".into(), 10);
            kills.remote().add("elf", 100).unwrap();
            (proxy, kills)
        };
        let (_first, mut refreshed) = lost("refreshed");
        let (_second, mut discarded) = lost("discarded");
        let (_third, mut reloaded) = lost("reloaded");
        let (_fourth, mut replaced) = lost("replaced");

        refreshed.refresh().unwrap();
        discarded.discard().unwrap();
        reloaded.reload().unwrap();
        replaced.sync_replace().unwrap();

        assert_eq!((refreshed.get("orc"), refreshed.get("elf")), (11, 100));
        assert_eq!((discarded.get("orc"), discarded.get("elf")), (made, 0));
        assert_eq!((reloaded.get("orc"), reloaded.get("elf")), (made, 100));
        assert!(!discarded.is_dirty() && !reloaded.is_dirty() && !replaced.is_dirty());
        refreshed.sync().unwrap();
        assert_eq!(refreshed.remote().get("orc").unwrap(), 11);
        assert_eq!(replaced.remote().to_tally().unwrap(), *replaced);
        replaced.add("orc".into(), 1);
        replaced.sync().unwrap();
        assert_eq!(replaced.remote().get("orc").unwrap(), 12);
    }
}

#[test]
fn a_replacement_that_was_lost_is_a_state_like_others() {
    for fault in [Fault::CutBefore, Fault::CutAfter] {
        let (proxy, store) = proxied();
        let mut kills: SyncableCounter<String> = Syncable::open(&store, "kills").unwrap();
        let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
        kills.add("orc".into(), 5);
        list.extend([1, 2, 3]);

        with_faults(&proxy, fault, || kills.sync_replace()).unwrap_err();
        with_faults(&proxy, fault, || list.sync_replace()).unwrap_err();
        kills.add("orc".into(), 1);
        list[1] = 9;
        kills.sync().unwrap();
        list.sync().unwrap();

        assert_eq!(kills.remote().get("orc").unwrap(), 6);
        assert_eq!(list.remote().to_vec().unwrap(), [1, 9, 3]);
    }
}

#[test]
fn others_may_add_between_a_lost_sync_and_the_next() {
    for fault in [Fault::CutBefore, Fault::CutAfter] {
        let (proxy, store) = proxied();
        let mut queue: SyncableDeque<u32> = Syncable::open(&store, "queue").unwrap();
        queue.extend([1, 2, 3]);
        queue.sync().unwrap();

        queue.pop_front();
        queue.push_back(4);
        with_faults(&proxy, fault, || queue.sync()).unwrap_err();
        queue.remote().push_back(&9).unwrap();
        queue.pop_front();
        queue.push_back(5);
        queue.sync().unwrap();

        let mut found = queue.remote().to_vec().unwrap();
        assert_eq!(queue, VecDeque::from(found.clone()));
        found.sort_unstable();
        assert_eq!(found, [3, 4, 5, 9]);
    }
}

#[tokio::test]
async fn a_future_that_is_dropped_may_have_been_carried_out() {
    let (proxy, _store) = proxied();
    let store = aio::Store::open(proxy.url()).await.unwrap();
    let mut kills: SyncableCounter<String, aio::Store> =
        Syncable::open(&store, "dropped future").await.unwrap();
    let mut list: SyncableList<u32, aio::Store> =
        Syncable::open(&store, "dropped list").await.unwrap();

    for count in 1..=5 {
        kills.add("orc".into(), 1);
        list.push(count);
        drop(kills.sync());
        let hold = proxy.hold_after(0);
        let sync = tokio::time::timeout(Duration::from_millis(20), kills.sync());
        assert!(sync.await.is_err());
        hold.release();
        let hold = proxy.hold_after(0);
        let sync = tokio::time::timeout(Duration::from_millis(20), list.sync());
        assert!(sync.await.is_err());
        hold.release();
        kills.sync().await.unwrap();
        list.sync().await.unwrap();
    }

    assert_eq!(kills.remote().get("orc").await.unwrap(), 5);
    assert_eq!(list.remote().to_vec().await.unwrap(), [1, 2, 3, 4, 5]);
}

#[test]
fn only_operations_leave_a_helper_key_for_a_minute() {
    let (_proxy, store) = proxied();
    let mut world = World::open(&store, "helpers").unwrap();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();
    ages.insert("ada".into(), 36);
    ages.sync().unwrap();
    world.kills.add("orc".into(), 1);
    world.sync().unwrap();

    let ttl = |key: &str| send(&store, "PTTL", key, &[]);
    assert_eq!(ttl(&format!("{{{}}}~op", ages.key())), Value::Int(-2));
    let Value::Int(left) = ttl("{losses:world:helpers}~op") else { panic!() };
    assert!((1..=60_000).contains(&left));
    assert!(world.delete().unwrap());
    assert_eq!(ttl("{losses:world:helpers}~op"), Value::Int(-2));
    assert!(!world.delete().unwrap());
}
