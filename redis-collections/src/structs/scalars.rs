//! Scalars as fields: numbers, strings, options, and types marked as one value.

use redis::Value as Reply;

use crate::{
    codec::{Codec, Encode},
    collections::{KeyHandle, Number, Numeric, Value},
    command::{Key, Replies, Request, reply},
    error::{Error, Result},
    memory::{
        field::{AsValue, Defaulted, Field, FieldSite, WithDefault},
        write_set::WriteSet,
    },
    store::Executor,
};

/// `None` is a missing field.
impl<T: Send + 'static, C: Codec<T>> Field<C> for Option<T> {
    type Plain = Self;
    type Live<E: Executor<Codec = C>> = Value<T, E>;

    const KIND: &'static str = "Value";
    const CODEC: &'static str = <C as Encode<T>>::NAME;

    fn add_keys(_: &FieldSite, _: &mut Vec<Key>) {}

    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        reads.push(read_request(site));
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self>> {
        read::<T>(site, replies, reply::value::<C, T>).map(Some)
    }

    fn add_writes(plain: &Self, site: &FieldSite, writes: &mut WriteSet) {
        if let Some(value) = plain {
            return writes.hash(site.base()).set_scalar::<C, T>(site.name(), value);
        }
        writes.hash(site.base()).remove_raw(site.name());
    }

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        _: &mut Replies,
    ) -> Result<Value<T, E>> {
        Ok(Value::of(KeyHandle::new(&executor, site.base().clone()), site.name()))
    }
}

impl<T: Send + 'static, C: Codec<T>> Field<C> for AsValue<T> {
    type Plain = T;
    type Live<E: Executor<Codec = C>> = Value<T, E>;

    const KIND: &'static str = "Value";
    const CODEC: &'static str = <C as Encode<T>>::NAME;

    fn add_keys(_: &FieldSite, _: &mut Vec<Key>) {}

    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        reads.push(read_request(site));
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<T>> {
        read::<T>(site, replies, reply::value::<C, T>)
    }

    fn add_writes(plain: &T, site: &FieldSite, writes: &mut WriteSet) {
        writes.hash(site.base()).set_scalar::<C, T>(site.name(), plain);
    }

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        _: &mut Replies,
    ) -> Result<Value<T, E>> {
        Ok(Value::of(KeyHandle::new(&executor, site.base().clone()), site.name()))
    }
}

/// The request that reads the scalar.
fn read_request(site: &FieldSite) -> Request {
    Request::read("HGET", site.base()).field(site.name())
}

/// Reads the scalar; `None` if it is missing.
fn read<T>(
    site: &FieldSite,
    replies: &mut Replies,
    value: impl FnOnce(Reply) -> Result<T>,
) -> Result<Option<T>> {
    replies.next(site.base(), |answer| reply::or_nil(answer, value)).map_err(|error| match error {
        Error::Decode { codec, len, reason, outcome, .. } => {
            Error::Decode { key: site.location(), codec, len, reason, outcome }
        }
        Error::NotANumber { .. } => Error::NotANumber { key: site.location() },
        Error::Overflow { .. } => Error::Overflow { key: site.location() },
        other => other,
    })
}

fn number<N: Numeric>(answer: Reply) -> Result<N> {
    N::parse(&String::from_utf8_lossy(&reply::bytes(answer)?))
}

fn set_number<N: Numeric>(number: N, site: &FieldSite, writes: &mut WriteSet) {
    match number.text() {
        Ok(text) => writes.hash(site.base()).set_raw(site.name(), text),
        Err(error) => writes.fail(error.with_location(|| (site.location(), String::new()))),
    }
}

macro_rules! numbers {
    ($($number:ident)+) => {$(
        impl<C: 'static> Field<C> for $number {
            type Plain = Self;
            type Live<E: Executor<Codec = C>> = Number<$number, E>;

            const KIND: &'static str = "Number";
            const CODEC: &'static str = "native";

            fn add_keys(_: &FieldSite, _: &mut Vec<Key>) {}

            fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
                reads.push(read_request(site));
            }

            fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self>> {
                read(site, replies, number::<$number>)
            }

            fn add_writes(plain: &Self, site: &FieldSite, writes: &mut WriteSet) {
                set_number(*plain, site, writes);
            }

            fn open<E: Executor<Codec = C>>(
                executor: E,
                site: &FieldSite,
                _: &mut Replies,
            ) -> Result<Number<$number, E>> {
                Ok(Number::of(KeyHandle::new(&executor, site.base().clone()), site.name()))
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

            fn add_keys(_: &FieldSite, _: &mut Vec<Key>) {}

            fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
                reads.push(read_request(site));
            }

            fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self>> {
                <AsValue<$value> as Field<C>>::read(site, replies)
            }

            fn add_writes(plain: &Self, site: &FieldSite, writes: &mut WriteSet) {
                <AsValue<$value> as Field<C>>::add_writes(plain, site, writes);
            }

            fn open<E: Executor<Codec = C>>(
                executor: E,
                site: &FieldSite,
                replies: &mut Replies,
            ) -> Result<Value<$value, E>> {
                <AsValue<$value> as Field<C>>::open(executor, site, replies)
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

            fn add_keys(_: &FieldSite, _: &mut Vec<Key>) {}

            fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
                <$field as Field<C>>::add_reads(site, reads);
            }

            fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<$plain>> {
                match <$field as Field<C>>::read(site, replies)? {
                    Some(stored) => Ok(Some(stored)),
                    None => site.default_bytes().map(C::decode).transpose(),
                }
            }

            fn add_writes(plain: &$plain, site: &FieldSite, writes: &mut WriteSet) {
                <$field as Field<C>>::add_writes(plain, site, writes);
            }

            fn open<E: Executor<Codec = C>>(
                executor: E,
                site: &FieldSite,
                replies: &mut Replies,
            ) -> Result<Self::Live<E>> {
                <$field as Field<C>>::open(executor, site, replies)
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
