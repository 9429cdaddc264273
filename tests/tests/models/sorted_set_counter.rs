//! `SortedSetCounter` beside a `HashMap` of scores.

use std::{collections::HashMap, ops::Bound};

use proptest::{option, prelude::*, sample};
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, Operand, Result, Scores, SortedSetCounter, Store};

use crate::engine::{
    Calls, Model, Other, Pair, Twin, call, calls_of_any_key, few, is_out_of_range, is_overflow,
    keys, play, refused, same,
};

type ByMember = HashMap<u8, f64>;
type Ladders = Pair<SortedSetCounter<u8>>;
type Given = Other<Scores<u8>>;

#[test]
fn a_sorted_set_counter_does_what_a_hash_map_of_scores_does() {
    play::<SortedSetCounter<u8>>();
}

impl Model for SortedSetCounter<u8> {
    type Std = ByMember;

    fn open(store: &Store, name: &str) -> Self {
        SortedSetCounter::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("ZRANGE").arg(name).arg(0).arg(-1).arg("WITHSCORES").to_owned()
    }

    fn held(answer: Value) -> ByMember {
        let scores: Vec<(Vec<u8>, f64)> = redis::from_redis_value(answer).unwrap();
        scores.into_iter().map(|(it, score)| (Bincode::decode(&it).unwrap(), score)).collect()
    }

    fn calls() -> Calls<Self> {
        let all = [reading(), writing(), removing(), ranges(), together(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

fn scores() -> impl Strategy<Value = f64> {
    sample::select(&[-1.5, 0.0, 1.0, 1.0, 2.5, f64::INFINITY, f64::NEG_INFINITY])
}

fn others() -> impl Strategy<Value = Given> {
    Other::any(few((keys(), scores())).prop_map(Scores::from_iter))
}

fn given(pair: &Ladders, other: &Given) -> ByMember {
    match other {
        Other::Itself => pair.ours.std.clone(),
        Other::Theirs => pair.theirs.std.clone(),
        Other::Local(scores) => scores.clone().into_map(),
    }
}

fn operand<'o>(
    pair: &'o Ladders,
    other: &'o Given,
) -> &'o dyn Operand<SortedSetCounter<u8>, Store> {
    other.operand(pair)
}

/// All members, the lowest first, those of one score by their bytes.
fn in_order(twin: &Twin<SortedSetCounter<u8>>) -> Vec<(u8, f64)> {
    let mut all: Vec<(u8, f64)> = twin.std.iter().map(|(it, score)| (*it, *score)).collect();
    all.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
    all
}

fn reversed(mut all: Vec<(u8, f64)>) -> Vec<(u8, f64)> {
    all.reverse();
    all
}

fn reading() -> Calls<SortedSetCounter<u8>> {
    vec![
        call("len", Just(()), |Pair { ours, .. }: &mut Ladders, ()| {
            same(ours.redis.len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.is_empty(), ours.std.is_empty())
        }),
        call("contains", keys(), |Pair { ours, .. }, member| {
            same(ours.redis.contains(&member), ours.std.contains_key(&member))
        }),
        call("score", keys(), |Pair { ours, .. }, member| {
            same(ours.redis.score(&member), ours.std.get(&member).copied())
        }),
        call("scores", few(keys()), |Pair { ours, .. }, members| {
            let wanted = members.iter().map(|member| ours.std.get(member).copied()).collect();
            same(ours.redis.scores(&members), wanted)
        }),
        call("rank", keys(), |Pair { ours, .. }, member| {
            let wanted = in_order(ours).iter().position(|(it, _)| *it == member);
            same(ours.redis.rank(&member), wanted)
        }),
        call("rank_reversed", keys(), |Pair { ours, .. }, member| {
            let wanted = reversed(in_order(ours)).iter().position(|(it, _)| *it == member);
            same(ours.redis.rank_reversed(&member), wanted)
        }),
        call("first", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.first(), in_order(ours).first().copied())
        }),
        call("last", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.last(), in_order(ours).last().copied())
        }),
        call("items", Just(()), |Pair { ours, .. }, ()| same(ours.redis.items(), in_order(ours))),
        call("items_reversed", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.items_reversed(), reversed(in_order(ours)))
        }),
        call("to_scores", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.to_scores().map(Scores::into_map), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            let all = ours.redis.iter().collect::<Result<Vec<_>>>();
            same(
                all.map(|all| (all.len(), ByMember::from_iter(all))),
                (ours.std.len(), ours.std.clone()),
            )
        }),
    ]
}

fn writing() -> Calls<SortedSetCounter<u8>> {
    vec![
        call(
            "set_score",
            (keys(), scores()),
            |Pair { ours, .. }: &mut Ladders, (member, score)| {
                ours.std.insert(member, score);
                same(ours.redis.set_score(&member, score).map(drop), ())
            },
        ),
        call("set_score", keys(), |Pair { ours, .. }, member| {
            refused(ours.redis.set_score(&member, f64::NAN), is_out_of_range)?;
            refused(ours.redis.set_score(&member, (1_i64 << 53) + 1), is_out_of_range)
        }),
        call("get_or_set_score", (keys(), scores()), |Pair { ours, .. }, (member, score)| {
            let wanted = *ours.std.entry(member).or_insert(score);
            same(ours.redis.get_or_set_score(&member, score), wanted)
        }),
        call("increment", (keys(), scores()), |Pair { ours, .. }, (member, amount)| {
            let sum = ours.std.get(&member).copied().unwrap_or(0.0) + amount;
            let found = ours.redis.increment(&member, amount);
            if sum.is_nan() {
                return refused(found, is_overflow);
            }
            ours.std.insert(member, sum);
            same(found, sum)
        }),
        call("extend", few((keys(), scores())), |Pair { ours, .. }, scores| {
            ours.std.extend(scores.iter().copied());
            same(ours.redis.extend(scores), ())
        }),
    ]
}

fn removing() -> Calls<SortedSetCounter<u8>> {
    vec![
        call("remove", keys(), |Pair { ours, .. }: &mut Ladders, member| {
            same(ours.redis.remove(&member), ours.std.remove(&member))
        }),
        call("discard", keys(), |Pair { ours, .. }, member| {
            same(ours.redis.discard(&member), ours.std.remove(&member).is_some())
        }),
        call("pop_first", Just(()), |Pair { ours, .. }, ()| {
            let first = in_order(ours).first().copied();
            ours.std.retain(|member, _| first.is_none_or(|first| first.0 != *member));
            same(ours.redis.pop_first(), first)
        }),
        call("pop_last", Just(()), |Pair { ours, .. }, ()| {
            let last = in_order(ours).last().copied();
            ours.std.retain(|member, _| last.is_none_or(|last| last.0 != *member));
            same(ours.redis.pop_last(), last)
        }),
    ]
}

/// The ranks from one to another, both of which may count from the end.
fn between(all: &[(u8, f64)], (first, last): (i64, i64)) -> Vec<(u8, f64)> {
    let len = i64::try_from(all.len()).unwrap();
    let first = if first < 0 { (first + len).max(0) } else { first };
    let last = if last < 0 { last + len } else { last };
    let is_in = |at: usize| (first..=last).contains(&i64::try_from(at).unwrap());
    all.iter().enumerate().filter(|(at, _)| is_in(*at)).map(|(_, it)| *it).collect()
}

fn ranks() -> impl Strategy<Value = (i64, i64)> {
    (-7_i64..7, -7_i64..7)
}

/// Lowest and highest scores, each of which may be left open, or not be in the range.
fn limits() -> impl Strategy<Value = (Bound<f64>, Bound<f64>)> {
    let limit = || {
        option::of((scores(), any::<bool>())).prop_map(|limit| match limit {
            Some((score, true)) => Bound::Included(score),
            Some((score, false)) => Bound::Excluded(score),
            None => Bound::Unbounded,
        })
    };
    (limit(), limit())
}

fn within(all: Vec<(u8, f64)>, limits: (Bound<f64>, Bound<f64>)) -> Vec<(u8, f64)> {
    let is_in = |score: &f64| std::ops::RangeBounds::contains(&limits, score);
    all.into_iter().filter(|(_, score)| is_in(score)).collect()
}

fn ranges() -> Calls<SortedSetCounter<u8>> {
    vec![
        call("range_by_rank", ranks(), |Pair { ours, .. }: &mut Ladders, ranks| {
            let wanted = between(&in_order(ours), ranks);
            same(ours.redis.range_by_rank(ranks.0..=ranks.1), wanted)
        }),
        call("range_by_rank_reversed", ranks(), |Pair { ours, .. }, ranks| {
            let wanted = between(&reversed(in_order(ours)), ranks);
            same(ours.redis.range_by_rank_reversed(ranks.0..=ranks.1), wanted)
        }),
        call("range_by_score", limits(), |Pair { ours, .. }, limits| {
            same(ours.redis.range_by_score(limits), within(in_order(ours), limits))
        }),
        call("range_by_score_reversed", limits(), |Pair { ours, .. }, limits| {
            let wanted = reversed(within(in_order(ours), limits));
            same(ours.redis.range_by_score_reversed(limits), wanted)
        }),
        call("count_between", limits(), |Pair { ours, .. }, limits| {
            same(ours.redis.count_between(limits), within(in_order(ours), limits).len())
        }),
        call("remove_by_rank", ranks(), |Pair { ours, .. }, ranks| {
            let gone = between(&in_order(ours), ranks);
            for (member, _) in &gone {
                ours.std.remove(member);
            }
            same(ours.redis.remove_by_rank(ranks.0..=ranks.1), gone.len())
        }),
        call("remove_by_score", limits(), |Pair { ours, .. }, limits| {
            let gone = within(in_order(ours), limits);
            for (member, _) in &gone {
                ours.std.remove(member);
            }
            same(ours.redis.remove_by_score(limits), gone.len())
        }),
    ]
}

fn together() -> Calls<SortedSetCounter<u8>> {
    vec![
        call("extend_from", others(), |pair: &mut Ladders, other| {
            let theirs = given(pair, &other);
            let done = pair.ours.redis.extend_from(operand(pair, &other));
            pair.ours.std.extend(theirs);
            same(done, ())
        }),
        call("equals", others(), |pair, other| {
            let wanted = pair.ours.std == given(pair, &other);
            same(pair.ours.redis.equals(operand(pair, &other)), wanted)
        }),
    ]
}
