//! Ranks and ranges of a `SortedSetCounter`, on a real server.
#![allow(clippy::float_cmp, reason = "a score comes back as it was sent")]
#![allow(clippy::reversed_empty_ranges, reason = "a negative rank counts from the end")]

use std::ops::Bound;

use redis_collections::{Collection, Error, Scores, SortedSetCounter, Store};

type Ladder = SortedSetCounter<String>;

#[test]
fn ranks_count_from_either_end() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!((ladder.rank("a").unwrap(), ladder.rank_reversed("a").unwrap()), (Some(0), Some(5)));
    assert_eq!((ladder.rank("x").unwrap(), ladder.rank_reversed("x").unwrap()), (None, None));
}

#[test]
fn members_of_one_score_follow_each_other_by_their_bytes() {
    let ladder = ladder_of(&Store::temporary().unwrap(), [("b", 1.0), ("a", 1.0), ("c", 1.0)]);

    assert_eq!(ladder.items().unwrap(), items([("a", 1.0), ("b", 1.0), ("c", 1.0)]));
    assert_eq!(ladder.items_reversed().unwrap(), items([("c", 1.0), ("b", 1.0), ("a", 1.0)]));
}

#[test]
fn a_range_of_ranks_may_count_from_the_end() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(names(ladder.range_by_rank(1..=2)), "bc");
    assert_eq!(names(ladder.range_by_rank(1..-1)), "bcde");
    assert_eq!(names(ladder.range_by_rank(-2..)), "ef");
    assert_eq!(names(ladder.range_by_rank_reversed(..2)), "fe");
    assert_eq!(names(ladder.range_by_rank_reversed(-1..)), "a");
    assert_eq!(names(ladder.range_by_rank((Bound::Excluded(0), Bound::Excluded(3)))), "bc");
}

#[test]
fn a_range_of_ranks_that_holds_nothing_is_empty() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(names(ladder.range_by_rank(..0)), "");
    assert_eq!(names(ladder.range_by_rank(4..2)), "");
    assert_eq!(names(ladder.range_by_rank(..i64::MIN)), "");
    assert_eq!(names(ladder.range_by_rank(i64::MAX..)), "");
    assert_eq!(names(ladder.range_by_rank((Bound::Excluded(-1), Bound::Unbounded))), "");
    assert_eq!(ladder.remove_by_rank(..0).unwrap(), 0);
}

#[test]
fn a_range_of_scores_may_leave_out_its_ends() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(names(ladder.range_by_score(4.0..=16.0)), "cde");
    assert_eq!(names(ladder.range_by_score(4.0..16.0)), "cd");
    assert_eq!(names(ladder.range_by_score((Bound::Excluded(4.0), Bound::Unbounded))), "def");
    assert_eq!(names(ladder.range_by_score_reversed(..4.0)), "ba");
    assert_eq!(names(ladder.range_by_score(f64::NEG_INFINITY..=1.0)), "a");
    assert_eq!(names(ladder.range_by_score(16.0..4.0)), "");
}

#[test]
fn count_between_counts_the_members_in_the_range() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(ladder.count_between(2.0..=4.0).unwrap(), 2);
    assert_eq!(ladder.count_between(2.0..4.0).unwrap(), 1);
    assert_eq!(ladder.count_between(4.0..=2.0).unwrap(), 0);
    assert_eq!(ladder.count_between(..).unwrap(), 6);
}

#[test]
fn ranges_are_removed_by_rank_and_by_score() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(ladder.remove_by_rank(1..=-4).unwrap(), 2);
    assert_eq!(names(ladder.items()), "adef");
    assert_eq!(ladder.remove_by_score(..=16.0).unwrap(), 3);
    assert_eq!(names(ladder.items()), "f");
    assert_eq!(ladder.remove_by_rank(..).unwrap(), 1);
    assert!(!ladder.exists().unwrap());
}

#[test]
fn the_first_and_the_last_can_be_read_and_taken() {
    let ladder = powers(&Store::temporary().unwrap());

    assert_eq!(ladder.first().unwrap(), Some(("a".into(), 1.0)));
    assert_eq!(ladder.last().unwrap(), Some(("f".into(), 32.0)));
    assert_eq!(ladder.pop_first().unwrap(), Some(("a".into(), 1.0)));
    assert_eq!(ladder.pop_last().unwrap(), Some(("f".into(), 32.0)));
    assert_eq!(names(ladder.items()), "bcde");
}

#[test]
fn many_random_calls_do_what_a_sorted_model_does() {
    let ladder = SortedSetCounter::<u8>::open(&Store::temporary().unwrap(), "ladder");
    let mut model = Scores::new();
    let mut random = fastrand::Rng::with_seed(21);

    for _ in 0..2_000 {
        let (member, score) = (random.u8(..10), f64::from(random.i8(-5..5)) / 2.0);
        let (low, high) = (random.i64(-12..12), random.i64(-12..12));
        match random.u8(..7) {
            0 | 1 => {
                ladder.set_score(&member, score).unwrap();
                model.set_score(member, score);
            }
            2 => assert_eq!(
                ladder.increment(&member, score).unwrap(),
                model.increment(member, score)
            ),
            3 => assert_eq!(ladder.remove(&member).unwrap(), model.remove(&member)),
            4 => {
                let first = model.first().map(|(&member, score)| (member, score));
                assert_eq!(ladder.pop_first().unwrap(), first);
                first.and_then(|(member, _)| model.remove(&member));
            }
            5 => {
                let range = score..score + 1.0;
                let (gone, rest) = model.into_iter().partition(|(_, at)| range.contains(at));
                model = rest;
                let gone: Scores<u8> = gone;
                assert_eq!(ladder.remove_by_score(range).unwrap(), gone.len());
            }
            _ => {
                let all: Vec<_> = model.iter().map(|(&member, score)| (member, score)).collect();
                assert_eq!(ladder.range_by_rank(low..high).unwrap(), slice(&all, low, high));
            }
        }
        assert_eq!(ladder.to_scores().unwrap(), model);
        assert!(ladder.items().unwrap().into_iter().eq(model.clone()));
        assert_eq!(ladder.rank(&member).unwrap(), model.rank(&member));
    }
}

fn ladder_of<const N: usize>(store: &Store, scores: [(&str, f64); N]) -> Ladder {
    let ladder = Ladder::open(store, "ladder");
    ladder.extend(items(scores)).unwrap();
    ladder
}

/// Members `a` to `f`, whose scores are the powers of two.
fn powers(store: &Store) -> Ladder {
    let scores = [("a", 1.0), ("b", 2.0), ("c", 4.0), ("d", 8.0), ("e", 16.0), ("f", 32.0)];
    ladder_of(store, scores)
}

fn items<const N: usize>(scores: [(&str, f64); N]) -> Vec<(String, f64)> {
    scores.map(|(member, score)| (member.to_string(), score)).into()
}

fn names(found: Result<Vec<(String, f64)>, Error>) -> String {
    found.unwrap().into_iter().map(|(member, _)| member).collect()
}

/// What `all[low..high]` is when negative ends count from the end.
fn slice(all: &[(u8, f64)], low: i64, high: i64) -> &[(u8, f64)] {
    let len = i64::try_from(all.len()).unwrap();
    let at = |end: i64| if end < 0 { end + len } else { end }.clamp(0, len);
    let range = usize::try_from(at(low)).unwrap()..usize::try_from(at(high)).unwrap();
    all.get(range).unwrap_or_default()
}
