//! Many random calls on a few of many entries, as caches see them: `LRU_OPS` says how many.

use std::{collections::HashMap, env};

use redis_collections::{LruDict, Server, Store};

const KEYS: f64 = 100_000.0;

#[test]
fn a_dictionary_of_which_memory_holds_one_in_a_hundred_agrees_with_a_map() {
    let count = env::var("LRU_OPS").map_or(20_000, |count| count.parse().unwrap());
    let seed = env::var("LRU_SEED").map_or_else(|_| fastrand::u64(..), |it| it.parse().unwrap());
    println!("LRU_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let server = Server::temporary().unwrap();
    let dict: LruDict<u32, u64> = LruDict::open(&Store::open(server.url()).unwrap(), "zipf", 1_000);
    let mut map = HashMap::new();

    for _ in 0..count {
        step(&mut random, &dict, &mut map);
    }

    println!("{:?}", dict.stats());
    assert_eq!(dict.len().unwrap(), map.len());
    dict.sync().unwrap();
    assert_eq!((dict.remote().to_map().unwrap(), dict.is_dirty()), (map, false));
}

/// A key, as probable as its rank is small: Zipf's law with an exponent of 1, by the inverse of its
/// distribution.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a rank")]
fn key(random: &mut fastrand::Rng) -> u32 {
    KEYS.powf(random.f64()) as u32
}

fn step(random: &mut fastrand::Rng, dict: &LruDict<u32, u64>, map: &mut HashMap<u32, u64>) {
    let (key, value) = (key(random), random.u64(..));
    match random.u32(0..1_000) {
        0..600 => assert_eq!(dict.get(&key).unwrap(), map.get(&key).copied()),
        600..850 => {
            dict.set(key, value).unwrap();
            map.insert(key, value);
        }
        850..900 => assert_eq!(dict.insert(key, value).unwrap(), map.insert(key, value)),
        900..950 => assert_eq!(dict.remove(&key).unwrap(), map.remove(&key)),
        950..990 => assert_eq!(dict.contains_key(&key).unwrap(), map.contains_key(&key)),
        990..997 => {
            let keys: Vec<u32> = (0..50).map(|_| self::key(random)).collect();
            let values: Vec<_> = keys.iter().map(|key| map.get(key).copied()).collect();
            assert_eq!(dict.get_many(&keys).unwrap(), values);
        }
        997 => {
            let entries: Vec<_> = (0..100).map(|_| (self::key(random), value)).collect();
            map.extend(entries.iter().copied());
            dict.extend(entries).unwrap();
        }
        998 => dict.sync().unwrap(),
        _ => dict.sync_and_clear().unwrap(),
    }
}
