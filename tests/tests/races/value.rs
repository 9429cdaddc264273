//! `Value`, raced.

use fastrand::Rng;
use redis_collections::Value;

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get,
    Exists,
    Insert(u8),
    Set(u8),
    ReplaceIf(u8, u8),
    Modify(u8),
    Take,
    Clear,
}

impl Model for Option<u8> {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get => only(self, |value| *value),
            Call::Exists => only(self, |value| value.is_some()),
            Call::Insert(new) => only(self, |value| value.replace(new)),
            Call::Set(new) => only(self, |value| *value = Some(new)),
            Call::ReplaceIf(old, new) => only(self, |value| {
                let is_old = *value == Some(old);
                *value = if is_old { Some(new) } else { *value };
                is_old
            }),
            Call::Modify(most) => only(self, |value| {
                *value = changed(*value, most);
                *value
            }),
            Call::Take => only(self, Option::take),
            Call::Clear => only(self, |value| value.take().is_some()),
        }
    }
}

/// One more than `value`, up to `most`; after that nothing.
fn changed(value: Option<u8>, most: u8) -> Option<u8> {
    let next = value.map_or(0, |value| value + 1);
    (next <= most).then_some(next)
}

impl Subject for Option<u8> {
    type Handle<E: Racer> = Value<u8, E>;

    const WHOLE: Call = Call::Get;

    fn any(rng: &mut Rng) -> Call {
        let [one, other] = [(); 2].map(|()| rng.u8(..3));
        match rng.u8(..11) {
            0 => Call::Get,
            1 => Call::Exists,
            2..4 => Call::Insert(one),
            4 => Call::Set(one),
            5 => Call::ReplaceIf(one, other),
            6..9 => Call::Modify(one),
            9 => Call::Take,
            _ => Call::Clear,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        Value::open(store, name, "value")
    }

    async fn send<E: Racer>(value: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get => E::told(value.get()).await,
            Call::Exists => E::told(value.exists()).await,
            Call::Insert(new) => E::told(value.insert(&new)).await,
            Call::Set(new) => E::told(value.set(&new)).await,
            Call::ReplaceIf(old, new) => E::told(value.replace_if(&old, &new)).await,
            Call::Modify(most) => E::told(value.modify(move |old| changed(old, most))).await,
            Call::Take => E::told(value.take()).await,
            Call::Clear => E::told(value.clear()).await,
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Option<u8>, E>(store).await;
}
