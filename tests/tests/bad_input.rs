//! What cannot be: each call that is given it answers a typed error that names the key, and nothing
//! has been written.

use redis_collections::{
    Area, Coordinates, Counter, Deque, Dict, Error, Executor, GeoDb, List, MAX_VALUE_LEN, Number,
    Result, Scores, Set, SortedSetCounter, Store, Tally,
    raw::{Key, Request},
};
use redis_collections_tests::{send, store};

/// A call, what it is called, and the error that it must give.
type Call<'c> = (&'static str, Box<dyn Fn() -> Result<()> + 'c>, fn(&Error) -> bool);

/// A call that must give an error of this variant.
macro_rules! refused {
    ($variant:ident, $call:expr) => {{
        let call: Call<'_> = (stringify!($call), Box::new(|| $call.map(drop)), |error| {
            matches!(error, Error::$variant { .. })
        });
        call
    }};
}

/// Makes each call on the key called `name`, and checks its error, and that the key is as before.
fn assert_refused(store: &Store, name: &str, calls: &[Call<'_>]) {
    let list: List<u32> = List::open(store, name);
    let key = list.key();
    for (what, call, is_right) in calls {
        let before = send(store, "DUMP", key, &[]);

        let error = call().expect_err(what);

        assert!(is_right(&error), "{what}: {error:?}");
        assert!(error.to_string().contains(key), "{what} does not name its key: {error}");
        assert_eq!(send(store, "DUMP", key, &[]), before, "{what} has written");
    }
}

#[test]
fn a_slice_without_a_step_or_with_other_values() {
    let store = store();
    let (list, deque) = (List::<u32>::open(&store, "l"), Deque::<u32>::open(&store, "l"));
    list.extend(0..5).unwrap();
    let full = deque.with_maxlen(5);

    assert_refused(
        &store,
        "l",
        &[
            refused!(OutOfRange, list.range_step(.., 0)),
            refused!(OutOfRange, list.delete_range_step(.., 0)),
            refused!(OutOfRange, list.set_range_step(.., 0, [1])),
            refused!(OutOfRange, list.set_range_step(.., 2, [1])),
            refused!(OutOfRange, list.set_range_step(.., -1, [1, 2, 3, 4, 5, 6])),
            refused!(OutOfRange, full.insert(1, &7)),
        ],
    );
}

#[test]
fn a_score_that_is_not_a_number_or_not_exact() {
    let store = store();
    let ladder: SortedSetCounter<u32> = SortedSetCounter::open(&store, "z");
    ladder.extend([(1, f64::INFINITY), (2, 1.0)]).unwrap();
    let (beyond, scores) = ((1_i64 << 53) + 1, Scores::from_iter([(3, 1.0), (4, f64::NAN)]));

    assert_refused(
        &store,
        "z",
        &[
            refused!(OutOfRange, ladder.set_score(&3, f64::NAN)),
            refused!(OutOfRange, ladder.set_score(&3, beyond)),
            refused!(OutOfRange, ladder.set_score(&3, i64::MIN)),
            refused!(OutOfRange, ladder.get_or_set_score(&3, f64::NAN)),
            refused!(OutOfRange, ladder.get_or_set_score(&3, u64::MAX)),
            refused!(OutOfRange, ladder.increment(&3, f64::NAN)),
            refused!(OutOfRange, ladder.increment(&3, beyond)),
            refused!(Overflow, ladder.increment(&1, f64::NEG_INFINITY)),
            refused!(OutOfRange, ladder.extend([(3, 1.0), (4, f64::NAN)])),
            refused!(OutOfRange, ladder.extend([(3, 1), (4, beyond)])),
            refused!(OutOfRange, ladder.extend_from(&scores)),
            refused!(OutOfRange, ladder.range_by_score(f64::NAN..)),
            refused!(OutOfRange, ladder.range_by_score_reversed(..f64::NAN)),
            refused!(OutOfRange, ladder.count_between(f64::NAN..)),
            refused!(OutOfRange, ladder.remove_by_score(f64::NAN..)),
        ],
    );
}

#[test]
fn a_count_beyond_the_ends_of_i64() {
    let store = store();
    let counter: Counter<String> = Counter::open(&store, "c");
    counter.set("most", i64::MAX).unwrap();
    counter.set("least", i64::MIN).unwrap();
    let one = |thing: &str| Tally::from_iter([("other".to_owned(), 1), (thing.to_owned(), 1)]);
    let (up, down) = (one("most"), one("least"));

    assert_refused(
        &store,
        "c",
        &[
            refused!(Overflow, counter.add("most", 1)),
            refused!(Overflow, counter.add("least", -1)),
            refused!(Overflow, counter.add_all(&up)),
            refused!(Overflow, counter.subtract_all(&down)),
            refused!(Overflow, counter.plus(&up)),
            refused!(Overflow, counter.plus_assign(&up)),
            refused!(Overflow, counter.minus_assign(&down)),
            refused!(Overflow, counter.add_from(&up)),
            refused!(Overflow, counter.subtract_from(&down)),
        ],
    );
}

#[test]
fn a_number_beyond_its_type() {
    let store = store();
    let small: Number<u8> = Number::open(&store, "n", "small");
    let large: Number<i64> = Number::open(&store, "n", "large");
    let float: Number<f64> = Number::open(&store, "n", "float");
    small.set(250).unwrap();
    large.set(i64::MAX).unwrap();
    float.set(f64::MAX).unwrap();

    assert_refused(
        &store,
        "n",
        &[
            refused!(Overflow, small.add(6)),
            refused!(Overflow, small.sub(251)),
            refused!(Overflow, large.add(1)),
            refused!(Overflow, float.add(f64::MAX)),
        ],
    );
}

#[test]
fn coordinates_off_the_globe_and_invalid_lengths() {
    let store = store();
    let cities: GeoDb<String> = GeoDb::open(&store, "g");
    let berlin = Coordinates::new(52.52, 13.405);
    let (pole, far) = (Coordinates::new(90.0, 0.0), Coordinates::new(0.0, 180.1));
    let nowhere = Coordinates::new(f64::NAN, 0.0);
    cities.set("berlin", berlin).unwrap();

    assert_refused(
        &store,
        "g",
        &[
            refused!(OutOfRange, cities.set("pole", pole)),
            refused!(OutOfRange, cities.insert("pole", far)),
            refused!(OutOfRange, cities.set("pole", nowhere)),
            refused!(OutOfRange, cities.extend([("a".to_string(), berlin), ("b".into(), pole)])),
            refused!(OutOfRange, cities.within(pole, 1.0)),
            refused!(OutOfRange, cities.within(berlin, -1.0)),
            refused!(OutOfRange, cities.around("berlin", f64::NAN)),
            refused!(
                OutOfRange,
                cities.within(berlin, Area::Rectangle { width: 1.0, height: f64::INFINITY })
            ),
        ],
    );
}

#[test]
fn a_member_that_is_not_canonical() {
    let store = store();
    let set: Set<u32> = Set::open(&store, "s");
    // 1 as it is never written: three bytes where one does.
    let request = Request::once("SADD", &Key::of_name(None, set.key()));
    store.run(request.arg(&[251_u8, 1, 0][..]), Ok).unwrap();

    assert_refused(
        &store,
        "s",
        &[
            refused!(Decode, set.to_set()),
            refused!(Decode, set.random_member()),
            refused!(Decode, set.union([&Set::open(&store, "other")])),
        ],
    );
    assert!(!set.contains(&1).unwrap());
    assert_eq!(set.iter().filter(Result::is_err).count(), 1);
}

#[test]
fn a_value_that_is_too_long() {
    let store = store();
    let (dict, list) = (Dict::<u32, String>::open(&store, "d"), List::<String>::open(&store, "d"));
    let long = "x".repeat(MAX_VALUE_LEN);
    dict.set(&1, "short").unwrap();

    assert_refused(
        &store,
        "d",
        &[
            refused!(Encode, dict.set(&1, &long)),
            refused!(Encode, dict.insert(&1, &long)),
            refused!(Encode, dict.extend([(1, "a".to_string()), (2, long.clone())])),
            refused!(Encode, list.push(&long)),
        ],
    );
}

#[test]
fn a_key_of_another_type() {
    let store = store();
    List::<u32>::open(&store, "x").push(&1).unwrap();
    let (dict, set) = (Dict::<u32, u32>::open(&store, "x"), Set::<u32>::open(&store, "x"));
    let (counter, ladder) =
        (Counter::<u32>::open(&store, "x"), SortedSetCounter::<u32>::open(&store, "x"));
    let (cities, number) = (GeoDb::<u32>::open(&store, "x"), Number::<i64>::open(&store, "x", "f"));

    assert_refused(
        &store,
        "x",
        &[
            refused!(WrongType, dict.get(&1)),
            refused!(WrongType, dict.insert(&1, &1)),
            refused!(WrongType, dict.pop_any()),
            refused!(WrongType, dict.extend((0..2_000).map(|at| (at, at)))),
            refused!(WrongType, dict.extend_from(&Dict::open(&store, "other"))),
            refused!(WrongType, counter.add(&1, 1)),
            refused!(WrongType, counter.add_all([(1, 1)])),
            refused!(WrongType, counter.plus_assign(&Tally::from_iter([(1, 1)]))),
            refused!(WrongType, set.insert(&1)),
            refused!(WrongType, set.union_assign([&Set::open(&store, "other")])),
            refused!(WrongType, ladder.increment(&1, 1)),
            refused!(WrongType, ladder.extend_from(&SortedSetCounter::open(&store, "other"))),
            refused!(WrongType, cities.insert(&1, Coordinates::new(0.0, 0.0))),
            refused!(WrongType, number.add(1)),
        ],
    );
}

#[test]
fn an_invalid_name() {
    let store = store();

    for name in [String::new(), "x".repeat(5_000)] {
        let error = Dict::<u32, u32>::open(&store, &name).set(&1, &1).unwrap_err();
        assert!(matches!(error, Error::InvalidName { .. }), "{error}");
    }
}
