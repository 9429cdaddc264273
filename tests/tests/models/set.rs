//! `Set` beside `HashSet`.

use std::collections::HashSet;

use proptest::prelude::*;
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, Operand, Result, Set, Store};

use crate::engine::{
    Calls, Model, Other, Pair, any_of, call, calls_of_any_key, few, holds, keys, play, same,
};

type Members = HashSet<u8>;
type Sets = Pair<Set<u8>>;

#[test]
fn a_set_does_what_a_hash_set_does() {
    play::<Set<u8>>();
}

impl Model for Set<u8> {
    type Std = Members;

    fn open(store: &Store, name: &str) -> Self {
        Set::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("SMEMBERS").arg(name).to_owned()
    }

    fn held(answer: Value) -> Members {
        let members: Vec<Vec<u8>> = redis::from_redis_value(answer).unwrap();
        members.iter().map(|bytes| Bincode::decode(bytes).unwrap()).collect()
    }

    fn calls() -> Calls<Self> {
        let all = [reading(), writing(), algebra(), assigning(), relations(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

/// None, one or a few others.
fn others() -> impl Strategy<Value = Vec<Other<Members>>> {
    proptest::collection::vec(other(), 0..4)
}

fn other() -> impl Strategy<Value = Other<Members>> {
    Other::any(few(keys()).prop_map(Members::from_iter))
}

fn operands<'o>(
    pair: &'o Sets,
    others: &'o [Other<Members>],
) -> Vec<&'o dyn Operand<Set<u8>, Store>> {
    others.iter().map(|other| other.operand(pair)).collect()
}

/// What comes of the set and each of the others in turn.
fn fold(
    pair: &Sets,
    others: &[Other<Members>],
    rule: fn(&Members, &Members) -> Members,
) -> Members {
    others.iter().fold(pair.ours.std.clone(), |all, other| rule(&all, &other.std(pair)))
}

fn reading() -> Calls<Set<u8>> {
    vec![
        call("len", Just(()), |Pair { ours, .. }: &mut Sets, ()| {
            same(ours.redis.len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.is_empty(), ours.std.is_empty())
        }),
        call("contains", keys(), |Pair { ours, .. }, member| {
            same(ours.redis.contains(&member), ours.std.contains(&member))
        }),
        call("contains_many", few(keys()), |Pair { ours, .. }, members| {
            let wanted = members.iter().map(|member| ours.std.contains(member)).collect();
            same(ours.redis.contains_many(&members), wanted)
        }),
        call("to_set", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.to_set(), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            let members = ours.redis.iter().collect::<Result<Vec<_>>>()?;
            holds(members.len() == ours.std.len(), || "one comes twice".into())?;
            same(Ok(members.into_iter().collect()), ours.std.clone())
        }),
        call("random_member", Just(()), |Pair { ours, .. }, ()| {
            any_of(ours.redis.random_member()?.as_ref(), ours.std.clone())
        }),
        call("random_members", -3_i64..8, |Pair { ours, .. }, count| {
            let found = ours.redis.random_members(count)?;
            let most = usize::try_from(count.unsigned_abs()).unwrap();
            let wanted =
                if count < 0 && !ours.std.is_empty() { most } else { most.min(ours.std.len()) };
            holds(found.len() == wanted && found.iter().all(|it| ours.std.contains(it)), || {
                format!("expected {wanted} of {:?}, found {found:?}", ours.std)
            })
        }),
    ]
}

fn writing() -> Calls<Set<u8>> {
    vec![
        call("insert", keys(), |Pair { ours, .. }: &mut Sets, member| {
            same(ours.redis.insert(&member), ours.std.insert(member))
        }),
        call("remove", keys(), |Pair { ours, .. }, member| {
            same(ours.redis.remove(&member), ours.std.remove(&member))
        }),
        call("extend", few(keys()), |Pair { ours, .. }, members| {
            ours.std.extend(&members);
            same(ours.redis.extend(members), ())
        }),
        call("remove_many", few(keys()), |Pair { ours, .. }, members| {
            let before = ours.std.len();
            ours.std.retain(|member| !members.contains(member));
            same(ours.redis.remove_many(members), before - ours.std.len())
        }),
        call("pop_any", Just(()), |Pair { ours, .. }, ()| {
            let popped = ours.redis.pop_any()?;
            any_of(popped.as_ref(), ours.std.clone())?;
            ours.std.retain(|member| popped != Some(*member));
            Ok(())
        }),
    ]
}

fn algebra() -> Calls<Set<u8>> {
    vec![
        call("union", others(), |pair: &mut Sets, others| {
            let wanted = fold(pair, &others, |one, other| one | other);
            same(pair.ours.redis.union(operands(pair, &others)), wanted)
        }),
        call("intersection", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one & other);
            same(pair.ours.redis.intersection(operands(pair, &others)), wanted)
        }),
        call("difference", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one - other);
            same(pair.ours.redis.difference(operands(pair, &others)), wanted)
        }),
        call("symmetric_difference", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one ^ other);
            same(pair.ours.redis.symmetric_difference(operands(pair, &others)), wanted)
        }),
    ]
}

fn assigning() -> Calls<Set<u8>> {
    vec![
        call("union_assign", others(), |pair: &mut Sets, others| {
            let wanted = fold(pair, &others, |one, other| one | other);
            let done = pair.ours.redis.union_assign(operands(pair, &others));
            pair.ours.std = wanted;
            same(done, ())
        }),
        call("intersection_assign", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one & other);
            let done = pair.ours.redis.intersection_assign(operands(pair, &others));
            pair.ours.std = wanted;
            same(done, ())
        }),
        call("difference_assign", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one - other);
            let done = pair.ours.redis.difference_assign(operands(pair, &others));
            pair.ours.std = wanted;
            same(done, ())
        }),
        call("symmetric_difference_assign", others(), |pair, others| {
            let wanted = fold(pair, &others, |one, other| one ^ other);
            let done = pair.ours.redis.symmetric_difference_assign(operands(pair, &others));
            pair.ours.std = wanted;
            same(done, ())
        }),
    ]
}

fn relations() -> Calls<Set<u8>> {
    vec![
        call("is_subset", other(), |pair: &mut Sets, other| {
            let wanted = pair.ours.std.is_subset(&other.std(pair));
            same(pair.ours.redis.is_subset(other.operand(pair)), wanted)
        }),
        call("is_superset", other(), |pair, other| {
            let wanted = pair.ours.std.is_superset(&other.std(pair));
            same(pair.ours.redis.is_superset(other.operand(pair)), wanted)
        }),
        call("is_proper_subset", other(), |pair, other| {
            let theirs = other.std(pair);
            let wanted = pair.ours.std.is_subset(&theirs) && pair.ours.std != theirs;
            same(pair.ours.redis.is_proper_subset(other.operand(pair)), wanted)
        }),
        call("is_proper_superset", other(), |pair, other| {
            let theirs = other.std(pair);
            let wanted = pair.ours.std.is_superset(&theirs) && pair.ours.std != theirs;
            same(pair.ours.redis.is_proper_superset(other.operand(pair)), wanted)
        }),
        call("is_disjoint", other(), |pair, other| {
            let wanted = pair.ours.std.is_disjoint(&other.std(pair));
            same(pair.ours.redis.is_disjoint(other.operand(pair)), wanted)
        }),
        call("equals", other(), |pair, other| {
            let wanted = pair.ours.std == other.std(pair);
            same(pair.ours.redis.equals(other.operand(pair)), wanted)
        }),
    ]
}
