//! What is generated: the live twin, and how the runtime is told about it.

mod runtime;

mod field;

mod bounds;

mod names;
use names::Names;

mod twin;

mod plain;

mod live;

mod methods;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Struct;

/// The live twin of `input`, and the implementations for both.
pub(crate) fn expand(input: &Struct<'_>) -> TokenStream {
    let names = Names::new(input, input.stored().collect());
    generated(&names, &plain::implementation(&names))
}

/// What code that uses `input` can name, for a struct that is wrong.
pub(crate) fn outline(input: &Struct<'_>) -> TokenStream {
    let names = Names::new(input, input.stored().filter(|field| !field.wrong).collect());
    generated(&names, &plain::outline(&names))
}

fn generated(names: &Names<'_>, plain: &TokenStream) -> TokenStream {
    let twin = twin::definition(names);
    let live = live::implementation(names);
    let methods = methods::methods(names);
    quote! {
        #twin

        const _: () = {
            #plain
            #live
            #methods
        };
    }
}
