//! [`GuardedSeed`]: one part of a value, before its deserializer is known.

use serde::de::{DeserializeSeed, Deserializer};

use super::{Level, deserializer::GuardedDeserializer};

pub(crate) struct GuardedSeed<'b, S> {
    pub(super) inner: S,
    pub(super) level: Level<'b>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for GuardedSeed<'_, S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(GuardedDeserializer { inner, level: self.level })
    }
}
