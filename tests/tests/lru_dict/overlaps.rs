//! Calls on one entry that overlap, and some that end without an answer.
//!
//! A call is under way from the moment that it was made; a future sends nothing before it is polled,
//! so one that waits is a call whose command has not arrived.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Waker},
    thread,
    time::Duration,
};

use redis_collections::{Dict, LruDict, Server, Store, aio};
use redis_collections_tests::{Fault, Proxy, proxied};

type Numbers = LruDict<u32, u32, aio::Store>;

/// A dictionary in which memory knows that 7 is 1, and Redis does not.
async fn numbers() -> Numbers {
    let store = aio::Store::temporary().await.unwrap();
    let numbers = LruDict::open(&store, "numbers", 10);
    numbers.set(7, 1).await.unwrap();
    numbers
}

/// Whether memory gives 7 as `value`, and Redis has the same after a sync.
async fn holds(numbers: &Numbers, value: Option<u32>) -> bool {
    let known = numbers.get(&7).await.unwrap();
    numbers.sync().await.unwrap();
    (known, numbers.remote().get(&7).await.unwrap()) == (value, value)
}

#[tokio::test]
async fn a_removal_that_is_given_up_during_a_sync_takes_nothing() {
    let numbers = numbers().await;

    let sync = numbers.sync();
    drop(numbers.remove(&7));
    sync.await.unwrap();

    assert!(holds(&numbers, Some(1)).await);
}

#[tokio::test]
async fn a_sync_does_not_carry_out_a_pending_removal() {
    let numbers = numbers().await;
    numbers.sync().await.unwrap();

    let remove = numbers.remove(&7);
    numbers.sync().await.unwrap();
    drop(remove);

    assert!(holds(&numbers, Some(1)).await);
}

#[tokio::test]
async fn two_clears_that_are_given_up_take_nothing() {
    let numbers = numbers().await;

    let clears = (numbers.clear(), numbers.clear());
    drop(clears.0);
    drop(clears.1);

    assert!(holds(&numbers, Some(1)).await);
}

#[tokio::test]
async fn of_two_removals_the_one_that_is_made_gets_the_value() {
    let numbers = numbers().await;

    let (first, second) = (numbers.remove(&7), numbers.remove(&7));
    drop(first);

    assert_eq!(second.await.unwrap(), Some(1));
    assert!(holds(&numbers, None).await);
}

#[tokio::test]
async fn a_value_that_is_set_after_a_removal_stays_when_that_is_given_up() {
    let numbers = numbers().await;

    let remove = numbers.remove(&7);
    numbers.set(7, 2).await.unwrap();
    drop(remove);

    assert!(holds(&numbers, Some(2)).await);
}

#[tokio::test]
async fn an_entry_is_in_memory_again_once_a_change_is_over() {
    let numbers = numbers().await;
    numbers.sync_and_clear().await.unwrap();
    let mut old = numbers.get(&7);
    assert!(pin!(&mut old).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    numbers.remove(&7).await.unwrap();
    numbers.remote().set(&7, &2).await.unwrap();

    let before = numbers.stats().hits;
    assert_eq!(numbers.get(&7).await.unwrap(), Some(2));
    assert_eq!(numbers.get(&7).await.unwrap(), Some(2));
    assert_eq!(numbers.stats().hits, before + 1);
    drop(old);
}

#[tokio::test]
async fn a_get_before_its_first_poll_does_not_keep_entries_in_memory() {
    let store = aio::Store::temporary().await.unwrap();
    let numbers: Numbers = LruDict::open(&store, "numbers", 10);
    numbers.extend((0..10).map(|key| (key, 1))).await.unwrap();

    let get = numbers.get(&100);
    for key in 0..1_000 {
        numbers.set(key, 2).await.unwrap();
    }

    assert_eq!(numbers.recent().len(), 10);
    drop(get);
}

#[tokio::test]
async fn a_get_does_not_write_values_that_are_older_than_a_sync() {
    let store = aio::Store::temporary().await.unwrap();
    let numbers: Numbers = LruDict::open(&store, "numbers", 1);
    numbers.set(7, 1).await.unwrap();

    let get = numbers.get(&8);
    numbers.set(7, 2).await.unwrap();
    numbers.sync().await.unwrap();
    assert!(!numbers.is_dirty());

    assert_eq!(get.await.unwrap(), None);
    assert_eq!(numbers.remote().get(&7).await.unwrap(), Some(2));
}

#[tokio::test]
async fn sync_and_clear_drops_an_entry_whose_get_has_not_been_polled() {
    let numbers = numbers().await;
    numbers.sync_and_clear().await.unwrap();

    let get = numbers.get(&7);
    numbers.set(7, 2).await.unwrap();
    numbers.sync_and_clear().await.unwrap();

    assert!(numbers.recent().is_empty());
    assert_eq!(get.await.unwrap(), Some(2));
}

#[tokio::test]
async fn an_extend_that_is_given_up_keeps_the_last_value_of_a_key() {
    let store = aio::Store::temporary().await.unwrap();
    let numbers: Numbers = LruDict::open(&store, "numbers", 10);

    let insert = numbers.insert(7, 1);
    drop(numbers.extend([(7, 2), (7, 3)]));
    drop(insert);

    assert!(holds(&numbers, Some(3)).await);
}

/// Makes `late` change 7, which is 5 in Redis and unknown to memory; its answer comes late. Sets 7
/// to 3 between, and returns what `late` is told.
fn told_late<T: Send>(late: impl FnOnce(&LruDict<u32, u32>) -> T + Send, made: Option<u32>) -> T {
    let server = Server::temporary().unwrap();
    let direct: Dict<u32, u32> = Dict::open(&Store::open(server.url()).unwrap(), "numbers");
    direct.set(&7, &5).unwrap();
    let proxy = Proxy::to(&server);
    let store = Store::open(proxy.url()).unwrap();
    let numbers: LruDict<u32, u32> = LruDict::open(&store, "numbers", 10);
    // The server learns the scripts.
    numbers.insert(1, 1).unwrap();
    numbers.remove(&2).unwrap();

    proxy.fault_next(Fault::Late(Duration::from_millis(200)));
    let told = thread::scope(|scope| {
        let late = scope.spawn(|| late(&numbers));
        while direct.get(&7).unwrap() != made {
            thread::yield_now();
        }
        assert_eq!(numbers.get(&7).unwrap(), made);
        numbers.set(7, 3).unwrap();
        numbers.sync().unwrap();
        late.join().unwrap()
    });
    assert_eq!(numbers.get(&7).unwrap(), Some(3));
    numbers.sync().unwrap();
    assert_eq!((direct.get(&7).unwrap(), numbers.is_dirty()), (Some(3), false));
    told
}

#[test]
fn an_insert_with_a_late_reply_comes_before_later_sets() {
    let told = told_late(|numbers| numbers.insert(7, 6).unwrap(), Some(6));

    assert_eq!(told, Some(5));
}

#[test]
fn a_removal_with_a_late_reply_comes_before_later_sets() {
    let told = told_late(|numbers| numbers.remove(&7).unwrap(), None);

    assert_eq!(told, Some(5));
}

/// Each thread sets, inserts and removes one entry of its own numbers: whatever was inserted or set is
/// returned by at most one call.
#[test]
fn no_value_is_handed_back_twice_though_others_set_the_entry() {
    let (_proxy, store) = proxied();
    for maxsize in [0, 1, 8] {
        let numbers: LruDict<u8, u32> = LruDict::open(&store, &format!("hands{maxsize}"), maxsize);
        let play = |player: u32| {
            let mut handed = Vec::new();
            for turn in 0..300 {
                let (key, value) = (fastrand::u8(0..3), player * 1_000 + turn);
                match fastrand::u8(0..8) {
                    0 => handed.extend(numbers.remove(&key).unwrap()),
                    1 => drop(numbers.get(&key).unwrap()),
                    2 => numbers.sync_and_clear().unwrap(),
                    3 => numbers.set(key, value).unwrap(),
                    _ => handed.extend(numbers.insert(key, value).unwrap()),
                }
            }
            handed
        };
        let mut handed: Vec<u32> = thread::scope(|scope| {
            let players: Vec<_> = (0..6).map(|player| scope.spawn(move || play(player))).collect();
            players.into_iter().flat_map(|player| player.join().unwrap()).collect()
        });
        numbers.sync().unwrap();
        handed.extend(numbers.remote().values().unwrap());
        let count = handed.len();
        handed.sort_unstable();
        handed.dedup();
        assert_eq!(handed.len(), count, "with a maxsize of {maxsize}");
    }
}
