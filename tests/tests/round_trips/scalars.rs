//! The calls of the fields of a hash.

use redis_collections::{Number, Value};
use redis_collections_tests::proxied;

use crate::{assert_one_trip, assert_trips, trips};

#[test]
fn a_value() {
    let (proxy, store) = proxied();
    let value: Value<String> = Value::open(&store, "ada", "name");

    assert_one_trip!(
        proxy,
        value.exists(),
        value.get(),
        value.set("Ada"),
        value.insert("Lovelace"),
        value.replace_if("Lovelace", "Ada"),
        value.take(),
        value.clear(),
    );
}

#[test]
fn a_change_that_is_computed_here_reads_and_then_writes() {
    let (proxy, store) = proxied();
    let value: Value<u32> = Value::open(&store, "ada", "born");
    let number: Number<i64> = Number::open(&store, "ada", "gold");

    let of_value = trips(&proxy, || value.modify(|year| Some(year.unwrap_or(1815) + 1)));
    let of_number = trips(&proxy, || number.modify(|gold| gold + 1));

    assert_trips(2, &[("value", of_value), ("number", of_number)]);
}

#[test]
fn a_number() {
    let (proxy, store) = proxied();
    let number: Number<i64> = Number::open(&store, "ada", "gold");

    assert_one_trip!(
        proxy,
        number.exists(),
        number.get(),
        number.set(40),
        number.add(2),
        number.sub(2),
        number.replace_if(40, 41),
        number.take(),
        number.clear(),
    );
}

#[test]
fn a_number_whose_range_a_script_checks() {
    let (proxy, store) = proxied();
    let small: Number<u8> = Number::open(&store, "ada", "level");
    let float: Number<f64> = Number::open(&store, "ada", "speed");

    assert_one_trip!(
        proxy,
        small.add(2),
        small.sub(1),
        small.replace_if(2, 3),
        float.add(0.5),
        float.sub(0.25),
        float.replace_if(0.5, 0.75),
    );
}
