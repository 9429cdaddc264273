//! `Tally`, without a server.

use redis_collections::Tally;

use crate::tally;

#[test]
fn a_tally_counts_elements_and_adds_up_counts() {
    let elements: Tally<&str> = ["a", "b", "a"].into_iter().collect();
    let counts: Tally<&str> = [("a", 1), ("b", 1), ("a", 1)].into_iter().collect();

    assert_eq!(elements, counts);
    assert_eq!((elements.get("a"), elements.get("z"), elements.len()), (2, 0, 2));
}

#[test]
fn a_tally_keeps_zero_and_less_and_never_wraps() {
    let mut counts = tally(&[("a", 2), ("b", -1)]);

    assert_eq!(counts.add("a".into(), -2), 0);
    assert_eq!(counts.subtract("b".into(), i64::MAX), i64::MIN);
    assert_eq!(counts.subtract("b".into(), 1), i64::MIN);
    assert_eq!(counts.remove("a"), Some(0));
    assert_eq!(counts.remove("a"), None);
}

#[test]
fn a_tally_gives_its_elements_and_the_most_common() {
    let counts = tally(&[("a", 2), ("b", 3), ("c", 0), ("d", -4)]);
    let mut elements: Vec<String> = counts.clone().into_elements().collect();
    elements.sort();

    assert_eq!(elements, ["a", "a", "b", "b", "b"]);
    assert_eq!(counts.elements().count(), 5);
    assert_eq!(counts.most_common(2), [(&"b".to_string(), 3), (&"a".to_string(), 2)]);
    assert_eq!((counts.most_common(0).len(), counts.total()), (0, 1));
}

#[test]
fn tallies_combine_to_counts_above_zero() {
    let (a, b) = (tally(&[("x", 3), ("y", -2), ("z", 1)]), tally(&[("x", 1), ("y", 5), ("w", 2)]));

    assert_eq!(&a + &b, tally(&[("x", 4), ("y", 3), ("z", 1), ("w", 2)]));
    assert_eq!(&a - &b, tally(&[("x", 2), ("z", 1)]));
    assert_eq!(&a | &b, tally(&[("x", 3), ("y", 5), ("z", 1), ("w", 2)]));
    assert_eq!(&a & &b, tally(&[("x", 1)]));
    assert_eq!((a.positive(), a.negative()), (tally(&[("x", 3), ("z", 1)]), tally(&[("y", 2)])));
}
