//! [`Names`]: how generated code names what it is about.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::bounds::Bounds;
use crate::{
    ast::{Field, Struct},
    attr::FieldAttr,
};

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

/// The type of `field` in the markers that its attributes choose, the first attribute innermost.
pub(super) fn form(input: &Struct<'_>, field: &Field<'_>) -> TokenStream {
    let markers = FieldAttr::all().filter(|attr| field.attrs.has(*attr)).filter_map(marker);
    let (first, last) = ends(field);
    let rc = runtime(input, first);
    markers.fold(field.ty.clone(), |ty, marker| {
        let marker = Ident::new(marker, first);
        let (open, close) = (quote_spanned!(first=> #rc::#marker<), quote_spanned!(last=> >));
        quote!(#open #ty #close)
    })
}

/// The marker type of the runtime that `attr` puts around the type of a field.
fn marker(attr: FieldAttr) -> Option<&'static str> {
    match attr {
        FieldAttr::Value => Some("AsValue"),
        FieldAttr::Nested => Some("Nested"),
        FieldAttr::Default => Some("WithDefault"),
        FieldAttr::Sync => Some("InMemory"),
        FieldAttr::Lru => Some("Recent"),
        FieldAttr::Rename | FieldAttr::Skip | FieldAttr::Maxlen | FieldAttr::Codec => None,
    }
}

/// The codec of `field`.
pub(super) fn codec(input: &Struct<'_>, field: &Field<'_>) -> TokenStream {
    let given = field.attrs.codec.as_ref().or(input.attrs.codec.as_ref());
    let (_, last) = ends(field);
    let rc = runtime(input, last);
    given.map_or_else(|| quote_spanned!(last=> #rc::Bincode), ToTokens::to_token_stream)
}

/// `field` as the trait that knows its kind: `<String as Field<Bincode>>`.
pub(super) fn kind(input: &Struct<'_>, field: &Field<'_>) -> TokenStream {
    let (form, codec) = (form(input, field), codec(input, field));
    let (first, last) = ends(field);
    let rc = runtime(input, last);
    let open = quote_spanned!(first=> <);
    let close = quote_spanned!(last=> as #rc::Field<#codec>>);
    quote!(#open #form #close)
}

/// The function that says where `field` is.
pub(super) fn spot(field: &Field<'_>) -> Ident {
    format_ident!("__spot_{}", field.name)
}

/// The path to the runtime's items, as if it stood at `span`.
pub(super) fn runtime(input: &Struct<'_>, span: Span) -> TokenStream {
    let Some(path) = &input.attrs.krate else {
        return quote_spanned!(span=> ::redis_collections::codegen);
    };
    let placed = path.to_token_stream().into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    let placed: TokenStream = placed.collect();
    quote_spanned!(span=> #placed::codegen)
}

/// Where the type of `field` begins and ends.
///
/// What is generated around the type stands there as well, so that "not implemented" points at the
/// type and at nothing else.
pub(super) fn ends(field: &Field<'_>) -> (Span, Span) {
    let mut spans = field.original.ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}
