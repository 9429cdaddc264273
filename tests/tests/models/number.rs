//! `Number` beside an `i8`, whose ends are near.

use proptest::{prelude::*, sample};
use redis::{Cmd, Value, cmd};
use redis_collections::{Number, Result, Store};

use crate::engine::{
    Calls, FIELD, Model, Pair, Scalar, Verdict, call, calls_of_any_scalar, is_overflow, play,
    refused, same,
};

type Numbers = Pair<Scalar<Number<i8>>>;

#[test]
fn a_number_does_what_an_i8_does() {
    play::<Scalar<Number<i8>>>();
}

impl Model for Scalar<Number<i8>> {
    type Std = Option<i8>;

    fn open(store: &Store, name: &str) -> Self {
        Scalar::new(store, name, Number::open(store, name, FIELD))
    }

    fn read(name: &str) -> Cmd {
        cmd("HGET").arg(name).arg(FIELD).to_owned()
    }

    fn held(answer: Value) -> Option<i8> {
        redis::from_redis_value(answer).unwrap()
    }

    fn calls() -> Calls<Self> {
        [calls(), calls_of_any_scalar(Number::exists, Number::clear)]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn numbers() -> impl Strategy<Value = i8> {
    sample::select(&[0, 1, -1, 2, -3, 100, i8::MAX, i8::MIN])
}

fn calls() -> Calls<Scalar<Number<i8>>> {
    vec![
        call("get", Just(()), |Pair { ours, .. }: &mut Numbers, ()| {
            same(ours.redis.it.get(), ours.std.unwrap_or_default())
        }),
        call("set", numbers(), |Pair { ours, .. }, number| {
            ours.std = Some(number);
            same(ours.redis.it.set(number), ())
        }),
        call("add", numbers(), |Pair { ours, .. }, amount| {
            let sum = ours.std.unwrap_or_default().checked_add(amount);
            is_counted(&mut ours.std, ours.redis.it.add(amount), sum)
        }),
        call("sub", numbers(), |Pair { ours, .. }, amount| {
            let difference = ours.std.unwrap_or_default().checked_sub(amount);
            is_counted(&mut ours.std, ours.redis.it.sub(amount), difference)
        }),
        call("replace_if", (numbers(), numbers()), |Pair { ours, .. }, (old, new)| {
            let is_old = ours.std.unwrap_or_default() == old;
            if is_old {
                ours.std = Some(new);
            }
            same(ours.redis.it.replace_if(old, new), is_old)
        }),
        call("take", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.it.take(), ours.take().unwrap_or_default())
        }),
        call("modify", numbers(), |Pair { ours, .. }, number| {
            let new = number.wrapping_mul(ours.std.unwrap_or_default());
            ours.std = Some(new);
            same(ours.redis.it.modify(|old| number.wrapping_mul(old)), new)
        }),
    ]
}

/// Whether a number was counted to `wanted`, or refused if there is no such number.
fn is_counted(std: &mut Option<i8>, found: Result<i8>, wanted: Option<i8>) -> Verdict {
    let Some(wanted) = wanted else { return refused(found, is_overflow) };
    *std = Some(wanted);
    same(found, wanted)
}
