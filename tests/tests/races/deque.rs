//! A `Deque` of a limited length, raced.

use std::collections::VecDeque;

use fastrand::Rng;
use redis_collections::{Collection, Deque};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

const MAXLEN: usize = 4;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    PushBack(u8),
    PushFront(u8),
    PopBack,
    PopFront,
    Extend(u8),
    ExtendFront(u8),
    RotateLeft(usize),
    RotateRight(usize),
    Insert(u8),
    Clear,
    Whole,
}

impl Model for VecDeque<u8> {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::PushBack(value) => only(self, |deque| push_back(deque, [value])),
            Call::PushFront(value) => only(self, |deque| push_front(deque, [value])),
            Call::PopBack => only(self, VecDeque::pop_back),
            Call::PopFront => only(self, VecDeque::pop_front),
            Call::Extend(value) => only(self, |deque| _ = push_back(deque, [value, value + 1])),
            Call::ExtendFront(value) => {
                only(self, |deque| _ = push_front(deque, [value, value + 1]))
            }
            Call::RotateLeft(count) => only(self, |deque| {
                let count = count % deque.len().max(1);
                deque.rotate_left(count);
            }),
            Call::RotateRight(count) => only(self, |deque| {
                let count = count % deque.len().max(1);
                deque.rotate_right(count);
            }),
            Call::Insert(_) if self.len() >= MAXLEN => vec![("refused".into(), self.clone())],
            Call::Insert(value) => only(self, |deque| deque.insert(deque.len().min(1), value)),
            Call::Clear => only(self, |deque| !std::mem::take(deque).is_empty()),
            Call::Whole => only(self, |deque| Vec::from(deque.clone())),
        }
    }
}

fn push_back(deque: &mut VecDeque<u8>, values: impl IntoIterator<Item = u8>) -> usize {
    deque.extend(values);
    deque.drain(..deque.len().saturating_sub(MAXLEN));
    deque.len()
}

fn push_front(deque: &mut VecDeque<u8>, values: impl IntoIterator<Item = u8>) -> usize {
    values.into_iter().for_each(|value| deque.push_front(value));
    deque.truncate(MAXLEN);
    deque.len()
}

impl Subject for VecDeque<u8> {
    type Handle<E: Racer> = Deque<u8, E>;

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (value, count) = (rng.u8(..3), rng.usize(..6));
        match rng.u8(..11) {
            0 => Call::PushBack(value),
            1 => Call::PushFront(value),
            2 => Call::PopBack,
            3 => Call::PopFront,
            4 => Call::Extend(value),
            5 => Call::ExtendFront(value),
            6 => Call::RotateLeft(count),
            7 => Call::RotateRight(count),
            8 => Call::Insert(value),
            9 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        Deque::open(store, name).with_maxlen(MAXLEN)
    }

    async fn send<E: Racer>(deque: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::PushBack(value) => E::told(deque.push_back(&value)).await,
            Call::PushFront(value) => E::told(deque.push_front(&value)).await,
            Call::PopBack => E::told(deque.pop_back()).await,
            Call::PopFront => E::told(deque.pop_front()).await,
            Call::Extend(value) => E::told(deque.extend([value, value + 1])).await,
            Call::ExtendFront(value) => E::told(deque.extend_front([value, value + 1])).await,
            Call::RotateLeft(count) => E::told(deque.rotate_left(count)).await,
            Call::RotateRight(count) => E::told(deque.rotate_right(count)).await,
            Call::Insert(value) => E::told(deque.insert(1, &value)).await,
            Call::Clear => E::told(deque.clear()).await,
            Call::Whole => E::told(deque.to_vec()).await,
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<VecDeque<u8>, E>(store).await;
}
