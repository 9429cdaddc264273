//! [`Report`]: all mistakes in a struct, reported at once.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// Collects mistakes, so that the first does not hide the others.
#[derive(Default)]
pub(crate) struct Report {
    errors: Vec<Error>,
}

impl Report {
    /// Adds a mistake at `place`, the tokens that are wrong.
    pub(crate) fn add(&mut self, place: impl ToTokens, message: impl std::fmt::Display) {
        self.push(Error::new_spanned(place, message));
    }

    /// Adds a mistake that syn found.
    pub(crate) fn push(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// The number of mistakes.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// The mistakes as compile errors, in the order in which they were added.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.errors.iter().map(Error::to_compile_error).collect()
    }
}
