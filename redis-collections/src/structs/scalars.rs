//! Scalars as fields: numbers, strings, options, and whatever is marked as one value.

use redis::Value as Reply;

use crate::{
    codec::{Codec, Encode},
    collections::{Number, Numeric, Place, Value},
    command::{Answers, Key, Request, reply},
    error::{Error, Result},
    memory::{
        field::{AsValue, Defaulted, Field, Spot, WithDefault},
        write_set::{Action, Writes},
    },
    store::Executor,
};

/// `None` is a field that is not there.
impl<T: Send + 'static, C: Codec<T>> Field<C> for Option<T> {
    type Plain = Self;
    type Live<E: Executor<Codec = C>> = Value<T, E>;

    const KIND: &'static str = "Value";
    const CODEC: &'static str = <C as Encode<T>>::NAME;

    fn keys(_: &Spot, _: &mut Vec<Key>) {}

    fn ask(spot: &Spot, asks: &mut Vec<Request>) {
        asks.push(ask(spot));
    }

    fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<Self>> {
        read::<T>(spot, answers, reply::value::<C, T>).map(Some)
    }

    fn write(plain: &Self, spot: &Spot, writes: &mut Writes) {
        if let Some(value) = plain {
            return set(spot, writes, |writes| writes.value::<C, T>(value));
        }
        writes.section(Action::Hash, spot.base());
        writes.arg(0);
        writes.arg(spot.name());
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        spot: &Spot,
        _: &mut Answers,
    ) -> Result<Value<T, E>> {
        Ok(Value::of(Place::new(&executor, spot.base().clone()), spot.name()))
    }
}

impl<T: Send + 'static, C: Codec<T>> Field<C> for AsValue<T> {
    type Plain = T;
    type Live<E: Executor<Codec = C>> = Value<T, E>;

    const KIND: &'static str = "Value";
    const CODEC: &'static str = <C as Encode<T>>::NAME;

    fn keys(_: &Spot, _: &mut Vec<Key>) {}

    fn ask(spot: &Spot, asks: &mut Vec<Request>) {
        asks.push(ask(spot));
    }

    fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<T>> {
        read::<T>(spot, answers, reply::value::<C, T>)
    }

    fn write(plain: &T, spot: &Spot, writes: &mut Writes) {
        set(spot, writes, |writes| writes.value::<C, T>(plain));
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        spot: &Spot,
        _: &mut Answers,
    ) -> Result<Value<T, E>> {
        Ok(Value::of(Place::new(&executor, spot.base().clone()), spot.name()))
    }
}

/// Asks for the scalar.
fn ask(spot: &Spot) -> Request {
    Request::read("HGET", spot.base()).scalar(spot.name())
}

/// Reads the scalar, if it is there.
fn read<T>(
    spot: &Spot,
    answers: &mut Answers,
    value: impl FnOnce(Reply) -> Result<T>,
) -> Result<Option<T>> {
    answers.next(spot.base(), |answer| reply::or_nil(answer, value)).map_err(|error| match error {
        Error::Decode { codec, len, reason, outcome, .. } => {
            Error::Decode { key: spot.place_name(), codec, len, reason, outcome }
        }
        Error::NotANumber { .. } => Error::NotANumber { key: spot.place_name() },
        Error::Overflow { .. } => Error::Overflow { key: spot.place_name() },
        other => other,
    })
}

/// Adds what sets the scalar to the argument that `value` adds.
fn set(spot: &Spot, writes: &mut Writes, value: impl FnOnce(&mut Writes)) {
    writes.section(Action::Hash, spot.base());
    writes.arg(1);
    writes.arg(spot.name());
    value(writes);
}

fn number<N: Numeric>(answer: Reply) -> Result<N> {
    N::parse(&String::from_utf8_lossy(&reply::bytes(answer)?))
}

fn set_number<N: Numeric>(number: N, spot: &Spot, writes: &mut Writes) {
    match number.text() {
        Ok(text) => set(spot, writes, |writes| writes.arg(text)),
        Err(error) => writes.fail(error.at(|| (spot.place_name(), String::new()))),
    }
}

macro_rules! numbers {
    ($($number:ident)+) => {$(
        impl<C: 'static> Field<C> for $number {
            type Plain = Self;
            type Live<E: Executor<Codec = C>> = Number<$number, E>;

            const KIND: &'static str = "Number";
            const CODEC: &'static str = "native";

            fn keys(_: &Spot, _: &mut Vec<Key>) {}

            fn ask(spot: &Spot, asks: &mut Vec<Request>) {
                asks.push(ask(spot));
            }

            fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<Self>> {
                read(spot, answers, number::<$number>)
            }

            fn write(plain: &Self, spot: &Spot, writes: &mut Writes) {
                set_number(*plain, spot, writes);
            }

            fn live<E: Executor<Codec = C>>(
                executor: E,
                spot: &Spot,
                _: &mut Answers,
            ) -> Result<Number<$number, E>> {
                Ok(Number::of(Place::new(&executor, spot.base().clone()), spot.name()))
            }
        }
    )+};
}

numbers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64);

macro_rules! values {
    ($($value:ty)+) => {$(
        impl<C: Codec<$value>> Field<C> for $value {
            type Plain = Self;
            type Live<E: Executor<Codec = C>> = Value<$value, E>;

            const KIND: &'static str = "Value";
            const CODEC: &'static str = <C as Encode<$value>>::NAME;

            fn keys(_: &Spot, _: &mut Vec<Key>) {}

            fn ask(spot: &Spot, asks: &mut Vec<Request>) {
                asks.push(ask(spot));
            }

            fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<Self>> {
                <AsValue<$value> as Field<C>>::read(spot, answers)
            }

            fn write(plain: &Self, spot: &Spot, writes: &mut Writes) {
                <AsValue<$value> as Field<C>>::write(plain, spot, writes);
            }

            fn live<E: Executor<Codec = C>>(
                executor: E,
                spot: &Spot,
                answers: &mut Answers,
            ) -> Result<Value<$value, E>> {
                <AsValue<$value> as Field<C>>::live(executor, spot, answers)
            }
        }
    )+};
}

values!(String bool char);

/// The scalar itself, but the default where it is not there.
macro_rules! default {
    ([$($parameter:ident)?] $field:ty: $plain:ty) => {
        impl<$($parameter: Send + 'static,)? C: Codec<$plain>> Field<C> for WithDefault<$field> {
            type Plain = $plain;
            type Live<E: Executor<Codec = C>> = <$field as Field<C>>::Live<E>;

            const KIND: &'static str = <$field as Field<C>>::KIND;
            const CODEC: &'static str = <$field as Field<C>>::CODEC;

            fn keys(_: &Spot, _: &mut Vec<Key>) {}

            fn ask(spot: &Spot, asks: &mut Vec<Request>) {
                <$field as Field<C>>::ask(spot, asks);
            }

            fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<$plain>> {
                match <$field as Field<C>>::read(spot, answers)? {
                    Some(stored) => Ok(Some(stored)),
                    None => spot.default_bytes().map(C::decode).transpose(),
                }
            }

            fn write(plain: &$plain, spot: &Spot, writes: &mut Writes) {
                <$field as Field<C>>::write(plain, spot, writes);
            }

            fn live<E: Executor<Codec = C>>(
                executor: E,
                spot: &Spot,
                answers: &mut Answers,
            ) -> Result<Self::Live<E>> {
                <$field as Field<C>>::live(executor, spot, answers)
            }
        }

        impl<$($parameter: Send + 'static,)? C: Codec<$plain>> Defaulted<C> for WithDefault<$field> {
            type Item = $plain;
        }
    };
    ($($scalar:ty)+) => {$(
        default!([] $scalar: $scalar);
    )+};
}

default!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 String bool char);
default!([T] AsValue<T>: T);
