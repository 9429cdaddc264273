//! What is generated: the live twin, and how the runtime is told about it.

mod names;
use names::Names;

mod live;
mod plain;
mod twin;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Struct;

/// The live twin of `input`, and the implementations for both.
pub(crate) fn expand(input: &Struct<'_>) -> TokenStream {
    let names = Names::new(input);
    let twin = twin::definition(&names, input.stored());
    let spots = plain::spots(&names);
    let plain = plain::implementation(&names);
    let live = live::implementation(&names, input.stored());
    let methods = live::methods(&names);
    quote! {
        #twin

        const _: () = {
            #spots
            #plain
            #live
            #methods
        };
    }
}

/// What code that uses `input` can name, for a struct that is wrong.
pub(crate) fn outline(input: &Struct<'_>) -> TokenStream {
    let names = Names::new(input);
    let fields = || input.stored().filter(|field| !field.wrong);
    let twin = twin::definition(&names, fields());
    let plain = plain::outline(&names);
    let live = live::implementation(&names, fields());
    let methods = live::methods(&names);
    quote! {
        #twin

        const _: () = {
            #plain
            #live
            #methods
        };
    }
}
