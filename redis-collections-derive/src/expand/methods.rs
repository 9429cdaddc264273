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
            /// Returns the id of the instance.
            #vis fn id(&self) -> &::core::primitive::str {
                #live::id(self)
            }

            /// Returns whether the instance exists: whether any of its keys does.
            ///
            /// `EXISTS`, O(number of fields).
            #vis fn exists(&self) -> #reply<'static, #bool> {
                #live::exists(self)
            }

            /// Writes the changes of all `#[sync]` and `#[lru]` fields, atomically. Sends nothing if there
            /// are none.
            ///
            /// One command or one script, O(number of changes).
            #vis fn sync(&mut self) -> #reply<'_, ()> {
                #live::sync(self)
            }

            /// Writes the changes as `sync` does, unless another client changed one of the same entries of
            /// a `#[sync]` field after it was loaded.
            ///
            /// One script, O(number of changes).
            #vis fn sync_checked(&mut self) -> #reply<'_, ()> {
                #live::sync_checked(self)
            }

            /// Returns whether any `#[sync]` or `#[lru]` field has unsynced changes. Sends nothing.
            #vis fn is_dirty(&self) -> #bool {
                #live::is_dirty(self)
            }

            /// Drops the unsynced changes of all `#[sync]` and `#[lru]` fields, and reads the changed
            /// entries of `#[sync]` fields again. Sends nothing if there are no changes.
            ///
            /// One reading command for each `#[sync]` field, in one transaction.
            #vis fn discard(&mut self) -> #reply<'_, ()> {
                #live::discard(self)
            }

            /// Returns the stored instance as a plain struct, without unsynced changes, or `None` if it
            /// does not exist.
            ///
            /// `EXISTS`, and one reading command for each field, in one transaction, O(n).
            #vis fn snapshot(&self) -> #reply<'static, #option<#plain>> {
                #live::snapshot(self)
            }

            /// Sets a time to live for all keys of the instance, in milliseconds. Returns `false` if the
            /// instance does not exist.
            ///
            /// `PEXPIRE` for each key, in one transaction, O(number of fields).
            #vis fn expire(&self, time: #duration) -> #reply<'static, #bool> {
                #live::expire(self, time)
            }

            /// Removes the time to live of all keys of the instance. Returns whether any had one.
            ///
            /// `PERSIST` for each key, in one transaction, O(number of fields).
            #vis fn persist(&self) -> #reply<'static, #bool> {
                #live::persist(self)
            }

            /// Returns the shortest time to live of the instance's keys, or `None` if no key has one.
            ///
            /// `PTTL` for each key, in one transaction, O(number of fields).
            #vis fn ttl(&self) -> #reply<'static, #option<#duration>> {
                #live::ttl(self)
            }

            /// Deletes the instance, and returns whether it existed.
            ///
            /// `UNLINK` in one script, O(number of fields). The server frees the memory in the background.
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
