//! The implementations of `LiveStruct` and `Scoped` for the twin.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::{
    field::{codec, kind},
    names::Names,
};

/// Both implementations. They give the runtime access to the fields that are kept in memory.
pub(super) fn implementation(names: &Names<'_>) -> TokenStream {
    let Names { input, rc, plain, twin, bounds, .. } = names;
    let (_, plain_arguments, _) = bounds.plain.split_for_impl();
    let (generics, arguments, clause) = bounds.live.split_for_impl();
    let add = |call: &str, this: &TokenStream| -> TokenStream {
        let call = Ident::new(call, Span::call_site());
        let calls = names.fields.iter().map(|field| {
            let (kind, codec, ident) = (kind(input, field), codec(input, field), field.ident);
            quote!(#kind::#call::<<__E as #rc::Executor>::With<#codec>>(#this.#ident, __all);)
        });
        calls.collect()
    };
    let synced = add("add_synced", &quote!(&self));
    let synced_mut = add("add_synced_mut", &quote!(&mut self));
    quote! {
        #[automatically_derived]
        impl #generics #rc::LiveStruct<__E> for #twin #arguments #clause {
            type Plain = #plain #plain_arguments;

            fn __instance(&self) -> &#rc::InstanceHandle<__E> {
                &self.__instance
            }

            fn __add_synced<'__a>(&'__a self, __all: &mut ::std::vec::Vec<&'__a dyn #rc::Synced>) {
                #synced
            }

            fn __add_synced_mut<'__a>(
                &'__a mut self,
                __all: &mut ::std::vec::Vec<&'__a mut dyn #rc::Synced>,
            ) {
                #synced_mut
            }
        }

        #[automatically_derived]
        impl #generics #rc::Scoped for #twin #arguments #clause {
            type Executor = __E;

            fn finish(&mut self) -> <__E as #rc::Executor>::Reply<'_, ()> {
                <Self as #rc::LiveStruct<__E>>::sync(self)
            }
        }
    }
}
