//! The calls of what is in memory: of a dictionary that holds a part of it, and of one that holds all.

use std::collections::HashMap;

use redis_collections::{Dict, Error, LruDict, Result, Syncable, SyncableCounter, SyncableList};
use redis_collections_tests::proxied;

use crate::{assert_one_trip, assert_trips, trips};

type Known = Syncable<HashMap<u32, u32>>;

#[test]
fn a_call_that_memory_cannot_answer() {
    let (proxy, store) = proxied();
    let lru_dict: LruDict<u32, u32> = LruDict::open(&store, "past memory", 0);

    assert_one_trip!(
        proxy,
        lru_dict.set(1, 1),
        lru_dict.insert(1, 2),
        lru_dict.extend((0..100).map(|at| (at, at))),
        lru_dict.get(&1),
        lru_dict.get_many(&[1, 2, 3]),
        lru_dict.contains_key(&1),
        lru_dict.len(),
        lru_dict.remove(&1),
        lru_dict.clear(),
    );
}

#[test]
fn a_call_that_memory_can_answer() {
    let (proxy, store) = proxied();
    let lru_dict: LruDict<u32, u32> = LruDict::open(&store, "in memory", 100);
    lru_dict.set(1, 1).unwrap();

    let in_memory = [
        ("set", trips(&proxy, || lru_dict.set(1, 1))),
        ("insert", trips(&proxy, || lru_dict.insert(1, 2))),
        ("extend", trips(&proxy, || lru_dict.extend((0..100).map(|at| (at, at))))),
        ("get", trips(&proxy, || lru_dict.get(&1))),
        ("get_many", trips(&proxy, || lru_dict.get_many(&[1, 2, 3]))),
        ("contains_key", trips(&proxy, || lru_dict.contains_key(&1))),
    ];

    assert_trips(0, &in_memory);
}

#[test]
fn a_call_that_writes_what_is_dirty() {
    let (proxy, store) = proxied();
    let lru_dict: LruDict<u32, u32> = LruDict::open(&store, "full", 50);
    let through = lru_dict.clone().with_write_through();
    let fill = |value| (0..50).for_each(|at| lru_dict.set(at, value).unwrap());

    assert_one_trip!(
        proxy,
        lru_dict.extend((0..100).map(|at| (at, at))),
        through.set(1, 1),
        through.insert(1, 2),
        through.extend([(1, 3), (2, 4)]),
        {
            fill(1);
            lru_dict.len()
        },
        {
            fill(2);
            lru_dict.sync()
        },
        {
            fill(3);
            lru_dict.sync_and_clear()
        },
    );
}

#[test]
fn a_read_that_needs_the_room_of_dirty_entries() {
    let (proxy, store) = proxied();
    let lru_dict: LruDict<u32, u32> = LruDict::open(&store, "full", 50);

    let get = trips(&proxy, || {
        lru_dict.sync_and_clear()?;
        (0..50).for_each(|at| lru_dict.set(at, 1).unwrap());
        lru_dict.get(&97)
    });
    let get_many = trips(&proxy, || {
        lru_dict.sync_and_clear()?;
        (0..50).for_each(|at| lru_dict.set(at, 2).unwrap());
        lru_dict.get_many(&[97, 98, 99])
    });

    // One of them is the sync before.
    assert_trips(2, &[("get", get), ("get_many", get_many)]);
}

#[test]
#[expect(clippy::redundant_closure_for_method_calls, reason = "the table names calls of a handle")]
fn a_syncable_whatever_has_changed() {
    let (proxy, store) = proxied();
    let dict: Dict<u32, u32> = Dict::open(&store, "known");
    dict.set(&1, &1).unwrap();
    let changed = || {
        let mut syncable = Known::open(&store, "known").unwrap();
        syncable.insert(1, fastrand::u32(..));
        syncable.insert(fastrand::u32(..), 1);
        syncable.remove(&2);
        syncable
    };

    assert_one_trip!(proxy, Known::open(&store, "known"), Known::of(&dict));
    // Each is made after the dictionary was opened.
    let call = |call: fn(&mut Known) -> Result<()>| trips(&proxy, || call(&mut changed()));
    let calls = [
        ("sync", call(|syncable| syncable.sync())),
        ("sync_checked", call(|syncable| syncable.sync_checked())),
        ("sync_replace", call(|syncable| syncable.sync_replace())),
        ("reload", call(|syncable| syncable.reload())),
        ("refresh", call(|syncable| syncable.refresh())),
        ("discard", call(|syncable| syncable.discard())),
        ("scope", trips(&proxy, || store.scope(&mut changed(), |_| Ok::<_, Error>(())))),
    ];
    assert_trips(2, &calls);
}

#[test]
fn a_sync_that_counts_or_merges() {
    let (proxy, store) = proxied();

    let counts = trips(&proxy, || {
        let mut counts: SyncableCounter<u32> = SyncableCounter::open(&store, "counts")?;
        (0..100).for_each(|thing| _ = counts.add(thing, 1));
        counts.sync()
    });
    let elements = trips(&proxy, || {
        let mut elements: SyncableList<u32> = SyncableList::open(&store, "elements")?;
        elements.push(1);
        elements.sync()
    });

    assert_trips(2, &[("counts", counts), ("elements", elements)]);
}
