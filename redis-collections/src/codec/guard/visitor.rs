//! [`GuardedVisitor`]: forwards each part, and guards the parts below it.

use std::fmt;

use serde::de::{Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};

use super::{
    Level,
    access::{GuardedElements, GuardedEnum},
    deserializer::GuardedDeserializer,
};

pub(super) struct GuardedVisitor<'b, V> {
    pub(super) inner: V,
    pub(super) level: Level<'b>,
    /// Whether the parts are charged already, as a struct's fields are.
    pub(super) is_charged: bool,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for GuardedVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(GuardedDeserializer { inner, level: self.level })
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(GuardedDeserializer { inner, level: self.level })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(GuardedElements {
            inner,
            level: self.level,
            is_charged: self.is_charged,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(GuardedElements {
            inner,
            level: self.level,
            is_charged: self.is_charged,
        })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(GuardedEnum { inner, level: self.level })
    }

    forward! {
        visit_bool(bool), visit_char(char),
        visit_i8(i8), visit_i16(i16), visit_i32(i32), visit_i64(i64), visit_i128(i128),
        visit_u8(u8), visit_u16(u16), visit_u32(u32), visit_u64(u64), visit_u128(u128),
        visit_f32(f32), visit_f64(f64),
        visit_str(&str), visit_borrowed_str(&'de str), visit_string(String),
        visit_bytes(&[u8]), visit_borrowed_bytes(&'de [u8]), visit_byte_buf(Vec<u8>),
    }
}

macro_rules! forward {
    ($($visit:ident($value:ty)),+ $(,)?) => {
        $(#[inline]
        fn $visit<E: Error>(self, value: $value) -> Result<V::Value, E> {
            self.inner.$visit(value)
        })+
    };
}
use forward;
