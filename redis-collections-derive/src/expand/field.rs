//! The types and functions by which generated code refers to one field.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::runtime::runtime;
use crate::{
    ast::{Field, Struct},
    attr::FieldAttr,
};

/// The type of `field` inside the markers of its attributes.
///
/// They nest in the order of [`FieldAttr::all`], the first innermost.
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

/// The runtime's marker type that `attr` puts around the type of a field.
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

/// The path to the items of the field's trait, as in `<String as Field<Bincode>>`.
pub(super) fn kind(input: &Struct<'_>, field: &Field<'_>) -> TokenStream {
    let (form, codec) = (form(input, field), codec(input, field));
    let (first, last) = ends(field);
    let rc = runtime(input, last);
    let open = quote_spanned!(first=> <);
    let close = quote_spanned!(last=> as #rc::Field<#codec>>);
    quote!(#open #form #close)
}

/// The name of the function that returns the `FieldSite` of `field`.
pub(super) fn site(field: &Field<'_>) -> Ident {
    format_ident!("__site_{}", field.name)
}

/// The first and the last span of the field's type.
///
/// The tokens generated around the type get these spans too, so that "not implemented" points at
/// the type alone.
pub(super) fn ends(field: &Field<'_>) -> (Span, Span) {
    let mut spans = field.original.ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}
