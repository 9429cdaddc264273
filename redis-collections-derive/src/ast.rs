//! [`Struct`] and [`Field`]: the parsed input of the derive.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Data, DeriveInput, Fields, Ident, ext::IdentExt};

use crate::{
    attr::{FieldAttr, FieldAttrs, StructAttrs},
    report::Report,
};

/// A struct with named fields.
pub(crate) struct Struct<'a> {
    pub(crate) original: &'a DeriveInput,
    /// The name without `r#`.
    pub(crate) name: String,
    pub(crate) attrs: StructAttrs,
    /// The named fields; empty if the input is not a struct with named fields.
    pub(crate) fields: Vec<Field<'a>>,
}

/// A named field.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    pub(crate) ident: &'a Ident,
    /// The name without `r#`.
    pub(crate) name: String,
    /// The type, with `Self` replaced by the struct's type.
    pub(crate) ty: TokenStream,
    pub(crate) attrs: FieldAttrs,
    /// Whether a mistake in the field was reported.
    pub(crate) wrong: bool,
}

impl<'a> Struct<'a> {
    pub(crate) fn parse(original: &'a DeriveInput, report: &mut Report) -> Self {
        let attrs = StructAttrs::parse(&original.attrs, report);
        let fields = named(original, report)
            .map(|(field, ident)| Field::parse(field, ident, original, report))
            .collect();
        Struct { original, name: original.ident.unraw().to_string(), attrs, fields }
    }

    /// The name of the live twin.
    pub(crate) fn twin(&self) -> Ident {
        let given = self.attrs.live.as_ref().and_then(|live| live.parse().ok());
        let given = given.filter(|live| *live != self.original.ident);
        given.unwrap_or_else(|| format_ident!("Live{}", self.original.ident))
    }

    /// The namespace: that of the attribute, or the struct's name in snake case.
    pub(crate) fn namespace(&self) -> String {
        self.attrs.namespace.as_ref().map_or_else(|| snake_case(&self.name), syn::LitStr::value)
    }

    /// The fields that are stored in Redis: all but the skipped ones.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| !field.attrs.has(FieldAttr::Skip))
    }
}

impl<'a> Field<'a> {
    fn parse(
        original: &'a syn::Field,
        ident: &'a Ident,
        owner: &DeriveInput,
        report: &mut Report,
    ) -> Self {
        let before = report.len();
        let attrs = FieldAttrs::parse(&original.attrs, report);
        let (_, arguments, _) = owner.generics.split_for_impl();
        let name = &owner.ident;
        let ty = without_self(original.ty.to_token_stream(), &quote!(#name #arguments));
        let name = ident.unraw().to_string();
        Field { original, ident, name, ty, attrs, wrong: report.len() > before }
    }

    /// The name of the field in Redis.
    pub(crate) fn stored_name(&self) -> String {
        self.attrs.rename.as_ref().map_or_else(|| self.name.clone(), syn::LitStr::value)
    }
}

/// The named fields; reports input that is not a struct with named fields.
fn named<'a>(
    input: &'a DeriveInput,
    report: &mut Report,
) -> impl Iterator<Item = (&'a syn::Field, &'a Ident)> + use<'a> {
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unnamed(fields) => refuse(report, fields, "a tuple struct"),
            Fields::Unit => refuse(report, &input.ident, "a unit struct"),
        },
        Data::Enum(data) => refuse(report, data.enum_token, "an enum"),
        Data::Union(data) => refuse(report, data.union_token, "a union"),
    };
    fields.into_iter().flatten().filter_map(|field| Some((field, field.ident.as_ref()?)))
}

fn refuse<T>(report: &mut Report, place: impl ToTokens, found: &str) -> Option<T> {
    report.add(place, format!("expected a struct with named fields, found {found}"));
    None
}

/// The tokens of a type, with `Self` replaced by `owner`: in the twin, `Self` is another type.
fn without_self(tokens: TokenStream, owner: &TokenStream) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(ident) if ident == "Self" => owner.clone(),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), without_self(group.stream(), owner));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        token => token.into(),
    };
    tokens.into_iter().flat_map(replace).collect()
}

/// Turns `GamePlayer` into `game_player`, and `HTTPServer` into `http_server`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let after_word = at > 0 && letters[at - 1] != '_' && !letters[at - 1].is_uppercase();
        let begins_word = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let after_capital = at > 0 && letters[at - 1].is_uppercase();
        if letter.is_uppercase() && (after_word || after_capital && begins_word) {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_the_name_in_snake_case() {
        let names = ["Player", "GamePlayer", "HTTPServer", "Level2Boss", "Old_Player", "ABC"];

        assert_eq!(
            names.map(snake_case),
            ["player", "game_player", "http_server", "level2_boss", "old_player", "abc"]
        );
    }
}
