//! Access to the elements of a collection, the fields of a struct and the variants of an enum.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Level, MAX_HINT, seed::Seed, visitor::GuardedVisitor};

/// The elements of a collection, each of which is paid for, or the fields of a struct.
pub(super) struct Elements<'g, A> {
    pub(super) inner: A,
    pub(super) level: Level<'g>,
    pub(super) paid: bool,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Elements<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let rest = self.inner.size_hint();
        if !self.paid && rest != Some(0) {
            self.level.pay::<S::Value, _>(rest.unwrap_or(0))?;
        }
        self.inner.next_element_seed(Seed { inner: seed, level: self.level })
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|hint| hint.min(MAX_HINT))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Elements<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let rest = self.inner.size_hint();
        if !self.paid && rest != Some(0) {
            self.level.pay::<S::Value, _>(rest.unwrap_or(0))?;
        }
        self.inner.next_key_seed(Seed { inner: seed, level: self.level })
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        if !self.paid {
            self.level.pay::<S::Value, _>(0)?;
        }
        self.inner.next_value_seed(Seed { inner: seed, level: self.level })
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint().map(|hint| hint.min(MAX_HINT))
    }
}

/// The name of an enum's variant, then what is in it.
pub(super) struct Variants<'g, A> {
    pub(super) inner: A,
    pub(super) level: Level<'g>,
}

impl<'de, 'g, A: EnumAccess<'de>> EnumAccess<'de> for Variants<'g, A> {
    type Error = A::Error;
    type Variant = Variants<'g, A::Variant>;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let level = self.level;
        let (name, inner) = self.inner.variant_seed(Seed { inner: seed, level })?;
        Ok((name, Variants { inner, level }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Variants<'_, A> {
    type Error = A::Error;

    #[inline]
    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Seed { inner: seed, level: self.level })
    }

    #[inline]
    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner
            .tuple_variant(len, GuardedVisitor { inner: visitor, level: self.level, paid: true })
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(
            fields,
            GuardedVisitor { inner: visitor, level: self.level, paid: true },
        )
    }
}
