//! `Value` beside an `Option`.

use proptest::prelude::*;
use redis::{Cmd, cmd};
use redis_collections::{Bincode, Codec, Store, Value};

use crate::engine::{
    Calls, Change, FIELD, Model, Pair, Scalar, call, calls_of_any_scalar, play, same, values,
};

type Values = Pair<Scalar<Value<u16>>>;

#[test]
fn a_value_does_what_an_option_does() {
    play::<Scalar<Value<u16>>>();
}

impl Model for Scalar<Value<u16>> {
    type Std = Option<u16>;

    fn open(store: &Store, name: &str) -> Self {
        Scalar::new(store, name, Value::open(store, name, FIELD))
    }

    fn read(name: &str) -> Cmd {
        cmd("HGET").arg(name).arg(FIELD).to_owned()
    }

    fn held(answer: redis::Value) -> Option<u16> {
        let bytes: Option<Vec<u8>> = redis::from_redis_value(answer).unwrap();
        bytes.map(|bytes| Bincode::decode(&bytes).unwrap())
    }

    fn calls() -> Calls<Self> {
        [calls(), calls_of_any_scalar(Value::exists, Value::clear)].into_iter().flatten().collect()
    }
}

fn calls() -> Calls<Scalar<Value<u16>>> {
    vec![
        call("get", Just(()), |Pair { ours, .. }: &mut Values, ()| {
            same(ours.redis.it.get(), ours.std)
        }),
        call("insert", values(), |Pair { ours, .. }, value| {
            same(ours.redis.it.insert(&value), ours.std.replace(value))
        }),
        call("set", values(), |Pair { ours, .. }, value| {
            ours.std = Some(value);
            same(ours.redis.it.set(&value), ())
        }),
        call("replace_if", (values(), values()), |Pair { ours, .. }, (old, new)| {
            let is_old = ours.std == Some(old);
            if is_old {
                ours.std = Some(new);
            }
            same(ours.redis.it.replace_if(&old, &new), is_old)
        }),
        call("take", Just(()), |Pair { ours, .. }, ()| same(ours.redis.it.take(), ours.take())),
        call("modify", Change::any(values()), |Pair { ours, .. }, change| {
            ours.std = change.make(ours.std);
            same(ours.redis.it.modify(|old| change.make(old)), ours.std)
        }),
    ]
}
