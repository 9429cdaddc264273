//! `SortedSetCounter`: scores, kept by a real server.
#![allow(clippy::float_cmp, reason = "a score comes back as it was sent")]

use std::{collections::HashMap, ops::Bound, time::Duration};

use redis_collections::{
    Collection, Dict, Error, Outcome, Scores, Server, SortedSetCounter, Store,
};

type Ladder = SortedSetCounter<String>;

#[test]
fn set_score_and_score_agree() {
    let ladder = ladder_of(&Store::temporary().unwrap(), []);

    ladder.set_score("ada", 3.5).unwrap();
    ladder.set_score("ada", -0.1).unwrap();

    assert_eq!(ladder.score("ada").unwrap(), Some(-0.1));
    assert_eq!(ladder.score("alan").unwrap(), None);
    assert!(ladder.contains("ada").unwrap() && !ladder.contains("alan").unwrap());
    assert_eq!(ladder.scores(["alan", "ada"]).unwrap(), [None, Some(-0.1)]);
    assert_eq!(ladder.scores::<str>([]).unwrap(), []);
}

#[test]
fn a_sorted_set_without_members_is_a_missing_key() {
    let ladder = ladder_of(&Store::temporary().unwrap(), []);

    assert!(ladder.is_empty().unwrap() && !ladder.exists().unwrap());
    assert_eq!((ladder.first().unwrap(), ladder.last().unwrap()), (None, None));
    assert_eq!((ladder.pop_first().unwrap(), ladder.pop_last().unwrap()), (None, None));
    assert_eq!((ladder.rank("ada").unwrap(), ladder.remove("ada").unwrap()), (None, None));
    assert_eq!((ladder.items().unwrap(), ladder.items_reversed().unwrap()), (vec![], vec![]));
    assert_eq!(ladder.to_scores().unwrap(), Scores::new());
}

#[test]
fn get_or_set_score_writes_only_a_missing_score() {
    let ladder = ladder_of(&Store::temporary().unwrap(), [("ada", 1.5)]);

    assert_eq!(ladder.get_or_set_score("ada", 7).unwrap(), 1.5);
    assert_eq!(ladder.get_or_set_score("alan", 7).unwrap(), 7.0);
    assert_eq!(ladder.items().unwrap(), items([("ada", 1.5), ("alan", 7.0)]));
}

#[test]
fn increment_begins_at_nothing_and_returns_the_sum() {
    let ladder = ladder_of(&Store::temporary().unwrap(), []);

    assert_eq!(ladder.increment("ada", 1.5).unwrap(), 1.5);
    assert_eq!(ladder.increment("ada", -2).unwrap(), -0.5);
}

#[test]
fn remove_returns_the_score_and_discard_whether_there_was_one() {
    let ladder = ladder_of(&Store::temporary().unwrap(), [("ada", 1.5), ("alan", 2.0)]);

    assert_eq!(ladder.remove("ada").unwrap(), Some(1.5));
    assert_eq!(ladder.remove("ada").unwrap(), None);
    assert!(ladder.discard("alan").unwrap() && !ladder.discard("alan").unwrap());
    assert!(!ladder.exists().unwrap());
}

#[test]
fn infinities_are_scores() {
    let ladder = ladder_of(
        &Store::temporary().unwrap(),
        [("up", f64::INFINITY), ("down", f64::NEG_INFINITY), ("tiny", 5e-324), ("huge", f64::MAX)],
    );

    assert_eq!(ladder.first().unwrap(), Some(("down".into(), f64::NEG_INFINITY)));
    assert_eq!(ladder.last().unwrap(), Some(("up".into(), f64::INFINITY)));
    assert_eq!(ladder.scores(["tiny", "huge"]).unwrap(), [Some(5e-324), Some(f64::MAX)]);
    assert_eq!(ladder.count_between((Bound::Excluded(5e-324), Bound::Unbounded)).unwrap(), 2);
}

#[test]
fn opposite_infinities_overflow_and_change_nothing() {
    let ladder = ladder_of(&Store::temporary().unwrap(), [("up", f64::INFINITY)]);

    let error = ladder.increment("up", f64::NEG_INFINITY).unwrap_err();

    assert!(matches!(&error, Error::Overflow { key, .. } if key == "ladder"), "{error}");
    assert_eq!(error.outcome(), Outcome::NotApplied);
    assert_eq!(ladder.score("up").unwrap(), Some(f64::INFINITY));
}

#[test]
fn a_score_that_is_not_a_number_is_refused_before_it_is_sent() {
    let ladder = ladder_of(&Store::temporary().unwrap(), []);

    assert!(is_refused(ladder.set_score("ada", f64::NAN)));
    assert!(is_refused(ladder.increment("ada", f32::NAN)));
    assert!(is_refused(ladder.get_or_set_score("ada", f64::NAN)));
    assert!(is_refused(ladder.extend([("ada".to_string(), f64::NAN)])));
    assert!(is_refused(ladder.range_by_score(f64::NAN..)));
    assert!(is_refused(ladder.count_between(..f64::NAN)));
    assert!(!ladder.exists().unwrap());
}

#[test]
fn an_integer_that_a_score_cannot_hold_is_refused_before_it_is_sent() {
    let ladder = ladder_of(&Store::temporary().unwrap(), []);
    let limit = 1_i64 << 53;

    assert!(is_refused(ladder.set_score("ada", limit + 1)));
    assert!(is_refused(ladder.set_score("ada", i64::MIN)));
    assert!(is_refused(ladder.increment("ada", u64::MAX)));
    ladder.set_score("ada", -limit).unwrap();
    assert_eq!(ladder.increment("ada", limit).unwrap(), 0.0);
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let ladder = powers(&Store::temporary().unwrap());
    ladder.expire(Duration::from_secs(1000)).unwrap();

    ladder.set_score("a", 9).unwrap();
    ladder.increment("b", 9).unwrap();
    ladder.get_or_set_score("new", 9).unwrap();
    ladder.remove("c").unwrap();
    ladder.extend([("more".to_string(), 1)]).unwrap();

    assert!(ladder.ttl().unwrap().unwrap() > Duration::from_secs(900));
}

#[test]
fn extend_takes_more_than_a_chunk_and_iter_gives_it_back() {
    let ladder = SortedSetCounter::<u32>::open(&Store::temporary().unwrap(), "ladder");

    ladder.extend((0..25_000).map(|at| (at, at / 2))).unwrap();

    let pairs = ladder.iter().collect::<Result<HashMap<_, _>, _>>().unwrap();
    assert_eq!(pairs, (0..25_000).map(|at| (at, f64::from(at / 2))).collect());
    assert_eq!(ladder.len().unwrap(), 25_000);
}

#[test]
fn scores_go_to_the_server_and_come_back() {
    let store = Store::temporary().unwrap();
    let scores = Scores::from_iter([("ada".to_string(), 2.5), ("alan".to_string(), 1.0)]);
    let ladder = ladder_of(&store, []);

    ladder.extend(&scores).unwrap();

    assert_eq!(ladder.to_scores().unwrap(), scores);
    assert_eq!(ladder.items().unwrap(), scores.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_key_of_another_type_is_an_error() {
    let store = Store::temporary().unwrap();
    Dict::<u32, u32>::open(&store, "ladder").set(&1, &1).unwrap();
    let ladder = ladder_of(&store, []);

    assert!(matches!(
        ladder.set_score("ada", 1),
        Err(Error::WrongType { expected: "a sorted set", .. })
    ));
    assert!(matches!(ladder.get_or_set_score("ada", 1), Err(Error::WrongType { .. })));
    assert!(matches!(ladder.remove("ada"), Err(Error::WrongType { .. })));
}

#[test]
fn a_batch_records_what_a_store_does() {
    let store = Store::temporary().unwrap();
    let ladder = powers(&store);

    let (sum, last, none) = store
        .pipeline(|batch| {
            let ladder = ladder.on(batch);
            (ladder.increment("a", 99), ladder.last(), ladder.range_by_rank(..0))
        })
        .unwrap();

    assert_eq!((sum, last, none), (100.0, Some(("a".into(), 100.0)), vec![]));
}

#[test]
fn resp3_gives_the_same_answers() {
    let server = Server::temporary().unwrap();
    let store = Store::open(&format!("{}?protocol=resp3", server.url())).unwrap();
    let ladder = powers(&store);

    assert_eq!(ladder.scores(["b", "x"]).unwrap(), [Some(2.0), None]);
    assert_eq!(ladder.get_or_set_score("b", 1).unwrap(), 2.0);
    assert_eq!(ladder.increment("b", f64::INFINITY).unwrap(), f64::INFINITY);
    assert_eq!(ladder.first().unwrap(), Some(("a".into(), 1.0)));
    assert_eq!(ladder.rank_reversed("a").unwrap(), Some(5));
    assert_eq!(names(ladder.range_by_score_reversed(2.0..)), "bfedc");
    assert_eq!(ladder.pop_first().unwrap(), Some(("a".into(), 1.0)));
    assert_eq!(ladder.pop_last().unwrap(), Some(("b".into(), f64::INFINITY)));
    assert_eq!(ladder.remove("c").unwrap(), Some(4.0));
    assert_eq!(ladder.iter().collect::<Result<Vec<_>, _>>().unwrap().len(), 3);
    assert_eq!(ladder.remove("c").unwrap(), None);
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

fn is_refused<T>(answer: Result<T, Error>) -> bool {
    matches!(answer, Err(Error::OutOfRange { key, .. }) if key == "ladder")
}
