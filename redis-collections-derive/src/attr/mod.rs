//! [`StructAttrs`] and [`FieldAttrs`]: what the attributes say.

mod list;
use list::each;

mod value;

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Type, parse::ParseStream};

use crate::report::Report;

/// What `#[redis(…)]` on a struct can say.
const OF_STRUCTS: &[&str] = &["namespace", "live", "version", "codec", "removed", "crate"];

/// What `#[redis(…)]` on a field can say.
const OF_FIELDS: &[&str] =
    &["rename", "skip", "value", "nested", "default", "maxlen", "codec", "sync", "lru"];

/// What is said of the struct.
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
        let mut said = Self::default();
        let mut given = Given::default();
        each(attrs, "namespace", report, |name, input| {
            known(name, OF_STRUCTS, OF_FIELDS, "a field")?;
            given.once(name)?;
            said.read(name, input)
        });
        said
    }

    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "namespace" => self.namespace = Some(value::string(name, input)?),
            "live" => self.live = Some(value::string(name, input)?),
            "version" => self.version = Some(value::number(name, input)?),
            "codec" => self.codec = Some(value::ty(name, input)?),
            "removed" => self.removed = value::strings(name, input)?,
            _ => self.krate = Some(value::path(name, input)?),
        }
        Ok(())
    }
}

/// What is said of a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) given: Given,
    pub(crate) rename: Option<LitStr>,
    /// The value of `default = …`; a bare `default` is only in `given`.
    pub(crate) default: Option<TokenStream>,
    pub(crate) maxlen: Option<usize>,
    pub(crate) maxsize: Option<usize>,
    pub(crate) codec: Option<Type>,
}

impl FieldAttrs {
    pub(crate) fn parse(attrs: &[Attribute], report: &mut Report) -> Self {
        let mut said = Self::default();
        each(attrs, "rename", report, |name, input| {
            known(name, OF_FIELDS, OF_STRUCTS, "the struct")?;
            said.given.once(name)?;
            said.read(name, input)
        });
        said
    }

    /// Whether the attribute called `name` is given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.span(name).is_some()
    }

    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "rename" => self.rename = Some(value::string(name, input)?),
            "default" => self.default = value::expression(name, input)?,
            "maxlen" => self.maxlen = Some(value::positive(name, input)?),
            "codec" => self.codec = Some(value::ty(name, input)?),
            "lru" => self.maxsize = Some(value::maxsize(name, input)?),
            _ => value::none(name, input)?,
        }
        Ok(())
    }
}

/// The names of the attributes that are given, in their order.
#[derive(Default)]
pub(crate) struct Given(pub(crate) Vec<Ident>);

impl Given {
    /// Where the attribute called `name` is given, if it is.
    pub(crate) fn span(&self, name: &str) -> Option<Span> {
        self.0.iter().find(|given| *given == name).map(Ident::span)
    }

    /// Notes that `name` is given, for the first time.
    fn once(&mut self, name: &Ident) -> Result<()> {
        if self.0.contains(name) {
            return Err(Error::new_spanned(name, format!("duplicate `{name}` attribute")));
        }
        self.0.push(name.clone());
        Ok(())
    }
}

/// Refuses a name that is not `here`, and says so if it belongs `elsewhere`.
fn known(name: &Ident, here: &[&str], elsewhere: &[&str], place: &str) -> Result<()> {
    if here.iter().any(|known| name == known) {
        return Ok(());
    }
    let message = if elsewhere.iter().any(|known| name == known) {
        format!("not expected here; `{}` belongs on {place}", list::written(name))
    } else {
        let here: Vec<_> = here.iter().map(|known| format!("`{known}`")).collect();
        format!("unknown attribute `{name}`; expected one of {}", here.join(", "))
    };
    Err(Error::new_spanned(name, message))
}
