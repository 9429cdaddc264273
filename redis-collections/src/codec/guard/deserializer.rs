//! [`GuardedDeserializer`]: charges each part of a value before it is decoded.

use serde::de::{Deserializer, Visitor};

use super::{Level, visitor::GuardedVisitor};

pub(super) struct GuardedDeserializer<'b, D> {
    pub(super) inner: D,
    pub(super) level: Level<'b>,
}

impl<'b, D> GuardedDeserializer<'b, D> {
    /// Enters a collection, whose elements are charged one by one.
    fn enter_collection<'de, V>(self, inner: V) -> Result<(D, GuardedVisitor<'b, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok((self.inner, GuardedVisitor { inner, level: self.level.descend()?, is_charged: false }))
    }

    /// Enters a value whose parts lie within itself, and are charged already.
    fn enter_fields<'de, V>(self, inner: V) -> Result<(D, GuardedVisitor<'b, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok((self.inner, GuardedVisitor { inner, level: self.level.descend()?, is_charged: true }))
    }

    /// Enters an option or an enum, which can be larger than its bytes.
    fn enter_choice<'de, V: Visitor<'de>>(
        self,
        inner: V,
    ) -> Result<(D, GuardedVisitor<'b, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        self.level.charge::<V::Value, _>(0)?;
        self.enter_fields(inner)
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for GuardedDeserializer<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_collection(visitor)?;
        inner.deserialize_any(visitor)
    }

    // Bincode allocates a whole `String` before it checks that there are enough bytes.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_choice(visitor)?;
        inner.deserialize_option(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_fields(visitor)?;
        inner.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_collection(visitor)?;
        inner.deserialize_seq(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_fields(visitor)?;
        inner.deserialize_tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_fields(visitor)?;
        inner.deserialize_tuple_struct(name, len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_collection(visitor)?;
        inner.deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_fields(visitor)?;
        inner.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_choice(visitor)?;
        inner.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.enter_collection(visitor)?;
        inner.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }

    forward! {
        deserialize_bool, deserialize_char, deserialize_str, deserialize_bytes, deserialize_unit,
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64, deserialize_identifier,
    }
}

macro_rules! forward {
    ($($deserialize:ident),+ $(,)?) => {
        $(#[inline]
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$deserialize(visitor)
        })+
    };
}
use forward;
