//! The definition of the live twin.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Attribute, Meta};

use super::{
    field::{codec, ends, kind},
    names::Names,
};
use crate::ast::Field;

/// The definition of the twin.
pub(super) fn definition(names: &Names<'_>) -> TokenStream {
    let Names { input, rc, twin, bounds, .. } = names;
    let (vis, generics) = (&input.original.vis, &bounds.twin);
    let clause = &generics.where_clause;
    let docs =
        format!("The live twin of [`{}`]: the same fields, as collections in Redis.", input.name);
    let fields = names.fields.iter().map(|field| live_field(names, field));
    let parameters = parameters(names).into_iter();
    quote! {
        #[doc = #docs]
        #[allow(
            dead_code,
            clippy::type_complexity,
            reason = "a program need not use every field, nor write its type"
        )]
        #vis struct #twin #generics #clause {
            #(#fields,)*
            #(__plain: ::core::marker::PhantomData<#parameters>,)*
            __instance: #rc::InstanceHandle<__E>,
        }
    }
}

/// The field with its docs, or with a generated sentence if it has none.
fn live_field(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let Names { input, rc, .. } = names;
    let (vis, ident) = (&field.original.vis, field.ident);
    let docs: Vec<&Attribute> =
        field.original.attrs.iter().filter(|attr| attr.path().is_ident("doc")).collect();
    let sentence = (!docs.iter().any(|attr| matches!(attr.meta, Meta::NameValue(_))))
        .then(|| format!("The field `{}` in Redis.", field.name))
        .map(|text| quote!(#[doc = #text]));
    let (kind, codec) = (kind(input, field), codec(input, field));
    let (_, last) = ends(field);
    let live = quote_spanned!(last=> ::Live<<__E as #rc::Executor>::With<#codec>>);
    quote! {
        #sentence
        #(#docs)*
        #vis #ident: #kind #live
    }
}

/// A type that uses the type parameters, if there are any: perhaps only skipped fields do.
pub(super) fn parameters(names: &Names<'_>) -> Option<TokenStream> {
    names.bounds.plain.type_params().next()?;
    let (_, arguments, _) = names.bounds.plain.split_for_impl();
    let plain = names.plain;
    Some(quote!(fn() -> #plain #arguments))
}
