//! `Dict` and `DefaultDict` beside `HashMap`.

use std::collections::HashMap;

use proptest::prelude::*;
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, DefaultDict, Dict, Operand, Result, Store};

use crate::engine::{
    Calls, Change, Model, Other, Pair, any_of, call, calls_of_any_key, few, keys, play, same,
    sorted, values,
};

type Map = HashMap<u8, u16>;

/// The value that a `DefaultDict` gives to a missing key.
const DEFAULT: u16 = 7;

#[test]
fn a_dict_does_what_a_hash_map_does() {
    play::<Dict<u8, u16>>();
}

#[test]
fn a_default_dict_does_what_a_hash_map_with_a_default_does() {
    play::<DefaultDict<u8, u16>>();
}

impl Model for Dict<u8, u16> {
    type Std = Map;

    fn open(store: &Store, name: &str) -> Self {
        Dict::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("HGETALL").arg(name).to_owned()
    }

    fn held(answer: Value) -> Map {
        held(answer)
    }

    fn calls() -> Calls<Self> {
        [reading(), writing(), together(), calls_of_any_key()].into_iter().flatten().collect()
    }
}

impl Model for DefaultDict<u8, u16> {
    type Std = Map;

    fn open(store: &Store, name: &str) -> Self {
        DefaultDict::with_default(store, name, &DEFAULT)
    }

    fn read(name: &str) -> Cmd {
        Dict::read(name)
    }

    fn held(answer: Value) -> Map {
        held(answer)
    }

    fn calls() -> Calls<Self> {
        let own = vec![
            call("get", keys(), |Pair { ours, .. }: &mut Pair<Self>, key| {
                let value = *ours.std.entry(key).or_insert(DEFAULT);
                same(ours.redis.get(&key), value)
            }),
            call("peek", keys(), |Pair { ours, .. }, key| {
                same(ours.redis.peek(&key), ours.std.get(&key).copied())
            }),
        ];
        let all = [own, reading(), writing(), together(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

/// What is a dictionary in all but `get`.
trait Dictionary: Model<Std = Map> + Operand<Dict<u8, u16>, Store> {
    fn dict(&self) -> &Dict<u8, u16>;
}

impl Dictionary for Dict<u8, u16> {
    fn dict(&self) -> &Dict<u8, u16> {
        self
    }
}

impl Dictionary for DefaultDict<u8, u16> {
    fn dict(&self) -> &Dict<u8, u16> {
        self
    }
}

fn held(answer: Value) -> Map {
    let entries: Vec<(Vec<u8>, Vec<u8>)> = redis::from_redis_value(answer).unwrap();
    let decode = |(key, value): (Vec<u8>, Vec<u8>)| {
        (Bincode::decode(&key).unwrap(), Bincode::decode(&value).unwrap())
    };
    entries.into_iter().map(decode).collect()
}

fn reading<M: Dictionary>() -> Calls<M> {
    vec![
        call("len", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.dict().len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.dict().is_empty(), ours.std.is_empty())
        }),
        call("get", keys(), |Pair { ours, .. }, key| {
            same(ours.redis.dict().get(&key), ours.std.get(&key).copied())
        }),
        call("get_many", few(keys()), |Pair { ours, .. }, keys| {
            let values = keys.iter().map(|key| ours.std.get(key).copied()).collect();
            same(ours.redis.dict().get_many(&keys), values)
        }),
        call("contains_key", keys(), |Pair { ours, .. }, key| {
            same(ours.redis.dict().contains_key(&key), ours.std.contains_key(&key))
        }),
        call("keys", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.dict().keys().map(sorted), sorted(ours.std.keys().copied()))
        }),
        call("values", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.dict().values().map(sorted), sorted(ours.std.values().copied()))
        }),
        call("to_map", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.dict().to_map(), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            let entries = ours.redis.dict().iter().collect::<Result<Vec<_>>>();
            same(entries.map(sorted), sorted(ours.std.clone()))
        }),
    ]
}

fn writing<M: Dictionary>() -> Calls<M> {
    vec![
        call("insert", (keys(), values()), |Pair { ours, .. }, (key, value)| {
            same(ours.redis.dict().insert(&key, &value), ours.std.insert(key, value))
        }),
        call("set", (keys(), values()), |Pair { ours, .. }, (key, value)| {
            ours.std.insert(key, value);
            same(ours.redis.dict().set(&key, &value), ())
        }),
        call("set_if_absent", (keys(), values()), |Pair { ours, .. }, (key, value)| {
            let is_absent = !ours.std.contains_key(&key);
            ours.std.entry(key).or_insert(value);
            same(ours.redis.dict().set_if_absent(&key, &value), is_absent)
        }),
        call("get_or_insert", (keys(), values()), |Pair { ours, .. }, (key, value)| {
            let wanted = *ours.std.entry(key).or_insert(value);
            same(ours.redis.dict().get_or_insert(&key, &value), wanted)
        }),
        call("replace_if", (keys(), values(), values()), |Pair { ours, .. }, (key, old, new)| {
            let is_old = ours.std.get(&key) == Some(&old);
            if is_old {
                ours.std.insert(key, new);
            }
            same(ours.redis.dict().replace_if(&key, &old, &new), is_old)
        }),
        call("modify", (keys(), Change::any(values())), |Pair { ours, .. }, (key, change)| {
            let new = change.make(ours.std.remove(&key));
            ours.std.extend(new.map(|new| (key, new)));
            same(ours.redis.dict().modify(&key, |old| change.make(old)), new)
        }),
        call("extend", few((keys(), values())), |Pair { ours, .. }, entries| {
            ours.std.extend(entries.iter().copied());
            same(ours.redis.dict().extend(entries), ())
        }),
        call("remove", keys(), |Pair { ours, .. }, key| {
            same(ours.redis.dict().remove(&key), ours.std.remove(&key))
        }),
        call("discard", keys(), |Pair { ours, .. }, key| {
            same(ours.redis.dict().discard(&key), ours.std.remove(&key).is_some())
        }),
        call("pop_any", Just(()), |Pair { ours, .. }, ()| {
            let popped = ours.redis.dict().pop_any()?;
            any_of(popped.as_ref(), ours.std.clone())?;
            ours.std.retain(|key, _| popped.is_none_or(|(popped, _)| *key != popped));
            Ok(())
        }),
    ]
}

fn together<M: Dictionary>() -> Calls<M> {
    let other = || Other::any(few((keys(), values())).prop_map(Map::from_iter));
    vec![
        call("extend_from", other(), |pair, other| {
            let theirs = other.std(pair);
            pair.ours.std.extend(theirs);
            same(pair.ours.redis.dict().extend_from(other.operand(pair)), ())
        }),
        call("merge", other(), |pair, other| {
            let mut both = pair.ours.std.clone();
            both.extend(other.std(pair));
            same(pair.ours.redis.dict().merge(other.operand(pair)), both)
        }),
        call("equals", other(), |pair, other| {
            let are_equal = pair.ours.std == other.std(pair);
            same(pair.ours.redis.dict().equals(other.operand(pair)), are_equal)
        }),
    ]
}
