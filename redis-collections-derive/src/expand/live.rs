//! What can be done with the live twin.

use proc_macro2::TokenStream;
use quote::quote;

use super::Names;
use crate::ast::Field;

/// The implementation of `LiveStruct`.
pub(super) fn implementation<'a>(
    names: &Names<'_>,
    fields: impl Iterator<Item = &'a Field<'a>>,
) -> TokenStream {
    let Names { rc, twin, .. } = names;
    let plain = names.plain_type();
    let (generics, arguments, bounds) = names.live_generics().split_for_impl();
    let (locals, locals_mut): (TokenStream, TokenStream) =
        fields.map(|field| locals(names, field)).unzip();
    quote! {
        #[automatically_derived]
        impl #generics #rc::LiveStruct<__E> for #twin #arguments #bounds {
            type Plain = #plain;

            fn __instance(&self) -> &#rc::Instance<__E> {
                &self.__instance
            }

            fn __locals<'__a>(&'__a self, __all: &mut ::std::vec::Vec<&'__a dyn #rc::Synced>) {
                #locals
            }

            fn __locals_mut<'__a>(
                &'__a mut self,
                __all: &mut ::std::vec::Vec<&'__a mut dyn #rc::Synced>,
            ) {
                #locals_mut
            }
        }
    }
}

/// What adds the field, or the fields in it, to those that memory holds.
fn locals(names: &Names<'_>, field: &Field<'_>) -> (TokenStream, TokenStream) {
    let (rc, ident) = (&names.rc, field.ident);
    if field.attrs.has("nested") {
        return (
            quote!(#rc::LiveStruct::__locals(&self.#ident, __all);),
            quote!(#rc::LiveStruct::__locals_mut(&mut self.#ident, __all);),
        );
    }
    if field.attrs.has("sync") || field.attrs.has("lru") {
        return (
            quote!(::std::vec::Vec::push(__all, &self.#ident);),
            quote!(::std::vec::Vec::push(__all, &mut self.#ident);),
        );
    }
    (TokenStream::new(), TokenStream::new())
}

/// The methods of the twin, so that no trait need be in scope, and its `Debug`.
pub(super) fn methods(names: &Names<'_>) -> TokenStream {
    let Names { input, rc, twin, .. } = names;
    let vis = &input.original.vis;
    let plain = names.plain_type();
    let (generics, arguments, bounds) = names.live_generics().split_for_impl();
    let live = quote!(<Self as #rc::LiveStruct<__E>>);
    let reply = quote!(<__E as #rc::Executor>::Reply);
    let (bool, duration) = (quote!(::core::primitive::bool), quote!(::core::time::Duration));
    let option = quote!(::core::option::Option);
    let shown = twin.to_string();
    quote! {
        #[automatically_derived]
        #[allow(dead_code, reason = "a program need not use every method")]
        impl #generics #twin #arguments #bounds {
            /// Returns the id that the instance was opened with.
            #vis fn id(&self) -> &::core::primitive::str {
                #live::id(self)
            }

            /// Returns whether Redis holds anything of the instance.
            #vis fn exists(&self) -> #reply<'static, #bool> {
                #live::exists(self)
            }

            /// Writes what has changed in the fields that memory holds, atomically and in one round
            /// trip.
            #vis fn sync(&mut self) -> #reply<'_, ()> {
                #live::sync(self)
            }

            /// Returns whether a field that memory holds has changes that Redis has not.
            #vis fn is_dirty(&self) -> #bool {
                #live::is_dirty(self)
            }

            /// Drops the changes that Redis has not.
            #vis fn discard(&mut self) -> #reply<'_, ()> {
                #live::discard(self)
            }

            /// Returns the whole instance as Redis holds it, if it is there, in one round trip.
            #vis fn snapshot(&self) -> #reply<'static, #option<#plain>> {
                #live::snapshot(self)
            }

            /// Lets the instance vanish after `time`, and returns whether there is one.
            #vis fn expire(&self, time: #duration) -> #reply<'static, #bool> {
                #live::expire(self, time)
            }

            /// Lets the instance stay for ever, and returns whether it had a time to live.
            #vis fn persist(&self) -> #reply<'static, #bool> {
                #live::persist(self)
            }

            /// Returns how long the instance stays, if it does not stay for ever.
            #vis fn ttl(&self) -> #reply<'static, #option<#duration>> {
                #live::ttl(self)
            }

            /// Removes the instance with all its fields, and returns whether there was one.
            #vis fn delete(&self) -> #reply<'static, #bool> {
                #live::delete(self)
            }
        }

        #[automatically_derived]
        impl #generics ::core::fmt::Debug for #twin #arguments #bounds {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __f.debug_struct(#shown).field("id", &self.id()).finish_non_exhaustive()
            }
        }
    }
}
