//! [`Names`]: how generated code names what it is about.

use proc_macro2::{Span, TokenStream};
use syn::Ident;

use super::{bounds::Bounds, runtime::runtime};
use crate::ast::{Field, Struct};

/// How generated code names the struct, its twin, its fields and the runtime.
pub(crate) struct Names<'a> {
    pub(crate) input: &'a Struct<'a>,
    /// The fields that Redis holds.
    pub(crate) fields: Vec<&'a Field<'a>>,
    /// The path to the runtime's items.
    pub(crate) rc: TokenStream,
    pub(crate) plain: &'a Ident,
    pub(crate) twin: Ident,
    pub(crate) bounds: Bounds,
}

impl<'a> Names<'a> {
    pub(crate) fn new(input: &'a Struct<'a>, fields: Vec<&'a Field<'a>>) -> Self {
        let rc = runtime(input, Span::call_site());
        let (plain, twin) = (&input.original.ident, input.twin());
        let bounds = Bounds::new(input, &fields);
        Names { input, fields, rc, plain, twin, bounds }
    }
}
