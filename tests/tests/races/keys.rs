//! The calls that move a collection from key to key, raced.

use fastrand::Rng;
use redis_collections::{Collection, List};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

/// Each is made on one of the two lists.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Push(usize, u8),
    Pop(usize),
    Rename(usize),
    CopyTo(usize),
    Exists(usize),
    Clear(usize),
    Read(usize),
    Whole,
}

/// What is in two lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Two([Vec<u8>; 2]);

impl Two {
    fn read(&self, at: usize) -> Vec<u8> {
        self.0[at].clone()
    }
}

impl Model for Two {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Push(at, value) => only(self, |two| {
                two.0[at].push(value);
                two.0[at].len()
            }),
            Call::Pop(at) => only(self, |two| two.0[at].pop()),
            Call::Rename(at) => only(self, |two| {
                let is_there = !two.0[at].is_empty();
                if is_there {
                    two.0[1 - at] = std::mem::take(&mut two.0[at]);
                }
                is_there
            }),
            Call::CopyTo(at) => only(self, |two| {
                let is_there = !two.0[at].is_empty();
                if is_there {
                    two.0[1 - at] = two.read(at);
                }
                is_there
            }),
            Call::Exists(at) => only(self, |two| !two.0[at].is_empty()),
            Call::Clear(at) => only(self, |two| !std::mem::take(&mut two.0[at]).is_empty()),
            Call::Read(at) => only(self, |two| two.read(at)),
            Call::Whole => only(self, |two| two.0.clone()),
        }
    }
}

impl Subject for Two {
    type Handle<E: Racer> = [(String, List<u8, E>); 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (at, value) = (rng.usize(..2), rng.u8(..3));
        match rng.u8(..12) {
            0..3 => Call::Push(at, value),
            3 => Call::Pop(at),
            4..6 => Call::Rename(at),
            6..9 => Call::CopyTo(at),
            9 => Call::Exists(at),
            10 => Call::Clear(at),
            _ => Call::Read(at),
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        [format!("{name} one"), format!("{name} other")].map(|name| {
            let list = List::open(store, &name);
            (name, list)
        })
    }

    async fn send<E: Racer>(two: &Self::Handle<E>, call: Call) -> String {
        let list = |at: usize| &two[at].1;
        match call {
            Call::Push(at, value) => E::told(list(at).push(&value)).await,
            Call::Pop(at) => E::told(list(at).pop()).await,
            Call::Rename(at) => E::told(list(at).rename(&two[1 - at].0)).await,
            Call::CopyTo(at) => E::told(list(at).copy_to(&two[1 - at].0)).await,
            Call::Exists(at) => E::told(list(at).exists()).await,
            Call::Clear(at) => E::told(list(at).clear()).await,
            Call::Read(at) => E::told(list(at).to_vec()).await,
            Call::Whole => {
                let both = [E::ask(list(0).to_vec()).await, E::ask(list(1).to_vec()).await];
                format!("{both:?}")
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Two, E>(store).await;
}
