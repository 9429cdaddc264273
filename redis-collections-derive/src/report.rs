//! [`Report`]: every mistake in a struct, told at once.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// Collects mistakes, so that one does not hide the next.
#[derive(Default)]
pub(crate) struct Report {
    errors: Vec<Error>,
}

impl Report {
    /// Tells a mistake at `place`, the tokens that are wrong.
    pub(crate) fn add(&mut self, place: impl ToTokens, message: impl std::fmt::Display) {
        self.push(Error::new_spanned(place, message));
    }

    /// Tells a mistake that syn has found.
    pub(crate) fn push(&mut self, error: Error) {
        self.errors.push(error);
    }

    /// How many mistakes there are.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// The mistakes as compile errors, in the order in which they were found.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.errors.iter().map(Error::to_compile_error).collect()
    }
}
