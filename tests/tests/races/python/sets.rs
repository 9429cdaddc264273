//! Faults of sets.

use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};

use redis_collections::{Collection, Set};

use crate::{
    TURNS,
    engine::{Racer, on_threads_and_tasks},
    own,
};

on_threads_and_tasks!(
    an_update_loses_no_member_and_no_time_to_live,
    a_set_is_compared_at_one_moment,
    what_only_reads_leaves_no_key,
);

// A16
async fn an_update_loses_no_member_and_no_time_to_live<E: Racer>(store: E) {
    let set: Set<u32, E> = Set::open(&store, "set");
    E::ask(set.insert(&u32::MAX)).await;
    E::ask(set.expire(Duration::from_secs(1_000))).await;

    E::race(&set, |set, at| async move {
        for member in own(at) {
            if at % 2 == 0 {
                E::ask(set.union_assign([&HashSet::from([member])])).await;
            } else {
                E::ask(set.insert(&member)).await;
            }
        }
    })
    .await;

    assert_eq!(E::ask(set.len()).await, 8 * TURNS + 1);
    assert!(E::ask(set.ttl()).await.is_some());
}

// A19
async fn a_set_is_compared_at_one_moment<E: Racer>(store: E) {
    let set: Set<u32, E> = Set::open(&store, "set");
    E::ask(set.insert(&1)).await;

    // One of both is there at each moment, and never both: each change takes one and brings the other.
    E::race(&set, |set, at| async move {
        let both = HashSet::from([1, 2]);
        for _ in own(at) {
            if at % 2 == 0 {
                E::ask(set.symmetric_difference_assign([&both])).await;
            } else {
                assert!(!E::ask(set.is_disjoint(&both)).await);
                assert!(!E::ask(set.is_superset(&both)).await);
                assert!(E::ask(set.is_proper_subset(&both)).await);
            }
        }
    })
    .await;
}

// A20
async fn what_only_reads_leaves_no_key<E: Racer>(store: E) {
    let sets: [Set<u32, E>; 2] = ["a", "b"].map(|name| Set::open(&store, name));
    E::ask(sets[0].extend(0..10)).await;
    E::ask(sets[1].extend(5..15)).await;

    E::race(&sets, |[set, other], at| async move {
        let outer: BTreeSet<u32> = (0..5).chain(10..15).collect();
        for _ in own(at) {
            let odd = E::ask(set.symmetric_difference([&other])).await;
            assert_eq!(odd.into_iter().collect::<BTreeSet<_>>(), outer);
        }
    })
    .await;

    let pattern = format!("*{}*~tmp*", store.namespace().unwrap());
    let keys = redis_collections::raw::Key::of_name(None, &pattern);
    let request = redis_collections::raw::Request::read("KEYS", &keys);
    let left = E::ask(store.run(request, redis_collections::raw::reply::items)).await;
    assert!(left.is_empty());
}
