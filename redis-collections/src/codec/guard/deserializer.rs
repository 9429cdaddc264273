//! [`Guarded`]: a deserializer that counts what it is asked for.

use serde::de::{Deserializer, Visitor};

use super::{Level, visitor::GuardedVisitor};

pub(super) struct Guarded<'g, D> {
    pub(super) inner: D,
    pub(super) level: Level<'g>,
}

impl<'g, D> Guarded<'g, D> {
    /// Goes into a collection, whose elements are paid for one by one.
    fn collection<'de, V>(self, inner: V) -> Result<(D, GuardedVisitor<'g, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok((self.inner, GuardedVisitor { inner, level: self.level.deeper()?, paid: false }))
    }

    /// Goes into a value whose parts lie within itself.
    fn fields<'de, V>(self, inner: V) -> Result<(D, GuardedVisitor<'g, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        Ok((self.inner, GuardedVisitor { inner, level: self.level.deeper()?, paid: true }))
    }

    /// Goes into an option or an enum, which can be larger than the bytes that made it.
    fn choice<'de, V: Visitor<'de>>(self, inner: V) -> Result<(D, GuardedVisitor<'g, V>), D::Error>
    where
        D: Deserializer<'de>,
    {
        self.level.pay::<V::Value, _>(0)?;
        self.fields(inner)
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Guarded<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.collection(visitor)?;
        inner.deserialize_any(visitor)
    }

    // Bincode makes room for a whole `String` before it looks whether the bytes are there.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.choice(visitor)?;
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
        let (inner, visitor) = self.fields(visitor)?;
        inner.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.collection(visitor)?;
        inner.deserialize_seq(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.fields(visitor)?;
        inner.deserialize_tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.fields(visitor)?;
        inner.deserialize_tuple_struct(name, len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.collection(visitor)?;
        inner.deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.fields(visitor)?;
        inner.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.choice(visitor)?;
        inner.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.collection(visitor)?;
        inner.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }

    hand_on! {
        deserialize_bool, deserialize_char, deserialize_str, deserialize_bytes, deserialize_unit,
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64, deserialize_identifier,
    }
}

macro_rules! hand_on {
    ($($deserialize:ident),+ $(,)?) => {
        $(#[inline]
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$deserialize(visitor)
        })+
    };
}
use hand_on;
