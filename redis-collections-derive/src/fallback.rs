//! What is generated for a struct that is wrong.

use proc_macro2::TokenStream;
use syn::GenericParam;

use crate::{ast::Struct, expand};

/// The twin and the names of its methods, so that code that uses them has no errors of its own.
///
/// A struct with a lifetime gets nothing: no implementation could stand on it.
pub(crate) fn fallback(input: &Struct<'_>) -> TokenStream {
    let lifetime = |param: &GenericParam| matches!(param, GenericParam::Lifetime(_));
    if input.original.generics.params.iter().any(lifetime) {
        return TokenStream::new();
    }
    expand::outline(input)
}
