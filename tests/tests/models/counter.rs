//! `Counter` beside a `HashMap` of counts.

use std::collections::HashMap;

use proptest::{prelude::*, sample};
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, Counter, Operand, Result, Store, Tally};

use crate::engine::{
    Calls, Model, Other, Pair, Verdict, any_of, call, calls_of_any_key, few, holds, is_overflow,
    keys, play, refused, same, sorted,
};

type Counts = HashMap<u8, i64>;
type Counters = Pair<Counter<u8>>;
type Given = Other<Tally<u8>>;

#[test]
fn a_counter_does_what_a_hash_map_of_counts_does() {
    play::<Counter<u8>>();
}

impl Model for Counter<u8> {
    type Std = Counts;

    fn open(store: &Store, name: &str) -> Self {
        Counter::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("HGETALL").arg(name).to_owned()
    }

    fn held(answer: Value) -> Counts {
        let counts: Vec<(Vec<u8>, i64)> = redis::from_redis_value(answer).unwrap();
        counts.into_iter().map(|(thing, n)| (Bincode::decode(&thing).unwrap(), n)).collect()
    }

    fn calls() -> Calls<Self> {
        let all = [reading(), writing(), sums(), assigning(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

/// An amount: small, or such that two of them are out of range.
fn amounts() -> impl Strategy<Value = i64> {
    let most = [i64::MAX, i64::MIN, i64::MAX - 1, 1 << 53];
    prop_oneof![6 => -3_i64..4, 1 => sample::select(most.to_vec())]
}

fn tallies() -> impl Strategy<Value = Tally<u8>> {
    few((keys(), amounts())).prop_map(|counts| {
        let mut tally = Tally::new();
        for (thing, count) in counts {
            tally.set(thing, count);
        }
        tally
    })
}

fn others() -> impl Strategy<Value = Given> {
    Other::any(tallies())
}

/// What the other counts are.
fn counts(pair: &Counters, other: &Given) -> Counts {
    match other {
        Other::Itself => pair.ours.std.clone(),
        Other::Theirs => pair.theirs.std.clone(),
        Other::Local(tally) => tally.clone().into_map(),
    }
}

fn operand<'o>(pair: &'o Counters, other: &'o Given) -> &'o dyn Operand<Counter<u8>, Store> {
    other.operand(pair)
}

/// What `rule` makes of all counts that either has; none if one is out of range.
fn combined(ours: &Counts, theirs: &Counts, rule: fn(i64, i64) -> Option<i64>) -> Option<Counts> {
    let things: Vec<u8> = ours.keys().chain(theirs.keys()).copied().collect();
    let count = |counts: &Counts, thing| counts.get(thing).copied().unwrap_or(0);
    let both =
        things.iter().map(|thing| Some((*thing, rule(count(ours, thing), count(theirs, thing))?)));
    both.collect()
}

fn positive(mut counts: Counts) -> Counts {
    counts.retain(|_, count| *count > 0);
    counts
}

/// Compares the answer with the counts above 0, or says that it must be an overflow.
fn tallied(found: Result<Tally<u8>>, wanted: Option<Counts>) -> Verdict {
    match wanted {
        Some(wanted) => same(found.map(Tally::into_map), positive(wanted)),
        None => refused(found, is_overflow),
    }
}

/// Takes over `wanted`, or says that the call must be an overflow.
fn assigned(pair: &mut Counters, done: Result<()>, wanted: Option<Counts>) -> Verdict {
    match wanted {
        Some(wanted) => {
            pair.ours.std = wanted;
            same(done, ())
        }
        None => refused(done, is_overflow),
    }
}

fn reading() -> Calls<Counter<u8>> {
    vec![
        call("len", Just(()), |Pair { ours, .. }: &mut Counters, ()| {
            same(ours.redis.len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.is_empty(), ours.std.is_empty())
        }),
        call("get", keys(), |Pair { ours, .. }, thing| {
            same(ours.redis.get(&thing), ours.std.get(&thing).copied().unwrap_or(0))
        }),
        call("get_many", few(keys()), |Pair { ours, .. }, things| {
            let count = |thing| ours.std.get(thing).copied().unwrap_or(0);
            same(ours.redis.get_many(&things), things.iter().map(count).collect())
        }),
        call("contains_key", keys(), |Pair { ours, .. }, thing| {
            same(ours.redis.contains_key(&thing), ours.std.contains_key(&thing))
        }),
        call("keys", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.keys().map(sorted), sorted(ours.std.keys().copied()))
        }),
        call("values", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.values().map(sorted), sorted(ours.std.values().copied()))
        }),
        call("total", Just(()), |Pair { ours, .. }, ()| {
            let total: i128 = ours.std.values().map(|count| i128::from(*count)).sum();
            match i64::try_from(total) {
                Ok(total) => same(ours.redis.total(), total),
                Err(_) => refused(ours.redis.total(), is_overflow),
            }
        }),
        call("most_common", 0_usize..7, |Pair { ours, .. }, most| {
            let found = ours.redis.most_common(most)?;
            let mut wanted = sorted(ours.std.values().copied());
            wanted.reverse();
            wanted.truncate(most);
            holds(found.iter().all(|(thing, count)| ours.std.get(thing) == Some(count)), || {
                format!("found {found:?} in {:?}", ours.std)
            })?;
            same(Ok(found.iter().map(|(_, count)| *count).collect()), wanted)
        }),
        call("to_tally", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.to_tally().map(Tally::into_map), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            let counts = ours.redis.iter().collect::<Result<Vec<_>>>();
            same(counts.map(sorted), sorted(ours.std.clone()))
        }),
    ]
}

fn writing() -> Calls<Counter<u8>> {
    vec![
        call("add", (keys(), amounts()), |Pair { ours, .. }: &mut Counters, (thing, amount)| {
            let found = ours.redis.add(&thing, amount);
            match ours.std.get(&thing).copied().unwrap_or(0).checked_add(amount) {
                Some(sum) => {
                    ours.std.insert(thing, sum);
                    same(found, sum)
                }
                None => refused(found, is_overflow),
            }
        }),
        call("add_all", tallies(), |pair, tally| {
            let done = pair.ours.redis.add_all(&tally);
            let wanted = combined(&pair.ours.std, &tally.into_map(), i64::checked_add);
            assigned(pair, done, wanted)
        }),
        call("subtract_all", tallies(), |pair, tally| {
            let done = pair.ours.redis.subtract_all(&tally);
            // The opposite of the least number is none, so it cannot be subtracted at once.
            let rule = |ours: i64, theirs: i64| ours.checked_add(theirs.checked_neg()?);
            let wanted = combined(&pair.ours.std, &tally.into_map(), rule);
            assigned(pair, done, wanted)
        }),
        call("set", (keys(), amounts()), |Pair { ours, .. }, (thing, count)| {
            ours.std.insert(thing, count);
            same(ours.redis.set(&thing, count), ())
        }),
        call("get_or_insert", (keys(), amounts()), |Pair { ours, .. }, (thing, count)| {
            let wanted = *ours.std.entry(thing).or_insert(count);
            same(ours.redis.get_or_insert(&thing, count), wanted)
        }),
        call("remove", keys(), |Pair { ours, .. }, thing| {
            same(ours.redis.remove(&thing), ours.std.remove(&thing))
        }),
        call("discard", keys(), |Pair { ours, .. }, thing| {
            same(ours.redis.discard(&thing), ours.std.remove(&thing).is_some())
        }),
        call("pop_any", Just(()), |Pair { ours, .. }, ()| {
            let popped = ours.redis.pop_any()?;
            any_of(popped.as_ref(), ours.std.clone())?;
            ours.std.retain(|thing, _| popped.is_none_or(|(popped, _)| *thing != popped));
            Ok(())
        }),
    ]
}

fn sums() -> Calls<Counter<u8>> {
    vec![
        call("positive", Just(()), |Pair { ours, .. }: &mut Counters, ()| {
            tallied(ours.redis.positive(), Some(ours.std.clone()))
        }),
        call("negative", Just(()), |Pair { ours, .. }, ()| {
            let wanted = combined(&ours.std, &Counts::new(), |ours, _| ours.checked_neg());
            tallied(ours.redis.negative(), wanted)
        }),
        call("plus", others(), |pair, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_add);
            tallied(pair.ours.redis.plus(operand(pair, &other)), wanted)
        }),
        call("minus", others(), |pair, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_sub);
            tallied(pair.ours.redis.minus(operand(pair, &other)), wanted)
        }),
        call("max_with", others(), |pair, other| {
            let rule = |ours: i64, theirs| Some(ours.max(theirs));
            let wanted = combined(&pair.ours.std, &counts(pair, &other), rule);
            tallied(pair.ours.redis.max_with(operand(pair, &other)), wanted)
        }),
        call("min_with", others(), |pair, other| {
            let rule = |ours: i64, theirs| Some(ours.min(theirs));
            let wanted = combined(&pair.ours.std, &counts(pair, &other), rule);
            tallied(pair.ours.redis.min_with(operand(pair, &other)), wanted)
        }),
        call("equals", others(), |pair, other| {
            let wanted = pair.ours.std == counts(pair, &other);
            same(pair.ours.redis.equals(operand(pair, &other)), wanted)
        }),
    ]
}

fn assigning() -> Calls<Counter<u8>> {
    vec![
        call("plus_assign", others(), |pair: &mut Counters, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_add);
            let done = pair.ours.redis.plus_assign(operand(pair, &other));
            assigned(pair, done, wanted.map(positive))
        }),
        call("minus_assign", others(), |pair, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_sub);
            let done = pair.ours.redis.minus_assign(operand(pair, &other));
            assigned(pair, done, wanted.map(positive))
        }),
        call("max_with_assign", others(), |pair, other| {
            let rule = |ours: i64, theirs| Some(ours.max(theirs));
            let wanted = combined(&pair.ours.std, &counts(pair, &other), rule);
            let done = pair.ours.redis.max_with_assign(operand(pair, &other));
            assigned(pair, done, wanted.map(positive))
        }),
        call("min_with_assign", others(), |pair, other| {
            let rule = |ours: i64, theirs| Some(ours.min(theirs));
            let wanted = combined(&pair.ours.std, &counts(pair, &other), rule);
            let done = pair.ours.redis.min_with_assign(operand(pair, &other));
            assigned(pair, done, wanted.map(positive))
        }),
        call("add_from", others(), |pair, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_add);
            let done = pair.ours.redis.add_from(operand(pair, &other));
            assigned(pair, done, wanted)
        }),
        call("subtract_from", others(), |pair, other| {
            let wanted = combined(&pair.ours.std, &counts(pair, &other), i64::checked_sub);
            let done = pair.ours.redis.subtract_from(operand(pair, &other));
            assigned(pair, done, wanted)
        }),
    ]
}
