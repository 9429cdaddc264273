//! What counters do with the counts of another.

use std::time::Duration;

use redis_collections::{Collection, Counter, Error, Store, Tally};
use redis_collections_tests::{send, store};

use crate::{counter, tally};

#[test]
fn counters_combine_to_counts_above_zero() {
    let store = store();
    let a = counter(&store, "a", &[("x", 3), ("y", -2), ("z", 1)]);
    let there = counter(&store, "b", &[("x", 1), ("y", 5), ("w", 2)]);
    let here = there.to_tally().unwrap();

    assert_eq!(a.plus(&there).unwrap(), tally(&[("x", 4), ("y", 3), ("z", 1), ("w", 2)]));
    assert_eq!(a.minus(&there).unwrap(), tally(&[("x", 2), ("z", 1)]));
    assert_eq!(a.max_with(&there).unwrap(), tally(&[("x", 3), ("y", 5), ("z", 1), ("w", 2)]));
    assert_eq!(a.min_with(&there).unwrap(), tally(&[("x", 1)]));
    assert_eq!(a.plus(&here).unwrap(), a.plus(&there).unwrap());
    assert_eq!(a.minus(&here).unwrap(), a.minus(&there).unwrap());
    assert_eq!(a.positive().unwrap(), tally(&[("x", 3), ("z", 1)]));
    assert_eq!(a.negative().unwrap(), tally(&[("y", 2)]));
}

#[test]
fn assignments_store_the_results_of_the_operators() {
    let store = store();
    let ours = [("x", 3), ("y", -2), ("z", 1), ("v", i64::MAX), ("u", 1 - i64::MAX)];
    let theirs = [("x", 1), ("y", 5), ("w", 2), ("v", i64::MIN + 1), ("u", 0), ("t", -9)];
    let (ours, there) = (tally(&ours), counter(&store, "b", &theirs));
    let here = there.to_tally().unwrap();
    let a = counter(&store, "a", &[]);
    let check = |assign: &dyn Fn(), expected: Tally<String>| {
        a.clear().unwrap();
        a.add_all(&ours).unwrap();
        assign();
        assert_eq!(a.to_tally().unwrap(), expected);
    };

    check(&|| a.plus_assign(&there).unwrap(), &ours + &here);
    check(&|| a.plus_assign(&here).unwrap(), &ours + &here);
    check(&|| a.max_with_assign(&there).unwrap(), &ours | &here);
    check(&|| a.max_with_assign(&here).unwrap(), &ours | &here);
    check(&|| a.min_with_assign(&there).unwrap(), &ours & &here);
    check(&|| a.min_with_assign(&here).unwrap(), &ours & &here);
    there.discard("v").unwrap();
    let here = there.to_tally().unwrap();
    check(&|| a.minus_assign(&there).unwrap(), &ours - &here);
    check(&|| a.minus_assign(&here).unwrap(), &ours - &here);
    check(&|| a.minus_assign(&a).unwrap(), Tally::new());
}

#[test]
fn the_lowest_count_can_be_subtracted() {
    let store = store();
    let a = counter(&store, "a", &[("x", -5)]);

    a.minus_assign(&tally(&[("x", i64::MIN)])).unwrap();
    assert_eq!(a.get("x").unwrap(), i64::MAX - 4);
    assert!(matches!(a.minus_assign(&tally(&[("y", i64::MIN)])), Err(Error::Overflow { .. })));
}

#[test]
fn sums_are_exact_or_refused_at_every_end() {
    const ENDS: [i64; 9] =
        [i64::MIN, i64::MIN + 1, -(1 << 53) - 1, -1, 0, 1, (1 << 53) + 1, i64::MAX - 1, i64::MAX];
    let a = counter(&store(), "a", &[]);
    let agrees = |sum: i128, done: Result<(), Error>| match i64::try_from(sum) {
        Ok(sum) => done.is_ok() && a.get("x").unwrap() == sum,
        Err(_) => matches!(done, Err(Error::Overflow { .. })),
    };

    for (ours, theirs) in ENDS.into_iter().flat_map(|ours| ENDS.map(|theirs| (ours, theirs))) {
        let (other, wide) = (tally(&[("x", theirs)]), (i128::from(ours), i128::from(theirs)));
        a.set("x", ours).unwrap();
        assert!(agrees(wide.0 + wide.1, a.add_all(&other)), "{ours} + {theirs}");
        a.set("x", ours).unwrap();
        let done = a.minus_assign(&other);
        assert!(wide.0 - wide.1 <= 0 || agrees(wide.0 - wide.1, done), "{ours} - {theirs}");
        a.set("x", ours).unwrap();
        a.max_with_assign(&other).unwrap();
        assert_eq!(a.get("x").unwrap(), ours.max(theirs).max(0));
        a.set("x", ours).unwrap();
        a.min_with_assign(&other).unwrap();
        assert_eq!(a.get("x").unwrap(), ours.min(theirs).max(0));
    }
}

#[test]
fn an_assignment_that_fails_changes_nothing() {
    let store = store();
    let a = counter(&store, "{t}a", &[("w", -1), ("x", 1), ("y", i64::MAX), ("z", 3)]);
    let b = counter(&store, "{t}b", &[("x", 1), ("y", 1), ("z", 1)]);
    let before = a.to_tally().unwrap();

    assert!(matches!(a.plus_assign(&b), Err(Error::Overflow { .. })));
    assert!(matches!(a.plus_assign(&b.to_tally().unwrap()), Err(Error::Overflow { .. })));
    send(&store, "HSET", b.key(), &["\u{1}q", "01"]);
    assert!(matches!(a.max_with_assign(&b), Err(Error::NotANumber { .. })));
    send(&store, "SET", b.key(), &["text"]);
    assert!(matches!(a.plus_assign(&b), Err(Error::WrongType { .. })));
    assert_eq!(a.to_tally().unwrap(), before);
    assert_eq!(keys_like(&store, "{t}"), 2);
}

#[test]
fn an_assignment_keeps_the_time_to_live() {
    let store = store();
    let a = counter(&store, "a", &[("x", 3)]);
    a.expire(Duration::from_secs(60)).unwrap();

    a.plus_assign(&tally(&[("y", 1)])).unwrap();
    a.min_with_assign(&tally(&[("y", 1)])).unwrap();
    a.add_all(&tally(&[("x", 1)])).unwrap();

    assert!(a.ttl().unwrap().is_some_and(|left| left <= Duration::from_secs(60)));
}

#[test]
fn an_assignment_to_nothing_removes_the_key() {
    let store = store();
    let a = counter(&store, "a", &[("x", 3)]);

    a.minus_assign(&tally(&[("x", 3)])).unwrap();
    a.max_with_assign(&tally(&[("x", -3)])).unwrap();

    assert!(!a.exists().unwrap());
}

#[test]
fn an_assignment_takes_more_than_one_chunk() {
    let store = store();
    let ids: Counter<u32> = Counter::open(&store, "{many}ids");
    let many: Tally<u32> = (0..25_000).map(|id| (id, 2)).collect();
    ids.add(&1, 1).unwrap();

    ids.plus_assign(&many).unwrap();

    assert_eq!((ids.len().unwrap(), ids.get(&1).unwrap()), (25_000, 3));
    assert_eq!(keys_like(&store, "{many}"), 1);
}

#[test]
fn add_from_and_subtract_from_keep_zero_and_less() {
    let store = store();
    let a = counter(&store, "a", &[("x", 1), ("y", -2)]);
    let b = counter(&store, "b", &[("x", -1), ("z", -4)]);

    a.add_from(&b).unwrap();
    assert_eq!(a.to_tally().unwrap(), tally(&[("x", 0), ("y", -2), ("z", -4)]));
    a.subtract_from(&b).unwrap();
    assert_eq!(a.to_tally().unwrap(), tally(&[("x", 1), ("y", -2), ("z", 0)]));
}

/// How many keys of the test begin with `tag`.
fn keys_like(store: &Store, tag: &str) -> usize {
    match send(store, "KEYS", &format!("{tag}*"), &[]) {
        redis::Value::Array(keys) => keys.len(),
        _ => 0,
    }
}
