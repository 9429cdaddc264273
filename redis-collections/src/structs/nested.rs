//! [`Nested`]: a struct in Redis as the field of another one.

use std::marker::PhantomData;

use super::{Instance, LiveStruct, RedisStruct};
use crate::{
    command::{Answers, Key, Request},
    error::Result,
    memory::{
        field::{Field, Spot, Synced},
        write_set::Writes,
    },
    store::Executor,
};

/// `#[redis(nested)]`: the marker of a field that is a struct in Redis itself.
///
/// Its keys stand beneath the field's, in the slot of the outer struct.
#[derive(Debug)]
pub struct Nested<T>(PhantomData<fn() -> T>);

impl<C: 'static, T: RedisStruct> Field<C> for Nested<T> {
    type Plain = T;
    type Live<E: Executor<Codec = C>> = T::Live<E>;

    const KIND: &'static str = "nested";
    const CODEC: &'static str = T::NAMESPACE;

    fn keys(spot: &Spot, keys: &mut Vec<Key>) {
        keys.push(spot.key());
        T::__keys(&spot.key(), keys);
    }

    fn ask(spot: &Spot, asks: &mut Vec<Request>) {
        let first = asks.len();
        T::__ask(&spot.key(), asks);
        require::<T>(&mut asks[first..]);
    }

    fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<T>> {
        T::__read(&spot.key(), answers).map(Some)
    }

    fn write(plain: &T, spot: &Spot, writes: &mut Writes) {
        plain.__write(&spot.key(), writes);
        writes.require(T::__SCHEMA);
    }

    fn ask_live(spot: &Spot, asks: &mut Vec<Request>) {
        let first = asks.len();
        T::__ask_live(&spot.key(), asks);
        require::<T>(&mut asks[first..]);
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        spot: &Spot,
        answers: &mut Answers,
    ) -> Result<T::Live<E>> {
        T::__live(Instance::nested(executor, spot.key(), spot.name()), answers)
    }

    fn locals<'a, E: Executor<Codec = C>>(live: &'a T::Live<E>, all: &mut Vec<&'a dyn Synced>) {
        live.__locals(all);
    }

    fn locals_mut<'a, E: Executor<Codec = C>>(
        live: &'a mut T::Live<E>,
        all: &mut Vec<&'a mut dyn Synced>,
    ) {
        live.__locals_mut(all);
    }
}

/// The definition of a nested struct is compared as well: its fields are in no other schema.
fn require<T: RedisStruct>(asks: &mut [Request]) {
    if let Some(ask) = asks.first_mut() {
        ask.require(T::__SCHEMA);
    }
}
