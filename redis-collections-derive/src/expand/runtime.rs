//! [`runtime`]: the path to the items of the runtime crate.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use crate::ast::Struct;

/// The path to the runtime's items, with the location of `span`.
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
