//! `LruDict` against a plain map, among threads, and awaited.

use std::{collections::HashMap, thread};

use redis_collections::{LruDict, Server, Store, aio};
use redis_collections_tests::store;

/// One random call, on the dictionary and on the map that it must agree with.
fn step(random: &mut fastrand::Rng, dict: &LruDict<u8, u32>, map: &mut HashMap<u8, u32>) {
    let (key, value) = (random.u8(0..32), random.u32(..));
    match random.u8(0..100) {
        0..30 => assert_eq!(dict.get(&key).unwrap(), map.get(&key).copied()),
        30..60 => {
            dict.set(key, value).unwrap();
            map.insert(key, value);
        }
        60..75 => assert_eq!(dict.insert(key, value).unwrap(), map.insert(key, value)),
        75..85 => assert_eq!(dict.remove(&key).unwrap(), map.remove(&key)),
        85..90 => assert_eq!(dict.contains_key(&key).unwrap(), map.contains_key(&key)),
        90..94 => assert_eq!(dict.len().unwrap(), map.len()),
        94..98 => {
            let keys: Vec<u8> = (0..random.usize(0..12)).map(|_| random.u8(0..32)).collect();
            let values: Vec<_> = keys.iter().map(|key| map.get(key).copied()).collect();
            assert_eq!(dict.get_many(&keys).unwrap(), values);
        }
        98 => match random.u8(0..4) {
            0 => {
                dict.clear().unwrap();
                map.clear();
            }
            1 => {
                let entries: Vec<(u8, u32)> = (key..32).map(|key| (key, value)).collect();
                map.extend(entries.iter().copied());
                dict.extend(entries).unwrap();
            }
            _ => dict.sync().unwrap(),
        },
        _ => dict.sync_and_clear().unwrap(),
    }
}

#[test]
fn random_calls_agree_with_a_map() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);

    for (maxsize, steps) in [(8, 20_000), (0, 2_000), (1, 2_000), (64, 2_000)] {
        let dict: LruDict<u8, u32> = LruDict::open(&store(), "model", maxsize);
        let mut map = HashMap::new();
        (0..steps).for_each(|_| step(&mut random, &dict, &mut map));
        dict.sync().unwrap();
        assert_eq!(dict.remote().to_map().unwrap(), map);
        assert!(!dict.is_dirty());
    }
}

/// Each thread has keys of its own, so that each knows what it must find.
#[test]
fn eight_threads_share_the_memory() {
    let dict: LruDict<(u8, u8), u32> = LruDict::open(&store(), "shared", 16);
    let seed = fastrand::u64(..);
    println!("seed {seed}");

    let own = |thread: u8| {
        let (dict, mut random) = (dict.clone(), fastrand::Rng::with_seed(seed + u64::from(thread)));
        let mut map = HashMap::new();
        for value in 0..2_000 {
            let key = (thread, random.u8(0..8));
            match random.u8(0..10) {
                0..4 => assert_eq!(dict.get(&key).unwrap(), map.get(&key).copied()),
                4..7 => {
                    dict.set(key, value).unwrap();
                    map.insert(key, value);
                }
                7 => assert_eq!(dict.insert(key, value).unwrap(), map.insert(key, value)),
                8 => assert_eq!(dict.remove(&key).unwrap(), map.remove(&key)),
                _ if value % 10 == 0 => dict.sync().unwrap(),
                _ => assert_eq!(dict.get_many(&[key]).unwrap(), [map.get(&key).copied()]),
            }
        }
        map
    };
    let maps = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|thread| scope.spawn(move || own(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<HashMap<_, _>>()
    });

    dict.sync().unwrap();
    assert_eq!(dict.remote().to_map().unwrap(), maps);
    assert!(!dict.is_dirty());
}

#[test]
fn one_of_many_threads_gets_the_removed_value() {
    let dict: LruDict<u32, u32> = LruDict::open(&store(), "jobs", 50);
    (0..200).for_each(|job| dict.set(job, job).unwrap());

    let taken = thread::scope(|scope| {
        let take = || (0..200).filter(|job| dict.remove(job).unwrap().is_some()).count();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(take)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
    });

    assert_eq!((taken, dict.len().unwrap(), dict.is_dirty()), (200, 0, false));
}

/// Whatever is inserted is handed back by one call, or is there at the end.
#[test]
fn no_value_is_handed_back_twice_or_never() {
    for maxsize in [0, 1, 2, 8] {
        let dict: LruDict<u8, u32> = LruDict::open(&store(), "hands", maxsize);
        let play = |player: u32| {
            let mut handed = Vec::new();
            for turn in 0..500 {
                let key = fastrand::u8(0..4);
                match fastrand::u8(0..10) {
                    0..3 => handed.extend(dict.remove(&key).unwrap()),
                    3 => drop(dict.get(&key).unwrap()),
                    4 => dict.sync().unwrap(),
                    _ => {}
                }
                handed.extend(dict.insert(key, player * 1000 + turn).unwrap());
            }
            handed
        };

        let mut handed: Vec<u32> = thread::scope(|scope| {
            let players: Vec<_> = (0..6).map(|player| scope.spawn(move || play(player))).collect();
            players.into_iter().flat_map(|player| player.join().unwrap()).collect()
        });

        dict.sync().unwrap();
        handed.extend(dict.remote().values().unwrap());
        handed.sort_unstable();
        let all = (0..6).flat_map(|player| (0..500).map(move |turn| player * 1000 + turn));
        assert!(handed.into_iter().eq(all), "with a maxsize of {maxsize}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_share_the_memory() {
    let server = Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let dict: LruDict<u32, u32, aio::Store> = LruDict::open(&store, "shared", 10);

    let tasks = (0..8).map(|task| {
        let dict = dict.clone();
        tokio::spawn(async move {
            for key in (0..800).filter(|key| key % 8 == task) {
                dict.set(key, key).await.unwrap();
                assert_eq!(dict.get(&(key / 2)).await.unwrap().unwrap_or(key / 2), key / 2);
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(dict.insert(7, 8).await.unwrap(), Some(7));
    assert_eq!(dict.remove(&9).await.unwrap(), Some(9));
    dict.sync_and_clear().await.unwrap();

    assert_eq!(dict.len().await.unwrap(), 799);
    assert_eq!(dict.get_many(&[7, 9, 10]).await.unwrap(), [Some(8), None, Some(10)]);
}

#[tokio::test]
async fn a_call_that_is_dropped_loses_nothing() {
    let server = Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let dict: LruDict<u32, u32, aio::Store> = LruDict::open(&store, "shared", 1);
    dict.set(1, 1).await.unwrap();

    drop(dict.set(2, 2));
    drop(dict.remove(&1));
    drop(dict.get(&3));
    drop(dict.sync());

    assert!(dict.is_dirty());
    assert_eq!(dict.get_many(&[1, 2]).await.unwrap(), [Some(1), Some(2)]);
    dict.sync().await.unwrap();
    assert_eq!(dict.remote().len().await.unwrap(), 2);
}

#[test]
fn threads_can_share_it_for_any_key_and_value() {
    fn is_shared<T: Send + Sync>() {}

    is_shared::<LruDict<u32, std::cell::Cell<u32>, Store>>();
    is_shared::<LruDict<u32, u32, aio::Store>>();
}
