//! A dictionary of which memory holds a part, beside the `lru` crate behind a lock of the same kind.

use std::{
    hint::black_box,
    num::NonZero,
    sync::{Mutex, PoisonError},
};

use lru::LruCache;
use redis_collections::{Bincode, Codec, LruDict, Server, Store};

use crate::{line, turns::Turns};

/// How many entries memory holds, all of which are asked for.
const ENTRIES: u64 = 1_000;

/// How many calls a turn makes.
const CALLS: u64 = 100_000;

/// Compares all works, and prints a line for each.
pub(crate) fn compare(server: &Server) {
    let store = Store::open(server.url()).unwrap();
    hits(&store, "a number", |key| key);
    hits(&store, "a word", |key| format!("word {key:03}"));
}

/// What it takes to find and to set entries that are in memory, each with a value of its own.
fn hits<V: Clone + Send + 'static>(store: &Store, kind: &str, value: fn(u64) -> V)
where
    Bincode: Codec<V>,
{
    let size = NonZero::new(usize::try_from(ENTRIES).unwrap()).unwrap();
    let ours: LruDict<u64, V> = LruDict::open(store, kind, size.get());
    let bare = Mutex::new(LruCache::new(size));
    for key in 0..ENTRIES {
        ours.set(key, value(key)).unwrap();
        bare.lock().unwrap_or_else(PoisonError::into_inner).put(key, value(key));
    }

    let mut turns = Turns::default();
    turns.work("get", || {
        keys().for_each(|key| drop(black_box(ours.get(&key).unwrap())));
    });
    turns.work("bare get", || {
        keys().for_each(|key| drop(black_box(bare.lock().unwrap().get(&key).cloned())));
    });
    turns.work("set", || {
        keys().for_each(|key| ours.set(key, value(key)).unwrap());
    });
    turns.work("bare set", || {
        keys().for_each(|key| drop(black_box(bare.lock().unwrap().put(key, value(key)))));
    });
    let of = |name: &str| turns.of(name).unwrap();
    line(&format!("100,000 hits of LruDict, beside lru: {kind}"), of("get"), of("bare get"));
    line(&format!("100,000 settings in memory, beside lru: {kind}"), of("set"), of("bare set"));
}

/// All keys again and again, out of order: the step and their number have no divisor in common.
fn keys() -> impl Iterator<Item = u64> {
    (0..CALLS).map(|call| call * 377 % ENTRIES)
}
