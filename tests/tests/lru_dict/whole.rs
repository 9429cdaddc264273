//! What an `LruDict` does with many entries, or all.

use std::thread;

use redis_collections::{Error, LruDict, aio};
use redis_collections_tests::{Fault, Proxy, proxied};

use crate::{commands, counted, failures::Even, grass, tiles};

type Numbers = LruDict<u32, u32>;

/// So many that memory is far too small.
const MANY: u32 = 25_000;

/// More than go in one message.
const LARGE: u32 = 11_000;

#[test]
fn extend_is_in_memory_while_there_is_room() {
    let (store, tiles) = counted(10);
    let before = commands(&store);

    tiles.extend((0..10).map(|at| (at, grass()))).unwrap();
    tiles.extend([]).unwrap();
    assert_eq!(commands(&store), before + 1);
    assert_eq!((tiles.recent().len(), tiles.is_dirty()), (10, true));
    assert_eq!(tiles.remote().len().unwrap(), 0);
}

#[test]
fn extend_past_the_room_writes_all_and_the_oldest_leave() {
    let tiles = tiles(100);

    tiles.extend((0..MANY).map(|at| (at, at.to_string()))).unwrap();

    assert_eq!(tiles.remote().len().unwrap(), MANY as usize);
    assert_eq!((tiles.recent().len(), tiles.is_dirty()), (100, false));
    assert_eq!(tiles.recent()[0], (MANY - 1, (MANY - 1).to_string()));
    assert_eq!(tiles.get(&7).unwrap(), Some("7".into()));
}

#[test]
fn extend_past_memory_writes_all_or_nothing() {
    let numbers: LruDict<u32, Even> = LruDict::open(&redis_collections_tests::store(), "even", 0);

    numbers.extend([(1, Even(2)), (2, Even(2)), (1, Even(4))]).unwrap();
    assert_eq!(numbers.get_many(&[1, 2]).unwrap(), [Some(Even(4)), Some(Even(2))]);
    let refused = numbers.extend([(1, Even(6)), (2, Even(7))]);
    assert!(matches!(refused, Err(Error::Encode { key, .. }) if key == numbers.key()));
    assert_eq!(numbers.get(&1).unwrap(), Some(Even(4)));
}

#[test]
fn the_entries_of_extend_may_be_read_from_the_dictionary_itself() {
    let tiles = tiles(10);
    tiles.set(1, grass()).unwrap();

    tiles.extend((2..5).map(|at| (at, tiles.get(&1).unwrap().unwrap()))).unwrap();

    assert_eq!(tiles.get(&4).unwrap(), Some(grass()));
}

#[test]
fn clear_removes_the_entries_in_redis_and_in_memory() {
    let tiles = tiles(10);
    tiles.clear().unwrap();
    tiles.extend((0..30).map(|at| (at, grass()))).unwrap();
    tiles.set(31, grass()).unwrap();

    tiles.clear().unwrap();
    assert!((0..=31).all(|at| tiles.get(&at).unwrap().is_none()));
    assert_eq!((tiles.len().unwrap(), tiles.is_dirty()), (0, false));
    tiles.set(1, grass()).unwrap();
    tiles.clear().unwrap();
    assert_eq!((tiles.recent().len(), tiles.remote().len().unwrap()), (0, 0));
}

#[test]
fn a_clear_that_fails_takes_nothing_out_of_memory() {
    let (proxy, store) = proxied();
    let tiles: LruDict<u32, String> = LruDict::open(&store, "tiles", 10);
    tiles.set(1, grass()).unwrap();
    tiles.sync().unwrap();
    tiles.set(2, grass()).unwrap();

    (0..20).for_each(|at| proxy.fault_after(at, Fault::CutBefore));
    assert!(tiles.clear().is_err());
    proxy.heal();

    assert_eq!(tiles.get_many(&[1, 2]).unwrap(), [Some(grass()), Some(grass())]);
    tiles.sync().unwrap();
    assert_eq!(tiles.remote().len().unwrap(), 2);
}

#[test]
fn a_clear_with_a_lost_reply_keeps_entries_that_redis_never_had() {
    let (proxy, store) = proxied();
    let tiles: LruDict<u32, String> = LruDict::open(&store, "tiles", 10);
    tiles.set(1, grass()).unwrap();
    tiles.sync().unwrap();
    tiles.set(2, grass()).unwrap();

    (0..20).for_each(|at| proxy.fault_after(at, Fault::CutAfter));
    assert!(tiles.clear().is_err());
    proxy.heal();

    assert_eq!(tiles.get_many(&[1, 2]).unwrap(), [None, Some(grass())]);
}

/// A call is under way from the moment that it was made, though a future sends nothing before it is
/// polled.
#[tokio::test]
async fn a_value_read_during_a_clear_is_not_kept() {
    let store = aio::Store::temporary().await.unwrap();
    let numbers: LruDict<u32, u32, aio::Store> = LruDict::open(&store, "numbers", 10);
    numbers.remote().set(&7, &7).await.unwrap();

    let clear = numbers.clear();
    assert_eq!(numbers.get(&7).await.unwrap(), Some(7));
    clear.await.unwrap();

    assert_eq!(numbers.get(&7).await.unwrap(), None);
}

#[tokio::test]
async fn a_value_written_during_a_clear_is_written_again() {
    let store = aio::Store::temporary().await.unwrap();
    let numbers: LruDict<u32, u32, aio::Store> = LruDict::open(&store, "numbers", 10);

    let clear = numbers.clear();
    numbers.set(7, 7).await.unwrap();
    numbers.sync().await.unwrap();
    clear.await.unwrap();

    assert_eq!((numbers.get(&7).await.unwrap(), numbers.is_dirty()), (Some(7), true));
    numbers.sync().await.unwrap();
    assert_eq!(numbers.remote().get(&7).await.unwrap(), Some(7));
}

#[test]
fn a_large_sync_is_made_whole_or_not_at_all() {
    let (proxy, store) = proxied();
    let numbers: Numbers = LruDict::open(&store, "numbers", LARGE as usize);
    let fill = |value| numbers.extend((0..LARGE).map(|at| (at, value))).unwrap();
    fill(0);
    let before = proxy.commands();
    numbers.sync().unwrap();
    let commands = proxy.commands() - before;
    assert!(commands > 2, "{commands}");

    for (round, fault) in [Fault::CutBefore, Fault::CutAfter].into_iter().enumerate() {
        for count in (0..commands).step_by(4) {
            let value = u32::try_from(round * commands + count + 1).unwrap();
            fill(value);
            proxy.fault_after(count, fault);
            let outcome = numbers.sync();
            proxy.heal();
            let written = numbers.remote().values().unwrap();
            assert!(written.iter().all(|it| *it == written[0]), "{fault:?} at {count}");
            assert!(outcome.is_err() || written[0] == value, "{fault:?} at {count}");
            assert!(outcome.is_ok() || numbers.is_dirty(), "{fault:?} at {count}");
            numbers.sync().unwrap();
            assert_eq!(numbers.remote().values().unwrap(), vec![value; LARGE as usize]);
        }
    }
}

/// What is written through and fails stays in memory, as a dirty entry.
#[test]
fn a_failed_write_through_keeps_the_entry_and_returns_the_error() {
    let (proxy, store) = proxied();
    let tiles: LruDict<u32, String> = LruDict::open(&store, "tiles", 10).with_write_through();
    let cut = |proxy: &Proxy| (0..20).for_each(|at| proxy.fault_after(at, Fault::CutBefore));

    cut(&proxy);
    assert!(matches!(tiles.set(1, grass()), Err(Error::Unavailable { .. })));
    proxy.heal();
    assert_eq!((tiles.get(&1).unwrap(), tiles.is_dirty()), (Some(grass()), true));
    assert_eq!(tiles.remote().len().unwrap(), 0);
    cut(&proxy);
    assert!(matches!(tiles.extend([(2, grass())]), Err(Error::Unavailable { .. })));
    proxy.heal();
    tiles.set(3, grass()).unwrap();
    tiles.sync().unwrap();
    assert_eq!(tiles.remote().len().unwrap(), 3);
}

/// Whatever threads do to a few entries, once they are done memory knows nothing that Redis does not.
#[test]
fn threads_that_clear_leave_memory_as_redis_is() {
    let (store, _) = counted(0);
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    for round in 0..200 {
        let numbers = Numbers::open(&store, &format!("cleared{round}"), 3);
        thread::scope(|scope| {
            for racer in 0..8 {
                let mut random = fastrand::Rng::with_seed(seed + round * 8 + racer);
                let numbers = numbers.clone();
                scope.spawn(move || (0..30).for_each(|_| disturb(&mut random, &numbers)));
            }
        });
        numbers.sync().unwrap();
        assert!(!numbers.is_dirty());
        let known: Vec<_> = (0..5).map(|key| numbers.get(&key).unwrap()).collect();
        let held: Vec<_> = (0..5).map(|key| numbers.remote().get(&key).unwrap()).collect();
        assert_eq!(known, held, "round {round}");
    }
}

fn disturb(random: &mut fastrand::Rng, numbers: &Numbers) {
    let (key, value) = (random.u32(0..5), random.u32(..));
    match random.u8(0..20) {
        0..7 => drop(numbers.get(&key).unwrap()),
        7..11 => numbers.set(key, value).unwrap(),
        11 => drop(numbers.insert(key, value).unwrap()),
        12 => drop(numbers.remove(&key).unwrap()),
        13 => numbers.extend((0..4).map(|key| (key, value))).unwrap(),
        14 => drop(numbers.get_many(&[0, 1, 2, 3, 4]).unwrap()),
        15 => numbers.sync().unwrap(),
        16 => numbers.sync_and_clear().unwrap(),
        _ => numbers.clear().unwrap(),
    }
}
