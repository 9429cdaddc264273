//! [`Names`]: how generated code names what it is about.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Generics, Ident, ImplGenerics, TypeGenerics, WhereClause, parse_quote};

use crate::ast::{Field, Struct};

/// How generated code names the struct, its twin, its fields and the runtime.
pub(crate) struct Names<'a> {
    pub(crate) input: &'a Struct<'a>,
    /// The path to the runtime's items.
    pub(crate) rc: TokenStream,
    pub(crate) twin: Ident,
    /// The struct's generics, with the bounds that its fields need.
    plain: Generics,
    /// The same, with the executor.
    live: Generics,
}

impl<'a> Names<'a> {
    pub(crate) fn new(input: &'a Struct<'a>) -> Self {
        let given = input.attrs.krate.as_ref().map(|path| quote!(#path::private));
        let rc = given.unwrap_or_else(|| quote!(::redis_collections::private));
        let generics = &input.original.generics;
        let mut names = Names {
            input,
            rc,
            twin: input.twin(),
            plain: generics.clone(),
            live: generics.clone(),
        };
        names.bound();
        names
    }

    /// The struct's type.
    pub(crate) fn plain_type(&self) -> TokenStream {
        let (_, arguments, _) = self.plain.split_for_impl();
        let ident = &self.input.original.ident;
        quote!(#ident #arguments)
    }

    /// The arguments of the twin's type.
    pub(crate) fn live_arguments(&self) -> TypeGenerics<'_> {
        self.live.split_for_impl().1
    }

    pub(crate) fn plain_generics(&self) -> (ImplGenerics<'_>, Option<&WhereClause>) {
        let (generics, _, bounds) = self.plain.split_for_impl();
        (generics, bounds)
    }

    pub(crate) fn live_generics(&self) -> &Generics {
        &self.live
    }

    /// The marker of the type parameters, which only skipped fields may mention, if there are any.
    pub(crate) fn parameters(&self) -> Option<TokenStream> {
        self.plain.type_params().next()?;
        let plain = self.plain_type();
        Some(quote!(::core::marker::PhantomData::<fn() -> #plain>))
    }

    /// The codec of `field`.
    pub(crate) fn codec(&self, field: &Field<'_>) -> TokenStream {
        let (rc, span) = (&self.rc, span_of(field));
        let given = field.attrs.codec.as_ref().or(self.input.attrs.codec.as_ref());
        given.map_or_else(|| quote_spanned!(span=> #rc::Bincode), ToTokens::to_token_stream)
    }

    /// The type of `field` in the marker that its attributes choose.
    pub(crate) fn form(&self, field: &Field<'_>) -> TokenStream {
        let (rc, span) = (&self.rc, span_of(field));
        let markers = [
            ("value", quote_spanned!(span=> AsValue)),
            ("nested", quote_spanned!(span=> Nested)),
            ("default", quote_spanned!(span=> WithDefault)),
            ("sync", quote_spanned!(span=> InMemory)),
            ("lru", quote_spanned!(span=> Recent)),
        ];
        let given = markers.into_iter().filter(|(name, _)| field.attrs.has(name));
        given.fold(field.ty.clone(), |ty, (_, marker)| quote_spanned!(span=> #rc::#marker<#ty>))
    }

    /// `field` as the trait that knows its kind: `<String as Field<Bincode>>`.
    pub(crate) fn field(&self, field: &Field<'_>) -> TokenStream {
        let (rc, span) = (&self.rc, span_of(field));
        let (form, codec) = (self.form(field), self.codec(field));
        quote_spanned!(span=> <#form as #rc::Field<#codec>>)
    }

    /// The function that says where `field` is.
    pub(crate) fn spot(field: &Field<'_>) -> Ident {
        format_ident!("__spot_{}", field.name)
    }

    /// Adds the bounds that the fields of a generic struct need, and the executor.
    fn bound(&mut self) {
        let rc = &self.rc;
        let params: Vec<Ident> =
            self.input.original.generics.type_params().map(|param| param.ident.clone()).collect();
        let mut bounds: Vec<syn::WherePredicate> = Vec::new();
        for param in &params {
            bounds.push(parse_quote!(#param: ::core::marker::Send + 'static));
        }
        for field in self.input.stored().filter(|field| mentions(field.ty.clone(), &params)) {
            let (form, codec, ty) = (self.form(field), self.codec(field), &field.ty);
            bounds.push(parse_quote!(#form: #rc::Field<#codec, Plain = #ty>));
        }
        self.live.params.push(parse_quote!(__E: #rc::Executor = #rc::Store));
        for generics in [&mut self.plain, &mut self.live] {
            if !bounds.is_empty() {
                generics.make_where_clause().predicates.extend(bounds.iter().cloned());
            }
        }
    }
}

/// The place of `field`'s type, for tokens that come from the derive.
///
/// "Not implemented" then points at the field, and lints still know that the code is generated.
pub(super) fn span_of(field: &Field<'_>) -> Span {
    let first = field.original.ty.to_token_stream().into_iter().next();
    Span::call_site().located_at(first.map_or_else(Span::call_site, |token| token.span()))
}

/// Whether one of `params` stands in the tokens of a type.
fn mentions(ty: TokenStream, params: &[Ident]) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => params.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), params),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
