//! The derive of [`redis-collections`](https://docs.rs/redis-collections).

mod report;

mod attr;

mod ast;

mod valid;

mod expand;

mod fallback;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use self::{ast::Struct, report::Report};

/// Gives a struct a live twin, whose fields are collections in Redis.
#[proc_macro_derive(RedisStruct, attributes(redis, sync, lru))]
pub fn redis_struct(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(input.into()).into()
}

fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut report = Report::default();
    let parsed = Struct::parse(&input, &mut report);
    if report.len() == 0 {
        return expand::expand(&parsed);
    }
    let mut tokens = report.into_tokens();
    tokens.extend(fallback::fallback(&parsed));
    tokens
}
