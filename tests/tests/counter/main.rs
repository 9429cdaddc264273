//! `Counter` and `Tally`: counts in Redis and in memory.

mod algebra;
mod tally;

use redis_collections::{Collection, Counter, Error, Store, Tally, aio};
use redis_collections_tests::{send, store, text};

fn tally(counts: &[(&str, i64)]) -> Tally<String> {
    counts.iter().map(|(thing, count)| ((*thing).to_string(), *count)).collect()
}

fn counter(store: &Store, name: &str, counts: &[(&str, i64)]) -> Counter<String> {
    let counter = Counter::open(store, name);
    counter.add_all(&tally(counts)).unwrap();
    counter
}

#[test]
fn a_missing_count_is_zero_and_is_not_stored() {
    let kills = counter(&store(), "kills", &[]);

    assert_eq!(kills.get("orc").unwrap(), 0);
    assert_eq!(kills.get_many(["orc", "elf"]).unwrap(), [0, 0]);
    assert_eq!(kills.get_many::<str>([]).unwrap(), []);
    assert!(!kills.exists().unwrap());
}

#[test]
fn counts_are_native() {
    let store = store();
    let ids: Counter<u32> = Counter::open(&store, "ids");
    ids.add(&7, -3).unwrap();

    assert_eq!(text(&store, ids.key(), "\u{7}").as_deref(), Some("-3"));
    send(&store, "HINCRBY", ids.key(), &["\u{7}", "10"]);
    assert_eq!(ids.get(&7).unwrap(), 7);
}

#[test]
fn add_returns_the_new_count() {
    let kills = counter(&store(), "kills", &[]);

    assert_eq!(kills.add("orc", 2).unwrap(), 2);
    assert_eq!(kills.add("orc", -5).unwrap(), -3);
    assert_eq!(kills.add("orc", i64::MIN + 3).unwrap(), i64::MIN);
    assert!(matches!(kills.add("orc", -1), Err(Error::Overflow { .. })));
}

#[test]
fn add_all_and_subtract_all_keep_zero_and_less() {
    let kills = counter(&store(), "kills", &[("orc", 2), ("elf", 1)]);

    kills.subtract_all([("orc".to_string(), 2), ("elf".to_string(), 3)]).unwrap();
    kills.add_all([("elf".to_string(), 1), ("elf".to_string(), -2)]).unwrap();
    kills.add_all(&Tally::new()).unwrap();

    assert_eq!(kills.to_tally().unwrap(), tally(&[("orc", 0), ("elf", -3)]));
}

#[test]
fn add_all_is_all_or_nothing() {
    let store = store();
    let kills = counter(&store, "kills", &[("a", 1), ("b", i64::MAX - 1), ("c", i64::MIN + 1)]);
    let before = kills.to_tally().unwrap();

    kills.add_all(&tally(&[("b", 1), ("c", -1)])).unwrap();
    kills.subtract_all(&tally(&[("b", 1), ("c", -1)])).unwrap();
    for amounts in [[("a", 1), ("b", 2)], [("a", 1), ("c", -2)]] {
        assert!(matches!(kills.add_all(&tally(&amounts)), Err(Error::Overflow { .. })));
    }
    assert!(matches!(kills.subtract_all(&tally(&[("a", i64::MIN)])), Err(Error::Overflow { .. })));
    assert_eq!(kills.to_tally().unwrap(), before);
    send(&store, "HSET", kills.key(), &["\u{1}z", "many"]);
    let refused = kills.add_all(&tally(&[("a", 1), ("z", 1)]));
    assert!(matches!(refused, Err(Error::NotANumber { .. })));
    assert_eq!(kills.get("a").unwrap(), 1);
}

#[test]
fn add_all_takes_more_than_one_chunk() {
    let ids: Counter<u32> = Counter::open(&store(), "ids");

    ids.add_all((0..25_000).map(|id| (id, i64::from(id)))).unwrap();

    assert_eq!(ids.len().unwrap(), 25_000);
    assert_eq!(ids.total().unwrap(), 312_487_500);
    assert_eq!(ids.iter().map(Result::unwrap).collect::<Tally<u32>>(), ids.to_tally().unwrap());
}

#[test]
fn most_common_gives_the_highest_first() {
    let kills = counter(&store(), "kills", &[("orc", 2), ("elf", 5), ("rat", -1)]);

    assert_eq!(kills.most_common(2).unwrap(), [("elf".to_string(), 5), ("orc".to_string(), 2)]);
    assert_eq!(kills.most_common(0).unwrap(), []);
    assert_eq!(kills.most_common(usize::MAX).unwrap().len(), 3);
}

#[test]
fn elements_repeats_each_thing() {
    let kills = counter(&store(), "kills", &[("orc", 2), ("rat", 0), ("elf", -5), ("ent", 1)]);
    let mut elements: Vec<String> = kills.elements().unwrap().collect();
    elements.sort();

    assert_eq!(elements, ["ent", "orc", "orc"]);
}

#[test]
fn keys_values_and_total_read_all_counts() {
    let kills = counter(&store(), "kills", &[("orc", 2), ("elf", -5)]);
    let (mut keys, mut values) = (kills.keys().unwrap(), kills.values().unwrap());
    keys.sort();
    values.sort_unstable();

    assert_eq!((keys, values), (vec!["elf".to_string(), "orc".to_string()], vec![-5, 2]));
    assert_eq!((kills.total().unwrap(), kills.len().unwrap()), (-3, 2));
    assert!(kills.contains_key("orc").unwrap() && !kills.is_empty().unwrap());
}

#[test]
fn a_total_out_of_range_is_an_error() {
    let kills = counter(&store(), "kills", &[("orc", i64::MAX), ("elf", 1)]);

    assert!(matches!(kills.total(), Err(Error::Overflow { key, .. }) if key == kills.key()));
    assert!(matches!(kills.plus(&kills), Err(Error::Overflow { key, .. }) if key == kills.key()));
}

#[test]
fn set_and_remove_work_on_one_count() {
    let kills = counter(&store(), "kills", &[("orc", 2)]);

    kills.set("elf", -4).unwrap();
    assert_eq!(kills.get_or_insert("elf", 9).unwrap(), -4);
    assert_eq!(kills.get_or_insert("ent", 9).unwrap(), 9);
    assert_eq!(kills.remove("elf").unwrap(), Some(-4));
    assert_eq!(kills.remove("elf").unwrap(), None);
    assert!(kills.discard("ent").unwrap() && !kills.discard("ent").unwrap());
    assert_eq!(kills.pop_any().unwrap(), Some(("orc".to_string(), 2)));
    assert_eq!(kills.pop_any().unwrap(), None);
}

#[test]
fn a_count_that_is_not_a_number_is_an_error_and_the_others_can_be_read() {
    let store = store();
    let kills = counter(&store, "kills", &[("orc", 2)]);
    send(&store, "HSET", kills.key(), &["\u{3}elf", "many"]);

    assert!(matches!(kills.get("elf"), Err(Error::NotANumber { key, .. }) if key == kills.key()));
    assert!(matches!(kills.to_tally(), Err(Error::NotANumber { .. })));
    assert_eq!(kills.get("orc").unwrap(), 2);
    assert_eq!(kills.iter().flatten().count(), 1);
}

#[test]
fn counters_answer_within_a_transaction() {
    let store = store();
    let (a, b) = (counter(&store, "a", &[("x", 1)]), counter(&store, "b", &[("x", 2)]));

    let answers = store.atomic(|tx| {
        let a = a.on(tx);
        (a.add("x", 4), a.plus(&b.on(tx)), a.plus_assign(&b.on(tx)), a.get("x"), a.most_common(1))
    });

    let (sum, total) = (tally(&[("x", 7)]), vec![("x".to_string(), 7)]);
    assert_eq!(answers.unwrap(), (5, sum, (), 7, total));
}

#[tokio::test]
async fn counters_await() {
    let server = redis_collections::Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let kills: Counter<String, aio::Store> = Counter::open(&store, "kills");

    kills.add_all([("orc".to_string(), 2)]).await.unwrap();
    assert_eq!(kills.add("orc", 1).await.unwrap(), 3);
    assert_eq!(kills.elements().await.unwrap().count(), 3);
    kills.minus_assign(&tally(&[("orc", 3)])).await.unwrap();
    assert!(kills.iter().next().await.is_none());
}
