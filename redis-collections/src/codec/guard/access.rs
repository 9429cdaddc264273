//! Guarded access to the elements of a collection, the fields of a struct, and an enum's variants.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Level, MAX_HINT, seed::GuardedSeed, visitor::GuardedVisitor};

/// The elements of a collection or the fields of a struct; elements are charged one by one.
pub(super) struct GuardedElements<'b, A> {
    pub(super) inner: A,
    pub(super) level: Level<'b>,
    pub(super) is_charged: bool,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for GuardedElements<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let rest = self.inner.size_hint();
        if !self.is_charged && rest != Some(0) {
            self.level.charge::<S::Value, _>(rest.unwrap_or(0))?;
        }
        self.inner.next_element_seed(GuardedSeed { inner: seed, level: self.level })
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|hint| hint.min(MAX_HINT))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for GuardedElements<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let rest = self.inner.size_hint();
        if !self.is_charged && rest != Some(0) {
            self.level.charge::<S::Value, _>(rest.unwrap_or(0))?;
        }
        self.inner.next_key_seed(GuardedSeed { inner: seed, level: self.level })
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        if !self.is_charged {
            self.level.charge::<S::Value, _>(0)?;
        }
        self.inner.next_value_seed(GuardedSeed { inner: seed, level: self.level })
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|hint| hint.min(MAX_HINT))
    }
}

/// The name of an enum's variant, then its content.
pub(super) struct GuardedEnum<'b, A> {
    pub(super) inner: A,
    pub(super) level: Level<'b>,
}

impl<'de, 'b, A: EnumAccess<'de>> EnumAccess<'de> for GuardedEnum<'b, A> {
    type Error = A::Error;
    type Variant = GuardedEnum<'b, A::Variant>;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let level = self.level;
        let (name, inner) = self.inner.variant_seed(GuardedSeed { inner: seed, level })?;
        Ok((name, GuardedEnum { inner, level }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for GuardedEnum<'_, A> {
    type Error = A::Error;

    #[inline]
    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(GuardedSeed { inner: seed, level: self.level })
    }

    #[inline]
    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(
            len,
            GuardedVisitor { inner: visitor, level: self.level, is_charged: true },
        )
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(
            fields,
            GuardedVisitor { inner: visitor, level: self.level, is_charged: true },
        )
    }
}
