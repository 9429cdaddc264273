//! [`Seed`]: one part of a value, before its deserializer is known.

use serde::de::{DeserializeSeed, Deserializer};

use super::{Level, deserializer::Guarded};

pub(crate) struct Seed<'g, S> {
    pub(super) inner: S,
    pub(super) level: Level<'g>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Guarded { inner, level: self.level })
    }
}
