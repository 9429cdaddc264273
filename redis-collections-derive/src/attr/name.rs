//! [`StructAttr`] and [`FieldAttr`]: which attributes there are, by name.

use proc_macro2::Span;
use syn::{Error, Ident, Result};

/// An attribute of a struct.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StructAttr {
    Namespace,
    Live,
    Version,
    Codec,
    Removed,
    Crate,
}

/// An attribute of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldAttr {
    Rename,
    Skip,
    Value,
    Nested,
    Default,
    Maxlen,
    Codec,
    Sync,
    Lru,
}

impl FieldAttr {
    /// Every attribute of a field, in the order of [`Attr::NAMES`].
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.iter().map(|(_, attr)| *attr)
    }
}

/// The attributes of one place, a struct or a field.
pub(super) trait Attr: Copy + PartialEq + 'static {
    /// The place, as messages name it.
    const PLACE: &'static str;

    /// Every attribute with its name, in the order in which messages list them.
    const NAMES: &'static [(&'static str, Self)];

    /// The attribute called `name`.
    fn named(name: &Ident) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| name == known).map(|(_, attr)| *attr)
    }
}

impl Attr for StructAttr {
    const PLACE: &'static str = "the struct";

    const NAMES: &'static [(&'static str, Self)] = &[
        ("namespace", Self::Namespace),
        ("live", Self::Live),
        ("version", Self::Version),
        ("codec", Self::Codec),
        ("removed", Self::Removed),
        ("crate", Self::Crate),
    ];
}

impl Attr for FieldAttr {
    const PLACE: &'static str = "a field";

    const NAMES: &'static [(&'static str, Self)] = &[
        ("rename", Self::Rename),
        ("skip", Self::Skip),
        ("value", Self::Value),
        ("nested", Self::Nested),
        ("default", Self::Default),
        ("maxlen", Self::Maxlen),
        ("codec", Self::Codec),
        ("sync", Self::Sync),
        ("lru", Self::Lru),
    ];
}

/// The attribute called `name`, or an error that lists the attributes of this place.
///
/// If `name` is an attribute of `Elsewhere`, the error names that place instead.
pub(super) fn resolve<Here: Attr, Elsewhere: Attr>(name: &Ident) -> Result<Here> {
    if let Some(attr) = Here::named(name) {
        return Ok(attr);
    }
    let message = if Elsewhere::named(name).is_some() {
        format!("not expected here; `{}` belongs on {}", recommended(name), Elsewhere::PLACE)
    } else {
        let expected: Vec<_> = Here::NAMES.iter().map(|(known, _)| format!("`{known}`")).collect();
        format!("unknown attribute `{name}`; expected one of {}", expected.join(", "))
    };
    Err(Error::new_spanned(name, message))
}

/// Whether `#[name]` is short for `#[redis(name)]`.
pub(super) fn has_short_form(name: &Ident) -> bool {
    FieldAttr::named(name).is_some_and(|attr| match attr {
        FieldAttr::Sync | FieldAttr::Lru => true,
        FieldAttr::Rename
        | FieldAttr::Skip
        | FieldAttr::Value
        | FieldAttr::Nested
        | FieldAttr::Default
        | FieldAttr::Maxlen
        | FieldAttr::Codec => false,
    })
}

/// The attribute in full, as messages recommend it: in its short form, if it has one.
fn recommended(name: &Ident) -> String {
    if has_short_form(name) { format!("#[{name}]") } else { format!("#[redis({name})]") }
}

/// The attributes of one struct or field, in the order of the source.
pub(super) struct Given<A>(Vec<(A, Ident)>);

impl<A> Default for Given<A> {
    fn default() -> Self {
        Given(Vec::new())
    }
}

impl<A: Copy + PartialEq> Given<A> {
    /// Each attribute, with its name in the source.
    pub(super) fn iter(&self) -> impl Iterator<Item = (A, &Ident)> {
        self.0.iter().map(|(attr, name)| (*attr, name))
    }

    /// The location of `attr` in the source, if it is given.
    pub(super) fn span(&self, attr: A) -> Option<Span> {
        self.iter().find(|(given, _)| *given == attr).map(|(_, name)| name.span())
    }

    /// Adds an attribute; returns an error if it is already there.
    pub(super) fn add(&mut self, attr: A, name: &Ident) -> Result<()> {
        if self.span(attr).is_some() {
            return Err(Error::new_spanned(name, format!("duplicate `{name}` attribute")));
        }
        self.0.push((attr, name.clone()));
        Ok(())
    }
}
