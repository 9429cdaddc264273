//! The twin's methods, which callers use without importing a trait.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::names::Names;

/// The methods of the twin, and its `Debug`.
pub(super) fn methods(names: &Names<'_>) -> TokenStream {
    let Names { input, rc, plain, twin, bounds, .. } = names;
    let vis = &input.original.vis;
    let (_, plain_arguments, _) = bounds.plain.split_for_impl();
    let plain = quote!(#plain #plain_arguments);
    let mut bounds = bounds.twin.clone();
    let live = parse_quote!(Self: #rc::LiveStruct<__E, Plain = #plain>);
    bounds.make_where_clause().predicates.push(live);
    let (generics, arguments, clause) = bounds.split_for_impl();
    let live = quote!(<Self as #rc::LiveStruct<__E>>);
    let reply = quote!(<__E as #rc::Executor>::Reply);
    let (bool, duration) = (quote!(::core::primitive::bool), quote!(::core::time::Duration));
    let option = quote!(::core::option::Option);
    let shown = twin.to_string();
    quote! {
        #[automatically_derived]
        #[allow(dead_code, reason = "a program need not use every method")]
        impl #generics #twin #arguments #clause {
            /// Returns the id that the twin was opened with.
            #vis fn id(&self) -> &::core::primitive::str {
                #live::id(self)
            }

            /// Returns whether any key of the instance exists.
            ///
            /// `EXISTS`, O(number of fields).
            #vis fn exists(&self) -> #reply<'static, #bool> {
                #live::exists(self)
            }

            /// Writes the changes of all `#[sync]` and `#[lru]` fields, atomically.
            ///
            /// One script, O(changes).
            #vis fn sync(&mut self) -> #reply<'_, ()> {
                #live::sync(self)
            }

            /// Writes the same changes as `sync`, unless others have changed one of these entries of a
            /// `#[sync]` field since it was loaded.
            ///
            /// One script, O(changes).
            #vis fn sync_checked(&mut self) -> #reply<'_, ()> {
                #live::sync_checked(self)
            }

            /// Returns whether a `#[sync]` or `#[lru]` field has changes that are not written yet.
            #vis fn is_dirty(&self) -> #bool {
                #live::is_dirty(self)
            }

            /// Drops the changes of all `#[sync]` and `#[lru]` fields, and reads the changed entries of
            /// `#[sync]` fields again.
            ///
            /// One read for each of these fields, in one transaction.
            #vis fn discard(&mut self) -> #reply<'_, ()> {
                #live::discard(self)
            }

            /// Reads the plain struct from Redis, if it exists; changes that are not synced are not in it.
            ///
            /// `EXISTS` and one read for each field, in one transaction.
            #vis fn snapshot(&self) -> #reply<'static, #option<#plain>> {
                #live::snapshot(self)
            }

            /// Sets the time to live of all keys of the instance, and returns whether it exists.
            ///
            /// `PEXPIRE` for each key, in one transaction.
            #vis fn expire(&self, time: #duration) -> #reply<'static, #bool> {
                #live::expire(self, time)
            }

            /// Removes the time to live of all keys of the instance, and returns whether one had a time
            /// to live.
            ///
            /// `PERSIST` for each key, in one transaction.
            #vis fn persist(&self) -> #reply<'static, #bool> {
                #live::persist(self)
            }

            /// Returns the shortest time to live of the instance's keys, if any key has one.
            ///
            /// `PTTL` for each key, in one transaction.
            #vis fn ttl(&self) -> #reply<'static, #option<#duration>> {
                #live::ttl(self)
            }

            /// Deletes the instance, and returns whether it existed.
            ///
            /// `UNLINK` in one script, O(number of fields); the server frees the memory in the background.
            #vis fn delete(&self) -> #reply<'static, #bool> {
                #live::delete(self)
            }
        }

        #[automatically_derived]
        impl #generics ::core::fmt::Debug for #twin #arguments #clause {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __f.debug_struct(#shown).field("id", &self.id()).finish_non_exhaustive()
            }
        }
    }
}
