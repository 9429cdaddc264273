//! `List` beside `Vec`.

use proptest::prelude::*;
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, List, Result, Store};

use crate::engine::{
    Calls, Model, Other, Pair, Slice, call, calls_of_any_key, few, is_out_of_range, place, play,
    refused, same, values,
};

#[test]
fn a_list_does_what_a_vec_does() {
    play::<List<u16>>();
}

impl Model for List<u16> {
    type Std = Vec<u16>;

    fn open(store: &Store, name: &str) -> Self {
        List::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("LRANGE").arg(name).arg(0).arg(-1).to_owned()
    }

    fn held(answer: Value) -> Vec<u16> {
        let values: Vec<Vec<u8>> = redis::from_redis_value(answer).unwrap();
        values.iter().map(|bytes| Bincode::decode(bytes).unwrap()).collect()
    }

    fn calls() -> Calls<Self> {
        let all = [reading(), ends(), places(), slices(), whole(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

type Lists = Pair<List<u16>>;

/// An index, from either end, or past it.
fn indices() -> impl Strategy<Value = i64> {
    prop_oneof![-6_i64..7, Just(i64::MIN), Just(i64::MAX)]
}

fn reading() -> Calls<List<u16>> {
    vec![
        call("len", Just(()), |Pair { ours, .. }: &mut Lists, ()| {
            same(ours.redis.len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.is_empty(), ours.std.is_empty())
        }),
        call("first", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.first(), ours.std.first().copied())
        }),
        call("last", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.last(), ours.std.last().copied())
        }),
        call("get", -6_i64..7, |Pair { ours, .. }, index| {
            let wanted = place(ours.std.len(), index).map(|at| ours.std[at]);
            same(ours.redis.get(index), wanted)
        }),
        call("index_of", values(), |Pair { ours, .. }, value| {
            same(ours.redis.index_of(&value), ours.std.iter().position(|it| *it == value))
        }),
        call("index_of_in", (Slice::any(), values()), |Pair { ours, .. }, (slice, value)| {
            let slice = slice.by_one();
            let chosen = slice.indices(ours.std.len()).unwrap_or_default().1;
            let wanted = chosen.into_iter().find(|at| ours.std[*at] == value);
            same(ours.redis.index_of_in(slice.range(), &value), wanted)
        }),
        call("contains", values(), |Pair { ours, .. }, value| {
            same(ours.redis.contains(&value), ours.std.contains(&value))
        }),
        call("count", values(), |Pair { ours, .. }, value| {
            same(ours.redis.count(&value), ours.std.iter().filter(|it| **it == value).count())
        }),
        call("to_vec", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.to_vec(), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.iter().collect::<Result<Vec<_>>>(), ours.std.clone())
        }),
        call("repeat", 0_usize..4, |Pair { ours, .. }, times| {
            same(ours.redis.repeat(times), ours.std.repeat(times))
        }),
    ]
}

fn ends() -> Calls<List<u16>> {
    vec![
        call("push", values(), |Pair { ours, .. }: &mut Lists, value| {
            ours.std.push(value);
            same(ours.redis.push(&value), ours.std.len())
        }),
        call("push_front", values(), |Pair { ours, .. }, value| {
            ours.std.insert(0, value);
            same(ours.redis.push_front(&value), ours.std.len())
        }),
        call("extend", few(values()), |Pair { ours, .. }, values| {
            ours.std.extend(&values);
            same(ours.redis.extend(values), ())
        }),
        call("pop", Just(()), |Pair { ours, .. }, ()| same(ours.redis.pop(), ours.std.pop())),
        call("pop_front", Just(()), |Pair { ours, .. }, ()| {
            let first = (!ours.std.is_empty()).then(|| ours.std.remove(0));
            same(ours.redis.pop_front(), first)
        }),
    ]
}

fn places() -> Calls<List<u16>> {
    vec![
        call("set", (indices(), values()), |Pair { ours, .. }: &mut Lists, (index, value)| {
            let at = place(ours.std.len(), index.max(-1_000));
            if let Some(at) = at {
                ours.std[at] = value;
            }
            same(ours.redis.set(index, &value), at.is_some())
        }),
        call("insert", (indices(), values()), |Pair { ours, .. }, (index, value)| {
            let len = i64::try_from(ours.std.len()).unwrap();
            let at = if index < 0 { index.saturating_add(len) } else { index }.clamp(0, len);
            ours.std.insert(usize::try_from(at).unwrap(), value);
            same(ours.redis.insert(index, &value), ())
        }),
        call("remove", indices(), |Pair { ours, .. }, index| {
            let at = place(ours.std.len(), index.max(-1_000));
            same(ours.redis.remove(index), at.map(|at| ours.std.remove(at)))
        }),
        call("remove_value", values(), |Pair { ours, .. }, value| {
            let at = ours.std.iter().position(|it| *it == value);
            let removed = at.map(|at| ours.std.remove(at));
            same(ours.redis.remove_value(&value), removed.is_some())
        }),
    ]
}

fn slices() -> Calls<List<u16>> {
    vec![
        call("range", Slice::any(), |Pair { ours, .. }: &mut Lists, slice| {
            let slice = slice.by_one();
            let chosen = slice.indices(ours.std.len()).unwrap_or_default().1;
            let wanted = chosen.into_iter().map(|at| ours.std[at]).collect();
            same(ours.redis.range(slice.range()), wanted)
        }),
        call("range_step", Slice::any(), |Pair { ours, .. }, slice| {
            let found = ours.redis.range_step(slice.range(), slice.step);
            match slice.indices(ours.std.len()) {
                Some((_, chosen)) => {
                    same(found, chosen.into_iter().map(|at| ours.std[at]).collect())
                }
                None => refused(found, is_out_of_range),
            }
        }),
        call("delete_range_step", Slice::any(), |Pair { ours, .. }, slice| {
            let found = ours.redis.delete_range_step(slice.range(), slice.step);
            let Some((_, mut chosen)) = slice.indices(ours.std.len()) else {
                return refused(found, is_out_of_range);
            };
            chosen.sort_unstable();
            chosen.iter().rev().for_each(|at| _ = ours.std.remove(*at));
            same(found, chosen.len())
        }),
        call("set_range_step", (Slice::any(), few(values())), |Pair { ours, .. }, (slice, new)| {
            let found = ours.redis.set_range_step(slice.range(), slice.step, &new);
            match slice.indices(ours.std.len()) {
                Some((start, chosen)) if slice.step == 1 => {
                    ours.std.splice(start..start + chosen.len(), new);
                    same(found, ())
                }
                Some((_, chosen)) if chosen.len() == new.len() => {
                    chosen.into_iter().zip(new).for_each(|(at, value)| ours.std[at] = value);
                    same(found, ())
                }
                _ => refused(found, is_out_of_range),
            }
        }),
    ]
}

fn whole() -> Calls<List<u16>> {
    let other = || Other::any(few(values()));
    vec![
        call("reverse", Just(()), |Pair { ours, .. }: &mut Lists, ()| {
            ours.std.reverse();
            same(ours.redis.reverse(), ())
        }),
        call("sort", Just(()), |Pair { ours, .. }, ()| {
            ours.std.sort_unstable();
            same(ours.redis.sort(), ())
        }),
        call("sort_by", Just(()), |Pair { ours, .. }, ()| {
            ours.std.sort_by(|one, other| other.cmp(one));
            same(ours.redis.sort_by(|one, other| other.cmp(one)), ())
        }),
        call("repeat_assign", 0_usize..3, |Pair { ours, .. }, times| {
            // A list that doubles again and again would be all that there is to see.
            let times = if ours.std.len() > 30 { times / 2 } else { times };
            ours.std = ours.std.repeat(times);
            same(ours.redis.repeat_assign(times), ())
        }),
        call("extend_from", other(), |pair, other| {
            let theirs = other.std(pair);
            pair.ours.std.extend(theirs);
            same(pair.ours.redis.extend_from(other.operand(pair)), ())
        }),
        call("concat", other(), |pair, other| {
            let both = [pair.ours.std.clone(), other.std(pair)].concat();
            same(pair.ours.redis.concat(other.operand(pair)), both)
        }),
        call("equals", other(), |pair, other| {
            let are_equal = pair.ours.std == other.std(pair);
            same(pair.ours.redis.equals(other.operand(pair)), are_equal)
        }),
    ]
}
