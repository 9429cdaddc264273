//! [`fallback`]: the code that is generated for a struct with mistakes.

use proc_macro2::TokenStream;
use syn::GenericParam;

use crate::{ast::Struct, expand};

/// The twin and its methods, without bodies: code that uses them causes no further errors.
///
/// A struct with a lifetime gets nothing, since no implementation for it would compile.
pub(crate) fn fallback(input: &Struct<'_>) -> TokenStream {
    let lifetime = |param: &GenericParam| matches!(param, GenericParam::Lifetime(_));
    if input.original.generics.params.iter().any(lifetime) {
        return TokenStream::new();
    }
    expand::outline(input)
}
