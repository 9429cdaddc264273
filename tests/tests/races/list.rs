//! `List`, raced.

use fastrand::Rng;
use redis_collections::{Collection, List};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get(i64),
    IndexOf(u8),
    Push(u8),
    PushFront(u8),
    Pop,
    PopFront,
    Set(i64, u8),
    Insert(i64, u8),
    Remove(i64),
    RemoveValue(u8),
    SetRange(u8),
    SetEverySecond(u8),
    DeleteRange,
    DeleteEverySecond,
    Reverse,
    Sort,
    Repeat(usize),
    ExtendFrom,
    Clear,
    Whole,
}

impl Model for Vec<u8> {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get(index) => only(self, |list| at(list, index).map(|at| list[at])),
            Call::IndexOf(value) => only(self, |list| list.iter().position(|it| *it == value)),
            Call::Push(value) => only(self, |list| {
                list.push(value);
                list.len()
            }),
            Call::PushFront(value) => only(self, |list| {
                list.insert(0, value);
                list.len()
            }),
            Call::Pop => only(self, Vec::pop),
            Call::PopFront | Call::Remove(0) => only(self, |list| taken(list, 0)),
            Call::Remove(index) => only(self, |list| taken(list, index)),
            Call::Set(index, value) => {
                only(self, |list| at(list, index).map(|at| list[at] = value).is_some())
            }
            Call::Insert(index, value) => only(self, |list| {
                let len = i64::try_from(list.len()).unwrap();
                let place = if index < 0 { index + len } else { index }.clamp(0, len);
                list.insert(usize::try_from(place).unwrap(), value);
            }),
            Call::RemoveValue(value) => only(self, |list| {
                let found = list.iter().position(|it| *it == value);
                found.map(|at| list.remove(at)).is_some()
            }),
            Call::SetRange(value) => only(self, |list| {
                let (start, stop) = (list.len().min(1), list.len().min(3));
                list.splice(start..stop, [value, value, value]);
            }),
            // There have to be as many values as places.
            Call::SetEverySecond(_) if !(3..=4).contains(&self.len()) => {
                vec![("refused".into(), self.clone())]
            }
            Call::SetEverySecond(value) => {
                only(self, |list| list.iter_mut().step_by(2).for_each(|it| *it = value))
            }
            Call::DeleteRange => only(self, |list| {
                let (start, stop) = (list.len().min(1), list.len().min(3));
                list.drain(start..stop).count()
            }),
            Call::DeleteEverySecond => only(self, |list| {
                let gone = list.iter().step_by(2).count();
                *list = list.iter().skip(1).step_by(2).copied().collect();
                gone
            }),
            Call::Reverse => only(self, |list| list.reverse()),
            Call::Sort => only(self, |list| list.sort_unstable()),
            Call::Repeat(times) => only(self, |list| *list = list.repeat(times)),
            Call::ExtendFrom => only(self, |list| list.extend(OTHER)),
            Call::Clear => only(self, |list| !std::mem::take(list).is_empty()),
            Call::Whole => only(self, |list| list.clone()),
        }
    }
}

const OTHER: [u8; 2] = [7, 8];

fn at(list: &[u8], index: i64) -> Option<usize> {
    let len = i64::try_from(list.len()).unwrap();
    let place = if index < 0 { index + len } else { index };
    usize::try_from(place).ok().filter(|at| *at < list.len())
}

fn taken(list: &mut Vec<u8>, index: i64) -> Option<u8> {
    at(list, index).map(|at| list.remove(at))
}

impl Subject for Vec<u8> {
    type Handle<E: Racer> = [List<u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (index, value) = (rng.i64(-3..4), rng.u8(..3));
        match rng.u8(..23) {
            0 => Call::Get(index),
            1 => Call::IndexOf(value),
            2..5 => Call::Push(value),
            5 => Call::PushFront(value),
            6 => Call::Pop,
            7 => Call::PopFront,
            8 => Call::Set(index, value),
            9..11 => Call::Insert(index, value),
            11 => Call::Remove(index),
            12 => Call::RemoveValue(value),
            13 => Call::SetRange(value),
            14 => Call::DeleteRange,
            15 => Call::DeleteEverySecond,
            16 => Call::Reverse,
            17 => Call::Sort,
            18 => Call::Repeat(usize::from(value / 2)),
            19 => Call::ExtendFrom,
            20 => Call::Clear,
            21 => Call::SetEverySecond(value),
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = List::open(store, &format!("{name} other"));
        E::ask(other.extend(OTHER)).await;
        [List::open(store, name), other]
    }

    async fn send<E: Racer>([list, other]: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get(index) => E::told(list.get(index)).await,
            Call::IndexOf(value) => E::told(list.index_of(&value)).await,
            Call::Push(value) => E::told(list.push(&value)).await,
            Call::PushFront(value) => E::told(list.push_front(&value)).await,
            Call::Pop => E::told(list.pop()).await,
            Call::PopFront => E::told(list.pop_front()).await,
            Call::Set(index, value) => E::told(list.set(index, &value)).await,
            Call::Insert(index, value) => E::told(list.insert(index, &value)).await,
            Call::Remove(index) => E::told(list.remove(index)).await,
            Call::RemoveValue(value) => E::told(list.remove_value(&value)).await,
            Call::SetRange(value) => E::told(list.set_range(1..3, [value; 3])).await,
            Call::SetEverySecond(value) => E::told(list.set_range_step(.., 2, [value; 2])).await,
            Call::DeleteRange => E::told(list.delete_range(1..3)).await,
            Call::DeleteEverySecond => E::told(list.delete_range_step(.., 2)).await,
            Call::Reverse => E::told(list.reverse()).await,
            Call::Sort => E::told(list.sort()).await,
            Call::Repeat(times) => E::told(list.repeat_assign(times)).await,
            Call::ExtendFrom => E::told(list.extend_from(other)).await,
            Call::Clear => E::told(list.clear()).await,
            Call::Whole => E::told(list.to_vec()).await,
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Vec<u8>, E>(store).await;
}
