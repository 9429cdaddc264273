//! [`Bounds`]: the generics of the generated items.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Generics, Ident, WherePredicate, parse_quote};

use super::{
    field::{codec, ends, form},
    runtime::runtime,
};
use crate::ast::{Field, Struct};

/// The generics of the generated items.
///
/// The implementations have a bound for each field, with or without a type parameter in it. If a
/// type has no live form, the compiler then reports one error, where the twin names the field.
pub(crate) struct Bounds {
    /// The struct's own bounds, and `Send + 'static` for each type parameter.
    pub(crate) base: Generics,
    /// The implementations for the plain struct.
    pub(crate) plain: Generics,
    /// The implementations for the twin.
    pub(crate) live: Generics,
    /// The definition of the twin, with bounds only for fields that mention a type parameter.
    pub(crate) twin: Generics,
}

impl Bounds {
    pub(super) fn new(input: &Struct<'_>, fields: &[&Field<'_>]) -> Self {
        let rc = runtime(input, Span::call_site());
        let mut base = input.original.generics.clone();
        let params: Vec<Ident> = base.type_params().map(|param| param.ident.clone()).collect();
        for param in &params {
            sendable(&mut base, param);
        }
        let mut open = base.clone();
        open.params.push(parse_quote!(__E: #rc::Executor = #rc::Store));
        let every = || fields.iter().map(|field| bound(input, field, &quote!(for<'__a>)));
        let uncertain = fields
            .iter()
            .filter(|field| mentions(&field.ty, &params))
            .map(|field| bound(input, field, &TokenStream::new()));
        Bounds {
            plain: with(&base, every()),
            live: with(&open, every()),
            twin: with(&open, uncertain),
            base,
        }
    }
}

/// Adds `Send + 'static` to `param`, beside its other bounds: clippy wants them in one place.
fn sendable(generics: &mut Generics, param: &Ident) {
    let known = generics.type_params_mut().find(|known| known.ident == *param);
    match known {
        Some(known) if !known.bounds.is_empty() => {
            known.bounds.push(parse_quote!(::core::marker::Send));
            known.bounds.push(parse_quote!('static));
        }
        _ => {
            let bound = parse_quote!(#param: ::core::marker::Send + 'static);
            generics.make_where_clause().predicates.push(bound);
        }
    }
}

/// `generics` with `bounds`.
fn with(generics: &Generics, bounds: impl Iterator<Item = WherePredicate>) -> Generics {
    let mut generics = generics.clone();
    generics.make_where_clause().predicates.extend(bounds);
    generics
}

/// The bound that `field` has a live form.
///
/// With the binder `for<'__a>`, a bound without a type parameter may be false: the compiler then
/// reports no error at the implementation.
fn bound(input: &Struct<'_>, field: &Field<'_>, binder: &TokenStream) -> WherePredicate {
    let (form, codec, ty) = (form(input, field), codec(input, field), &field.ty);
    let (_, last) = ends(field);
    let rc = runtime(input, last);
    let bound = quote_spanned!(last=> : #rc::Field<#codec, Plain = #ty>);
    parse_quote!(#binder #form #bound)
}

/// Whether one of `params` occurs in the tokens of a type.
fn mentions(ty: &TokenStream, params: &[Ident]) -> bool {
    ty.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => params.contains(&ident),
        TokenTree::Group(group) => mentions(&group.stream(), params),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
