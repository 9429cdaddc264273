//! The behaviour of an `LruDict` when Redis refuses a write.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use redis_collections::{Collection, Error, LruDict};
use redis_collections_tests::{send, store};
use serde::{Deserialize, Serialize, Serializer};

use crate::{counted, grass, tiles};

#[test]
fn a_full_server_takes_no_entry_out_of_memory() {
    let (store, tiles) = counted(2);
    tiles.remote().set(&0, &grass()).unwrap();
    (1..3).for_each(|at| tiles.set(at, grass()).unwrap());
    send(&store, "CONFIG", "SET", &["maxmemory", "1"]);

    for at in 3..10 {
        let error = tiles.set(at, grass()).unwrap_err();
        assert!(matches!(error, Error::OutOfMemory { .. }), "{error:?}");
    }
    assert!(matches!(tiles.get(&0), Err(Error::OutOfMemory { .. })));
    assert!(matches!(tiles.sync(), Err(Error::OutOfMemory { .. })));
    assert!((1..10).all(|at| tiles.get(&at).unwrap() == Some(grass())));

    send(&store, "CONFIG", "SET", &["maxmemory", "0"]);
    tiles.set(10, grass()).unwrap();
    tiles.sync().unwrap();
    assert_eq!((tiles.remote().len().unwrap(), tiles.is_dirty()), (11, false));
    assert_eq!(tiles.stats().evictions, 8);
}

#[test]
fn a_key_of_another_type_takes_no_entry_out_of_memory() {
    let store = store();
    let tiles: LruDict<u32, String> = LruDict::open(&store, "tiles", 1);
    send(&store, "SET", tiles.key(), &["text"]);
    tiles.set(1, grass()).unwrap();

    assert!(matches!(tiles.set(2, grass()), Err(Error::WrongType { .. })));
    assert!(matches!(tiles.get(&3), Err(Error::WrongType { .. })));
    assert!(matches!(tiles.remove(&1), Err(Error::WrongType { .. })));
    assert_eq!(tiles.get_many(&[1, 2]).unwrap(), [Some(grass()), Some(grass())]);

    send(&store, "DEL", tiles.key(), &[]);
    tiles.sync().unwrap();
    assert_eq!(tiles.remote().len().unwrap(), 2);
}

#[test]
fn an_undecodable_entry_is_an_error_that_names_its_key() {
    let store = store();
    let tiles: LruDict<u32, u32> = LruDict::open(&store, "tiles", 4);
    let texts: LruDict<u32, String> = LruDict::open(&store, "tiles", 0);
    texts.set(1, "no number at all".into()).unwrap();
    (2..9).for_each(|at| tiles.set(at, at).unwrap());

    assert!(matches!(tiles.get(&1), Err(Error::Decode { key, .. }) if key == tiles.key()));
    assert!(matches!(tiles.get_many(&[1, 2]), Err(Error::Decode { .. })));
    assert!((2..9).all(|at| tiles.get(&at).unwrap() == Some(at)));
    assert!(matches!(tiles.remove(&1), Err(Error::Decode { .. })));
    assert_eq!(tiles.get(&1).unwrap(), None);
}

/// Odd numbers cannot be written.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Even(pub(crate) u32);

impl Serialize for Even {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % 2 {
            0 => serializer.serialize_newtype_struct("Even", &self.0),
            _ => Err(serde::ser::Error::custom("odd")),
        }
    }
}

#[test]
fn a_value_that_cannot_be_stored_does_not_block_other_writes() {
    let numbers: LruDict<u32, Even> = LruDict::open(&store(), "numbers", 2);
    numbers.set(0, Even(1)).unwrap();
    numbers.set(1, Even(2)).unwrap();

    assert!(matches!(numbers.set(2, Even(4)), Err(Error::Encode { .. })));
    (3..9).for_each(|at| numbers.set(at, Even(at * 2)).unwrap());
    assert!(numbers.remote().len().unwrap() >= 6);
    assert!(matches!(numbers.sync(), Err(Error::Encode { key, .. }) if key == numbers.key()));
    assert_eq!(numbers.get(&0).unwrap(), Some(Even(1)));
    numbers.set(0, Even(0)).unwrap();
    numbers.sync().unwrap();
    assert_eq!(numbers.remote().len().unwrap(), 9);
}

#[test]
fn insert_returns_the_old_value_though_another_cannot_be_stored() {
    let numbers: LruDict<u32, Even> = LruDict::open(&store(), "numbers", 1);
    numbers.set(0, Even(1)).unwrap();
    numbers.remote().set(&1, &Even(2)).unwrap();

    assert_eq!(numbers.insert(1, Even(4)).unwrap(), Some(Even(2)));
    assert_eq!(numbers.insert(0, Even(3)).unwrap(), Some(Even(1)));
    assert!(matches!(numbers.insert(2, Even(5)), Err(Error::Encode { .. })));
    assert_eq!(numbers.get(&2).unwrap_err().to_string(), numbers.sync().unwrap_err().to_string());
}

#[test]
fn values_that_cannot_be_stored_do_not_block_evictions() {
    let numbers: LruDict<u32, Even> = LruDict::open(&store(), "numbers", 600);
    let odd = (0..550).map(|at| (at, Even(1)));
    let even = |first: u32| (first..first + 200).map(|at| (at, Even(2)));

    assert!(matches!(numbers.extend(odd.chain(even(550))), Err(Error::Encode { .. })));
    numbers.extend(even(1_000)).unwrap();
    even(2_000).for_each(|(at, even)| numbers.set(at, even).unwrap());
    assert!(numbers.recent().len() <= 600, "{}", numbers.recent().len());
    assert!(numbers.remote().len().unwrap() >= 550);
    assert!((0..550).all(|at| numbers.get(&at).unwrap() == Some(Even(1))));
}

#[test]
fn the_first_call_that_sends_reports_an_invalid_name() {
    let tiles: LruDict<u32, String> = LruDict::open(&store(), "", 1);

    tiles.set(1, grass()).unwrap();
    assert!(matches!(tiles.sync(), Err(Error::InvalidName { .. })));
    assert_eq!(tiles.get(&1).unwrap(), Some(grass()));
}

#[test]
fn writes_by_others_are_seen_after_an_eviction() {
    let tiles = tiles(1);
    tiles.set(1, grass()).unwrap();
    tiles.sync_and_clear().unwrap();

    tiles.remote().clear().unwrap();

    assert_eq!((tiles.get(&1).unwrap(), tiles.len().unwrap()), (None, 0));
}

thread_local! {
    /// How many `Fragile`s this thread still drops before one panics.
    static DROPS: Cell<usize> = const { Cell::new(usize::MAX) };
}

#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
struct Fragile(u32);

impl Drop for Fragile {
    fn drop(&mut self) {
        let left = DROPS.get();
        if !thread::panicking() {
            DROPS.set(left.checked_sub(1).unwrap_or(usize::MAX));
            assert_ne!(left, 0, "dropped");
        }
    }
}

#[test]
fn a_key_that_panics_when_it_is_dropped_leaves_memory_usable() {
    for drops in 0..40 {
        let numbers: LruDict<Fragile, u32> = LruDict::open(&store(), "numbers", 1);
        numbers.set(Fragile(0), 0).unwrap();

        DROPS.set(drops);
        let extend = || numbers.extend((0..4).map(|at| (Fragile(at), at)));
        let _ = catch_unwind(AssertUnwindSafe(extend));
        DROPS.set(usize::MAX);

        numbers.extend((0..4).map(|at| (Fragile(at), at + 10))).unwrap();
        numbers.sync().unwrap();
        assert!((0..4).all(|at| numbers.get(&Fragile(at)).unwrap() == Some(at + 10)), "{drops}");
        assert_eq!(numbers.remote().len().unwrap(), 4);
    }
}

#[test]
fn a_value_that_panics_when_clear_drops_it_leaves_no_other_entry_dirty() {
    for drops in 0..4 {
        let numbers: LruDict<u32, Fragile> = LruDict::open(&store(), "numbers", 10);
        numbers.extend((0..4).map(|at| (at, Fragile(at)))).unwrap();

        DROPS.set(drops);
        let cleared = catch_unwind(AssertUnwindSafe(|| numbers.clear()));
        DROPS.set(usize::MAX);
        assert!(cleared.is_err());

        assert_eq!((numbers.is_dirty(), numbers.len().unwrap()), (false, 0));
        numbers.set(1, Fragile(1)).unwrap();
        numbers.sync().unwrap();
        assert!(!numbers.is_dirty());
    }
}
