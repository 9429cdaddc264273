//! Operands on another server, which are read first.

use redis_collections::{
    Collection, Counter, Dict, Error, List, Outcome, Set, SortedSetCounter, Store, aio,
};

fn stores() -> (Store, Store) {
    (Store::temporary().unwrap(), Store::temporary().unwrap())
}

/// The same collection on both stores.
macro_rules! both {
    ($type:ty, $stores:expr) => {
        (<$type>::open(&$stores.0, "x"), <$type>::open(&$stores.1, "x"))
    };
}

#[test]
fn a_set_on_another_server_is_never_an_empty_one() {
    let stores = stores();
    let (here, there) = both!(Set<u32>, stores);
    here.extend(0..6).unwrap();
    there.extend(4..8).unwrap();

    assert_eq!(here.union([&there]).unwrap(), (0..8).collect());
    assert_eq!(here.symmetric_difference([&there, &here]).unwrap(), (4..8).collect());
    assert!(!here.is_disjoint(&there).unwrap() && !here.equals(&there).unwrap());
    here.intersection_assign([&there]).unwrap();
    assert_eq!(here.to_set().unwrap(), [4, 5].into());
    assert!(here.is_proper_subset(&there).unwrap() && there.is_superset(&here).unwrap());
}

#[test]
fn other_collections_are_combined_too() {
    let stores = stores();
    let (dict, far) = both!(Dict<u32, u32>, stores);
    let (list, tail) = (List::open(&stores.0, "l"), List::open(&stores.1, "l"));
    let (counter, more) = (Counter::open(&stores.0, "c"), Counter::open(&stores.1, "c"));
    let (ladder, ranks) =
        (SortedSetCounter::open(&stores.0, "z"), SortedSetCounter::open(&stores.1, "z"));
    far.set(&1, &2).unwrap();
    tail.extend([1, 2]).unwrap();
    more.add(&1, 5).unwrap();
    ranks.set_score(&1, 0.5).unwrap();

    dict.extend_from(&far).unwrap();
    list.extend_from::<List<u32>>(&tail).unwrap();
    counter.plus_assign(&more).unwrap();
    ladder.extend_from(&ranks).unwrap();

    assert!(dict.equals(&far).unwrap() && list.equals(&tail).unwrap());
    assert!(Counter::<u32>::equals(&counter, &more).unwrap());
    assert!(SortedSetCounter::<u32>::equals(&ladder, &ranks).unwrap());
    assert_eq!(dict.merge(&far).unwrap(), [(1, 2)].into());
    assert_eq!(counter.plus(&more).unwrap().get(&1), 10);
}

#[test]
fn a_batch_refuses_a_collection_on_another_server() {
    let (here, there) = stores();
    let (set, far) = (Set::<u32>::open(&here, "x"), Set::<u32>::open(&there, "x"));
    far.insert(&1).unwrap();

    let error = here
        .atomic(|tx| {
            there.pipeline(|batch| drop(set.on(tx).union([&far.on(batch)]))).unwrap();
            set.on(tx).insert(&7)
        })
        .unwrap_err();

    assert!(matches!(error, Error::CrossServer { .. }), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(!set.exists().unwrap());
}

#[tokio::test]
async fn an_awaiting_store_reads_first_as_well() {
    let (one, two) =
        (aio::Store::temporary().await.unwrap(), aio::Store::temporary().await.unwrap());
    let here: Set<u32, aio::Store> = Set::open(&one, "x");
    let there: Set<u32, aio::Store> = Set::open(&two, "x");
    here.extend(0..6).await.unwrap();
    there.extend(4..8).await.unwrap();

    here.difference_assign([&there]).await.unwrap();

    assert_eq!(here.to_set().await.unwrap(), (0..4).collect());
    assert_eq!(here.union([&there]).await.unwrap(), (0..8).collect());
}

#[test]
fn an_operand_of_another_type_on_another_server_changes_nothing() {
    let (one, two) = stores();
    let (here, there) = (Set::<u32>::open(&one, "x"), Set::<u32>::open(&two, "x"));
    here.insert(&1).unwrap();
    List::<u32>::open(&two, "x").push(&1).unwrap();

    let error = here.difference_assign([&there]).unwrap_err();

    assert!(matches!(error, Error::WrongType { .. }), "{error}");
    assert_eq!(here.len().unwrap(), 1);
}
