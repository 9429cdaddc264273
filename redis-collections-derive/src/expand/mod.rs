//! [`expand`]: the generated code. It defines the twin, and describes the fields to the runtime.

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

/// The live twin of `input`, and the implementations for the struct and the twin.
pub(crate) fn expand(input: &Struct<'_>) -> TokenStream {
    let names = Names::new(input, input.stored().collect());
    generated(&names, &plain::implementation(&names))
}

/// The same items without bodies, for a struct with mistakes. It leaves out the wrong fields.
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
