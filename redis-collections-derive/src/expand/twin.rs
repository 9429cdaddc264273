//! The live twin itself.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Meta};

use super::Names;
use crate::ast::Field;

/// The twin with `fields`.
pub(super) fn definition<'a>(
    names: &Names<'_>,
    fields: impl Iterator<Item = &'a Field<'a>>,
) -> TokenStream {
    let Names { input, rc, twin, .. } = names;
    let vis = &input.original.vis;
    let generics = names.live_generics();
    let bounds = &generics.where_clause;
    let docs = format!("The live twin of [`{}`]: its fields, as Redis holds them.", input.name);
    let fields = fields.map(|field| live_field(names, field));
    let parameters = names.parameters().into_iter();
    quote! {
        #[doc = #docs]
        #[allow(dead_code, reason = "a program need not use every field")]
        #vis struct #twin #generics #bounds {
            #(#fields,)*
            #(__plain: #parameters,)*
            __instance: #rc::Instance<__E>,
        }
    }
}

/// The field with its docs, or a sentence in their place.
fn live_field(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let rc = &names.rc;
    let (vis, ident) = (&field.original.vis, field.ident);
    let docs: Vec<&Attribute> =
        field.original.attrs.iter().filter(|attr| attr.path().is_ident("doc")).collect();
    let sentence = (!docs.iter().any(|attr| matches!(attr.meta, Meta::NameValue(_))))
        .then(|| format!("The field `{}`, as Redis holds it.", field.name))
        .map(|text| quote!(#[doc = #text]));
    let (form, codec) = (names.field(field), names.codec(field));
    quote! {
        #sentence
        #(#docs)*
        #vis #ident: #form::Live<<__E as #rc::Executor>::With<#codec>>
    }
}
