//! [`Names`]: the names that generated code uses.

use proc_macro2::{Span, TokenStream};
use syn::Ident;

use super::{bounds::Bounds, runtime::runtime};
use crate::ast::{Field, Struct};

/// The names of the struct, its twin, its fields and the runtime in generated code.
pub(crate) struct Names<'a> {
    pub(crate) input: &'a Struct<'a>,
    /// The fields that are stored in Redis.
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
