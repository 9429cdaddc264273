//! `Number`, raced: an `i8`, whose sums are checked by a script.

use fastrand::Rng;
use redis_collections::Number;

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
    Set(i8),
    Add(i8),
    Sub(i8),
    ReplaceIf(i8, i8),
    Modify(i8),
    Take,
    Clear,
}

/// A number, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Count(Option<i8>);

impl Count {
    fn get(&self) -> i8 {
        self.0.unwrap_or_default()
    }

    fn counted(&self, sum: Option<i8>) -> Vec<(String, Self)> {
        let Some(sum) = sum else { return vec![("refused".into(), self.clone())] };
        vec![(sum.to_string(), Count(Some(sum)))]
    }
}

impl Model for Count {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get => only(self, |count| count.get()),
            Call::Exists => only(self, |count| count.0.is_some()),
            Call::Set(number) => only(self, |count| count.0 = Some(number)),
            Call::Add(amount) => self.counted(self.get().checked_add(amount)),
            Call::Sub(amount) => self.counted(self.get().checked_sub(amount)),
            Call::ReplaceIf(old, new) => only(self, |count| {
                let is_old = count.get() == old;
                count.0 = if is_old { Some(new) } else { count.0 };
                is_old
            }),
            Call::Modify(amount) => self.counted(Some(self.get().wrapping_mul(amount))),
            Call::Take => only(self, |count| count.0.take().unwrap_or_default()),
            Call::Clear => only(self, |count| count.0.take().is_some()),
        }
    }
}

impl Subject for Count {
    type Handle<E: Racer> = Number<i8, E>;

    const WHOLE: Call = Call::Get;

    fn any(rng: &mut Rng) -> Call {
        let [one, other] = [(); 2].map(|()| *rng.choice(&[0, 1, -3, 100]).unwrap_or(&0));
        match rng.u8(..14) {
            0 => Call::Get,
            1 => Call::Exists,
            2 => Call::Set(one),
            3..6 => Call::Add(one),
            6..9 => Call::Sub(one),
            9 => Call::ReplaceIf(one, other),
            10..12 => Call::Modify(one),
            12 => Call::Take,
            _ => Call::Clear,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        Number::open(store, name, "count")
    }

    async fn send<E: Racer>(number: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get => E::told(number.get()).await,
            Call::Exists => E::told(number.exists()).await,
            Call::Set(new) => E::told(number.set(new)).await,
            Call::Add(amount) => E::told(number.add(amount)).await,
            Call::Sub(amount) => E::told(number.sub(amount)).await,
            Call::ReplaceIf(old, new) => E::told(number.replace_if(old, new)).await,
            Call::Modify(by) => E::told(number.modify(move |old| old.wrapping_mul(by))).await,
            Call::Take => E::told(number.take()).await,
            Call::Clear => E::told(number.clear()).await,
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Count, E>(store).await;
}
