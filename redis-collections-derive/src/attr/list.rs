//! [`each`]: the items of `#[redis(…)]`, one by one.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Ident, Meta, Result, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

use super::name::has_short_form;
use crate::report::Report;

/// Calls `read` with the name of each item, and with the tokens after the name.
///
/// `#[sync]` and `#[lru(…)]` are items too. Reports an item with a mistake, and goes on with the next.
pub(super) fn each(
    attrs: &[Attribute],
    example: &str,
    report: &mut Report,
    mut read: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) {
    for attr in attrs {
        let Some(items) = items(attr, example, report) else { continue };
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(error) = item(input, &mut read) {
                    report.push(error);
                    rest(input)?;
                }
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(())
        })
        .parse2(items);
        if let Err(error) = parsed {
            report.push(error);
        }
    }
}

/// The items in `attr`, if it is an attribute of this derive.
fn items(attr: &Attribute, example: &str, report: &mut Report) -> Option<TokenStream> {
    let path = attr.path();
    if path.get_ident().is_some_and(has_short_form) {
        return Some(attr.meta.to_token_stream());
    }
    if !path.is_ident("redis") {
        return None;
    }
    match &attr.meta {
        Meta::List(list) => Some(list.tokens.clone()),
        Meta::Path(_) | Meta::NameValue(_) => {
            report.add(
                &attr.meta,
                format!("expected a list, as in `#[redis({example} = \"name\")]`"),
            );
            None
        }
    }
}

fn item(
    input: ParseStream<'_>,
    read: &mut impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) -> Result<()> {
    let Ok(name) = input.call(Ident::parse_any) else {
        return Err(input.error("expected the name of an attribute"));
    };
    read(&name, input)?;
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(());
    }
    Err(input.error("expected `,`"))
}

/// Takes the tokens before the next comma. A comma between `::<` and `>` does not count.
pub(super) fn rest(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut rest = TokenStream::new();
    let mut depth = 0;
    while !input.is_empty() && (depth > 0 || !input.peek(Token![,])) {
        let opens = rest.is_empty() || input.peek(Token![::]);
        if input.peek(Token![::]) {
            rest.extend(input.parse::<Token![::]>()?.to_token_stream());
        }
        if input.peek(Token![<]) && (opens || depth > 0) {
            depth += 1;
        } else if input.peek(Token![>]) && depth > 0 {
            depth -= 1;
        }
        if input.peek(Token![->]) {
            rest.extend(input.parse::<Token![->]>()?.to_token_stream());
        } else if !input.is_empty() {
            rest.extend([input.parse::<TokenTree>()?]);
        }
    }
    Ok(rest)
}
