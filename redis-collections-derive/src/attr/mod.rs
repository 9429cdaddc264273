//! [`StructAttrs`] and [`FieldAttrs`]: the attributes of a struct and of a field, with their values.

mod name;
pub(crate) use name::FieldAttr;
use name::{Given, StructAttr};

mod list;

mod value;

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, LitStr, Path, Result, Type, parse::ParseStream};

use crate::report::Report;

/// The attributes of a struct.
#[derive(Default)]
pub(crate) struct StructAttrs {
    pub(crate) namespace: Option<LitStr>,
    pub(crate) live: Option<LitStr>,
    pub(crate) version: Option<u32>,
    pub(crate) codec: Option<Type>,
    pub(crate) removed: Vec<LitStr>,
    pub(crate) krate: Option<Path>,
}

impl StructAttrs {
    pub(crate) fn parse(attrs: &[Attribute], report: &mut Report) -> Self {
        let mut parsed = Self::default();
        let mut given = Given::default();
        list::each(attrs, "namespace", report, |name, input| {
            let attr = name::resolve::<StructAttr, FieldAttr>(name)?;
            given.add(attr, name)?;
            parsed.read(attr, name, input)
        });
        parsed
    }

    fn read(&mut self, attr: StructAttr, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match attr {
            StructAttr::Namespace => self.namespace = Some(value::string(name, input)?),
            StructAttr::Live => self.live = Some(value::string(name, input)?),
            StructAttr::Version => self.version = Some(value::number(name, input)?),
            StructAttr::Codec => self.codec = Some(value::ty(name, input)?),
            StructAttr::Removed => self.removed = value::strings(name, input)?,
            StructAttr::Crate => self.krate = Some(value::path(name, input)?),
        }
        Ok(())
    }
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    given: Given<FieldAttr>,
    pub(crate) rename: Option<LitStr>,
    /// The value of `default = …`. A bare `default` is only in `given`.
    pub(crate) default: Option<TokenStream>,
    pub(crate) maxlen: Option<usize>,
    pub(crate) maxsize: Option<usize>,
    pub(crate) codec: Option<Type>,
}

impl FieldAttrs {
    pub(crate) fn parse(attrs: &[Attribute], report: &mut Report) -> Self {
        let mut parsed = Self::default();
        list::each(attrs, "rename", report, |name, input| {
            let attr = name::resolve::<FieldAttr, StructAttr>(name)?;
            parsed.given.add(attr, name)?;
            parsed.read(attr, name, input)
        });
        parsed
    }

    /// Whether the field has the attribute.
    pub(crate) fn has(&self, attr: FieldAttr) -> bool {
        self.span(attr).is_some()
    }

    /// The location of the attribute in the source, if the field has it.
    pub(crate) fn span(&self, attr: FieldAttr) -> Option<Span> {
        self.given.span(attr)
    }

    /// The attributes of the field in the order of the source, each with its name there.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FieldAttr, &Ident)> {
        self.given.iter()
    }

    fn read(&mut self, attr: FieldAttr, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match attr {
            FieldAttr::Rename => self.rename = Some(value::string(name, input)?),
            FieldAttr::Default => self.default = value::expression(name, input)?,
            FieldAttr::Maxlen => self.maxlen = Some(value::positive(name, input)?),
            FieldAttr::Codec => self.codec = Some(value::ty(name, input)?),
            FieldAttr::Lru => self.maxsize = Some(value::maxsize(name, input)?),
            FieldAttr::Skip | FieldAttr::Value | FieldAttr::Nested | FieldAttr::Sync => {
                value::none(name, input)?;
            }
        }
        Ok(())
    }
}
