//! Threads use an `LruDict` while connections are cut at random.

use std::{collections::HashMap, thread};

use redis_collections::{LruDict, Result};
use redis_collections_tests::{Fault, proxied};

/// What one thread knows of its entries: all values that may be there after calls whose outcome is
/// unknown.
type Possible = HashMap<u8, Vec<Option<u32>>>;

const TURNS: u32 = 400;

#[test]
fn no_value_is_lost_while_connections_are_cut() {
    for maxsize in [0, 1, 5, 40] {
        let (proxy, store) = proxied();
        let dict: LruDict<(u8, u8), u32> = LruDict::open(&store, "cut", maxsize);
        let seed = fastrand::u64(..);
        proxy.fault_randomly(
            seed,
            &[(Fault::CutBefore, 0.02), (Fault::CutAfter, 0.02), (Fault::CutReply(3), 0.01)],
        );

        let all: Vec<Possible> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|thread| {
                    let random = fastrand::Rng::with_seed(seed ^ u64::from(thread));
                    let dict = dict.clone();
                    scope.spawn(move || play(&dict, thread, random))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });

        proxy.heal();
        dict.sync().unwrap();
        assert!(!dict.is_dirty());
        let held = dict.remote().to_map().unwrap();
        for (thread, possible) in (0_u8..).zip(all) {
            for (key, values) in possible {
                let found = held.get(&(thread, key)).copied();
                assert!(values.contains(&found), "{thread} {key}: {values:?}, found {found:?}");
            }
        }
    }
}

fn play(dict: &LruDict<(u8, u8), u32>, thread: u8, mut random: fastrand::Rng) -> Possible {
    let mut possible: Possible = (0..6).map(|key| (key, vec![None])).collect();
    for value in 0..TURNS {
        let at = random.u8(0..6);
        let (key, values) = ((thread, at), possible.get_mut(&at).unwrap());
        match random.u8(0..10) {
            0..3 => known(values, &dict.get(&key)),
            3 => known(values, &dict.get_many(&[key]).map(|found| found[0])),
            4..7 => match dict.set(key, value) {
                // It is in memory, whatever became of those that had to leave.
                _ if dict.maxsize() > 0 => *values = vec![Some(value)],
                Ok(()) => *values = vec![Some(value)],
                Err(_) => values.push(Some(value)),
            },
            7 => replaced(values, &dict.insert(key, value), Some(value)),
            8 => replaced(values, &dict.remove(&key), None),
            _ => drop(dict.sync()),
        }
    }
    possible
}

/// What was read, if it was, is the only value that may be there.
fn known(values: &mut Vec<Option<u32>>, found: &Result<Option<u32>>) {
    if let Ok(found) = found {
        assert!(values.contains(found), "{values:?}, found {found:?}");
        *values = vec![*found];
    }
}

/// If `old` was handed back, `new` is there for it; else either of them may be.
fn replaced(values: &mut Vec<Option<u32>>, old: &Result<Option<u32>>, new: Option<u32>) {
    known(values, old);
    match old {
        Ok(_) => *values = vec![new],
        Err(_) => values.push(new),
    }
}
