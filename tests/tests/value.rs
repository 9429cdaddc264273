//! `Value` and `Number`: scalars in the fields of a hash.

use redis_collections::{Error, Number, Outcome, Value};
use redis_collections_tests::{send, store, text};

#[test]
fn a_missing_value_is_none() {
    let name: Value<String> = Value::open(&store(), "ada", "name");

    assert_eq!(name.get().unwrap(), None);
    assert_eq!(name.take().unwrap(), None);
    assert!(!name.exists().unwrap());
    assert!(!name.clear().unwrap());
}

#[test]
fn insert_returns_the_old_value() {
    let name: Value<String> = Value::open(&store(), "ada", "name");

    assert_eq!(name.insert("Ada").unwrap(), None);
    assert_eq!(name.insert("Lovelace").unwrap(), Some("Ada".into()));
    assert_eq!(name.get().unwrap(), Some("Lovelace".into()));
}

#[test]
fn take_removes_the_value() {
    let name: Value<String> = Value::open(&store(), "ada", "name");
    name.set("Ada").unwrap();

    assert_eq!(name.take().unwrap(), Some("Ada".into()));
    assert!(!name.exists().unwrap());
}

#[test]
fn replace_if_sets_only_the_expected_value() {
    let name: Value<String> = Value::open(&store(), "ada", "name");
    name.set("Ada").unwrap();

    assert!(!name.replace_if("Bob", "Eve").unwrap());
    assert!(name.replace_if("Ada", "Eve").unwrap());
    assert_eq!(name.get().unwrap(), Some("Eve".into()));
}

#[test]
fn values_of_one_hash_do_not_touch_each_other() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");
    let alive: Value<bool> = Value::open(&store, "ada", "alive");
    name.set("Ada").unwrap();
    alive.set(&true).unwrap();

    assert!(name.clear().unwrap());
    assert_eq!(alive.get().unwrap(), Some(true));
    assert_eq!(name.key(), alive.key());
}

#[test]
fn an_error_names_the_key_and_the_field() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");
    send(&store, "HSET", name.key(), &["name", "\u{ff}"]);

    let Error::Decode { key, len, .. } = name.get().unwrap_err() else { panic!() };

    assert_eq!((key, len), (format!("{} name", name.key()), 2));
}

#[test]
fn a_key_of_another_type_is_refused() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");
    let gold: Number<u8> = Number::open(&store, "ada", "gold");
    send(&store, "LPUSH", name.key(), &["x"]);

    assert!(matches!(name.insert("Ada"), Err(Error::WrongType { expected: "a hash", .. })));
    assert!(matches!(gold.add(1), Err(Error::WrongType { expected: "a hash", .. })));
}

#[test]
fn the_first_call_reports_an_invalid_name() {
    let name: Value<String> = Value::open(&store(), "", "name");

    assert!(matches!(name.get(), Err(Error::InvalidName { .. })));
}

#[test]
fn writes_keep_the_time_to_live() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");
    let gold: Number<u8> = Number::open(&store, "ada", "gold");
    name.set("Ada").unwrap();
    send(&store, "PEXPIRE", name.key(), &["60000"]);

    name.insert("Lovelace").unwrap();
    gold.add(3).unwrap();

    assert!(matches!(send(&store, "PTTL", name.key(), &[]), redis::Value::Int(1..=60_000)));
}

#[test]
fn a_missing_number_is_zero_and_is_not_stored() {
    let gold: Number<i64> = Number::open(&store(), "ada", "gold");

    assert_eq!(gold.get().unwrap(), 0);
    assert_eq!(gold.take().unwrap(), 0);
    assert!(!gold.exists().unwrap());
}

#[test]
fn a_number_is_native() {
    let store = store();
    let gold: Number<i64> = Number::open(&store, "ada", "gold");
    let height: Number<f64> = Number::open(&store, "ada", "height");
    gold.set(-7).unwrap();
    height.set(1.5).unwrap();

    assert_eq!(text(&store, gold.key(), "gold").as_deref(), Some("-7"));
    assert_eq!(text(&store, gold.key(), "height").as_deref(), Some("1.5"));
    send(&store, "HINCRBY", gold.key(), &["gold", "10"]);
    assert_eq!(gold.get().unwrap(), 3);
}

#[test]
fn add_and_sub_return_the_new_number() {
    let gold: Number<i64> = Number::open(&store(), "ada", "gold");

    assert_eq!(gold.add(5).unwrap(), 5);
    assert_eq!(gold.sub(8).unwrap(), -3);
    assert_eq!(gold.add(-2).unwrap(), -5);
    assert_eq!(gold.take().unwrap(), -5);
}

#[test]
fn large_integers_lose_no_digit() {
    let store = store();
    let wide: Number<i64> = Number::open(&store, "ada", "wide");
    let count: Number<u64> = Number::open(&store, "ada", "count");
    wide.set(i64::MAX - 2).unwrap();
    count.set((1 << 53) + 1).unwrap();

    assert_eq!(wide.add(1).unwrap(), i64::MAX - 1);
    assert_eq!(count.add(2).unwrap(), (1 << 53) + 3);
    assert_eq!(count.sub(1).unwrap(), (1 << 53) + 2);
}

#[test]
fn a_sum_out_of_range_is_refused_and_changes_nothing() {
    let store = store();
    let gold: Number<i64> = Number::open(&store, "ada", "gold");
    let level: Number<i8> = Number::open(&store, "ada", "level");
    let lives: Number<u64> = Number::open(&store, "ada", "lives");
    gold.set(i64::MAX).unwrap();

    assert!(matches!(gold.add(1), Err(Error::Overflow { .. })));
    assert!(matches!(level.sub(i8::MIN), Err(Error::Overflow { .. })));
    assert!(matches!(lives.sub(1), Err(Error::Overflow { .. })));

    assert_eq!(gold.get().unwrap(), i64::MAX);
    assert!(!level.exists().unwrap() && !lives.exists().unwrap());
}

#[test]
fn narrow_integers_reach_exactly_their_bounds() {
    let store = store();
    let level: Number<i8> = Number::open(&store, "ada", "level");
    let lives: Number<u64> = Number::open(&store, "ada", "lives");
    let most = i64::MAX.cast_unsigned();

    assert_eq!(level.add(127).unwrap(), 127);
    assert_eq!(level.add(-128).unwrap(), -1);
    assert_eq!(level.sub(127).unwrap(), -128);
    assert_eq!(level.add(0).unwrap(), -128);
    assert!(matches!(level.add(-1), Err(Error::Overflow { .. })));
    assert_eq!(lives.add(most).unwrap(), most);
    assert!(matches!(lives.add(1), Err(Error::Overflow { .. })));
    assert_eq!(lives.sub(most).unwrap(), 0);
}

#[test]
fn a_number_that_redis_cannot_keep_is_refused_before_it_is_sent() {
    let store = store();
    let lives: Number<u64> = Number::open(&store, "ada", "lives");
    let height: Number<f32> = Number::open(&store, "ada", "height");

    let error = lives.set(u64::MAX).unwrap_err();

    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert!(matches!(error, Error::Overflow { key, .. } if key.ends_with("ada lives")));
    assert!(matches!(height.set(f32::NAN), Err(Error::OutOfRange { .. })));
    assert!(matches!(height.add(f32::INFINITY), Err(Error::OutOfRange { .. })));
}

#[test]
fn a_stored_number_that_the_type_cannot_hold_is_an_error() {
    let store = store();
    let level: Number<u8> = Number::open(&store, "ada", "level");

    send(&store, "HSET", level.key(), &["level", "300"]);
    assert!(matches!(level.get(), Err(Error::Overflow { .. })));
    assert!(matches!(level.add(1), Err(Error::Overflow { .. })));
    send(&store, "HSET", level.key(), &["level", "many"]);
    assert!(matches!(level.get(), Err(Error::NotANumber { .. })));
    assert!(matches!(level.add(1), Err(Error::NotANumber { .. })));
}

#[test]
fn floats_add_as_rust_adds_them() {
    let store = store();
    let wide: Number<f64> = Number::open(&store, "ada", "wide");
    let narrow: Number<f32> = Number::open(&store, "ada", "narrow");

    for term in [0.1, 0.2, 1e-20, -0.3, 1e300, 3.25, -1e300] {
        let before = wide.get().unwrap();
        assert_eq!(wide.add(term).unwrap().to_bits(), (before + term).to_bits());
    }
    for term in [0.1, 0.2, 1e-30, 16_777_217.0, 1e38, 7.0] {
        let before = narrow.get().unwrap();
        assert_eq!(narrow.add(term).unwrap().to_bits(), (before + term).to_bits());
    }
}

#[test]
fn a_float_never_becomes_infinite() {
    let store = store();
    let wide: Number<f64> = Number::open(&store, "ada", "wide");
    let narrow: Number<f32> = Number::open(&store, "ada", "narrow");
    wide.set(f64::MAX).unwrap();
    narrow.set(f32::MIN).unwrap();

    assert!(matches!(wide.add(f64::MAX), Err(Error::Overflow { .. })));
    assert!(matches!(narrow.sub(f32::MAX), Err(Error::Overflow { .. })));
    assert_eq!((wide.get().unwrap(), narrow.get().unwrap()), (f64::MAX, f32::MIN));
}

#[test]
fn a_float_that_is_stored_as_something_else_is_an_error() {
    let store = store();
    let height: Number<f64> = Number::open(&store, "ada", "height");

    for stored in ["tall", "nan"] {
        send(&store, "HSET", height.key(), &["height", stored]);
        assert!(matches!(height.add(1.0), Err(Error::NotANumber { .. })));
    }
}

#[test]
fn replace_if_compares_numbers() {
    let store = store();
    let gold: Number<i64> = Number::open(&store, "ada", "gold");
    let height: Number<f32> = Number::open(&store, "ada", "height");
    height.add(0.1).unwrap();

    assert!(gold.replace_if(0, 7).unwrap());
    assert!(!gold.replace_if(0, 8).unwrap());
    assert!(height.replace_if(0.1, 0.7).unwrap());
    assert!(!height.replace_if(0.1, 0.8).unwrap());
    assert_eq!((gold.get().unwrap(), height.get().unwrap()), (7, 0.7));
}

#[test]
fn scalars_answer_within_a_transaction() {
    let store = store();
    let name: Value<String> = Value::open(&store, "ada", "name");
    let level: Number<u8> = Number::open(&store, "ada", "level");

    let answers = store
        .atomic(|tx| (name.on(tx).insert("Ada"), level.on(tx).add(3), name.on(tx).get()))
        .unwrap();

    assert_eq!(answers, (None, 3, Some("Ada".into())));
}
