//! Faults of lists and deques.

use redis_collections::{Deque, List};

use crate::{
    TURNS, all,
    engine::{RACERS, Racer, on_threads_and_tasks},
    own, sorted,
};

on_threads_and_tasks!(
    what_is_removed_by_index_is_what_is_given,
    an_insert_in_the_middle_loses_no_push,
    sorting_loses_no_push,
    turning_round_loses_and_doubles_nothing,
    deleting_a_slice_loses_no_push,
    a_turning_element_is_never_nowhere,
    nobody_sees_a_limited_deque_too_long,
);

// A9
async fn what_is_removed_by_index_is_what_is_given<E: Racer>(store: E) {
    let list: List<u32, E> = List::open(&store, "list");

    let got = E::race(&list, |list, at| async move {
        let mut got = Vec::new();
        for value in own(at) {
            if at % 2 == 0 {
                E::ask(list.push_front(&value)).await;
            } else {
                got.extend(E::ask(list.remove(1)).await);
            }
        }
        got
    });
    let got = got.await.into_iter().flatten().chain(E::ask(list.to_vec()).await);

    let pushed = (0..RACERS).step_by(2).flat_map(own).collect::<Vec<_>>();
    assert_eq!(sorted([got]), pushed);
}

// A10
async fn an_insert_in_the_middle_loses_no_push<E: Racer>(store: E) {
    let list: List<u32, E> = List::open(&store, "list");

    E::race(&list, |list, at| async move {
        for value in own(at) {
            if at % 2 == 0 {
                E::ask(list.insert(2, &value)).await;
            } else {
                E::ask(list.push(&value)).await;
            }
        }
    })
    .await;

    assert_eq!(sorted([E::ask(list.to_vec()).await]), all());
}

// A11
async fn sorting_loses_no_push<E: Racer>(store: E) {
    let list: List<u32, E> = List::open(&store, "list");

    E::race(&list, |list, at| async move {
        for value in own(at) {
            E::ask(list.push(&value)).await;
            if at == 0 && value % 8 == 0 {
                // One that others overtake all the time gives up, and has changed nothing.
                E::outcome(list.sort()).await.ok();
            }
        }
    })
    .await;
    assert_eq!(sorted([E::ask(list.to_vec()).await]), all());

    E::ask(list.sort()).await;
    assert_eq!(E::ask(list.to_vec()).await, all());
}

// A12
async fn turning_round_loses_and_doubles_nothing<E: Racer>(store: E) {
    let list: List<u32, E> = List::open(&store, "list");

    let got = E::race(&list, |list, at| async move {
        let mut got = Vec::new();
        for value in own(at) {
            match at % 3 {
                0 => E::ask(list.reverse()).await,
                1 => got.extend(E::ask(list.pop()).await),
                _ => E::ask(list.insert(1, &value)).await,
            }
        }
        got
    });
    let got = got.await.into_iter().flatten().chain(E::ask(list.to_vec()).await);

    let pushed = (0..RACERS).filter(|at| at % 3 == 2).flat_map(own).collect::<Vec<_>>();
    assert_eq!(sorted([got]), pushed);
}

// A13
async fn deleting_a_slice_loses_no_push<E: Racer>(store: E) {
    let list: List<u32, E> = List::open(&store, "list");
    E::ask(list.extend(own(0))).await;

    let deleted = E::race(&list, |list, at| async move {
        let mut deleted = 0;
        for value in own(at) {
            if at % 2 == 0 {
                deleted += E::ask(list.delete_range(1..3)).await;
            } else {
                E::ask(list.push(&value)).await;
            }
        }
        deleted
    });
    let deleted: usize = deleted.await.into_iter().sum();

    let pushed = TURNS + RACERS / 2 * TURNS;
    assert_eq!(E::ask(list.len()).await, pushed - deleted);
}

// A14
async fn a_turning_element_is_never_nowhere<E: Racer>(store: E) {
    let deque: Deque<u32, E> = Deque::open(&store, "deque");
    E::ask(deque.extend(0..10)).await;

    E::race(&deque, |deque, at| async move {
        for _ in own(at) {
            match at % 3 {
                0 => E::ask(deque.rotate_left(3)).await,
                1 => E::ask(deque.rotate_right(4)).await,
                _ => {
                    assert_eq!(sorted([E::ask(deque.to_vec()).await]), (0..10).collect::<Vec<_>>());
                }
            }
        }
    })
    .await;

    let turns = u32::try_from(TURNS).unwrap();
    let (left, right) = (3 * 3 * turns % 10, 3 * 4 * turns % 10);
    let first = (10 + left - right) % 10;
    assert_eq!(E::ask(deque.get(0)).await, Some(first));
}

// A15
async fn nobody_sees_a_limited_deque_too_long<E: Racer>(store: E) {
    let deque: Deque<u32, E> = Deque::open(&store, "deque").with_maxlen(3);

    E::race(&deque, |deque, at| async move {
        for value in own(at) {
            match at % 4 {
                0 => assert!(E::ask(deque.push_back(&value)).await <= 3),
                1 => assert!(E::ask(deque.push_front(&value)).await <= 3),
                2 => E::ask(deque.extend([value; 5])).await,
                _ => assert!(E::ask(deque.len()).await <= 3),
            }
        }
    })
    .await;

    assert_eq!(E::ask(deque.len()).await, 3);
}
