//! The implementation of `RedisStruct`, which describes the fields to the runtime.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{
    field::{codec, ends, form, kind, site},
    names::Names,
    twin::parameters,
};
use crate::{ast::Field, attr::FieldAttr};

/// The implementation of `RedisStruct`.
pub(super) fn implementation(names: &Names<'_>) -> TokenStream {
    let Names { input, rc, twin, .. } = names;
    let removed = input.attrs.removed.iter();
    let keys = each(names, "add_keys", "__keys");
    let read = input.fields.iter().map(|field| read(names, field));
    let open = names.fields.iter().map(|field| live_field(names, field));
    let parameters = parameters(names).map(|_| quote!(__plain: ::core::marker::PhantomData,));
    let bodies = Bodies {
        sites: names.fields.iter().map(|field| site_function(names, field)).collect(),
        schema: names.fields.iter().map(|field| schema(names, field)).collect(),
        keys: quote! {
            #keys
            #(::std::vec::Vec::push(__keys, #rc::Key::field(__base, #removed));)*
        },
        reads: each(names, "add_reads", "__reads"),
        read: quote! {
            #[allow(unused_imports, reason = "a struct may skip every field")]
            use #rc::OrMissing as _;
            ::core::result::Result::Ok(Self { #(#read,)* })
        },
        write: names.fields.iter().map(|field| write(names, field)).collect(),
        opening_reads: each(names, "add_opening_reads", "__reads"),
        open: quote! {
            let __base = #rc::InstanceHandle::base(&__instance);
            ::core::result::Result::Ok(#twin { #(#open,)* #parameters __instance })
        },
    };
    with_bodies(names, &bodies)
}

/// The same for a struct with mistakes: other code can name each item, but no item has a body.
pub(super) fn outline(names: &Names<'_>) -> TokenStream {
    let nothing = quote!(::core::unimplemented!());
    let bodies = Bodies {
        sites: TokenStream::new(),
        schema: TokenStream::new(),
        keys: nothing.clone(),
        reads: nothing.clone(),
        read: nothing.clone(),
        write: nothing.clone(),
        opening_reads: nothing.clone(),
        open: nothing,
    };
    with_bodies(names, &bodies)
}

/// The bodies of the items of the implementation.
struct Bodies {
    sites: TokenStream,
    schema: TokenStream,
    keys: TokenStream,
    reads: TokenStream,
    read: TokenStream,
    write: TokenStream,
    opening_reads: TokenStream,
    open: TokenStream,
}

fn with_bodies(names: &Names<'_>, bodies: &Bodies) -> TokenStream {
    let Bodies { sites, schema, keys, reads, read, write, opening_reads, open } = bodies;
    let Names { input, rc, plain, twin, bounds, .. } = names;
    let (generics, arguments, clause) = bounds.plain.split_for_impl();
    let (_, live_arguments, _) = bounds.live.split_for_impl();
    let namespace = input.namespace();
    let stored = names.fields.iter().map(|field| field.stored_name());
    quote! {
        #sites

        #[automatically_derived]
        impl #generics #rc::RedisStruct for #plain #arguments #clause {
            type Live<__E: #rc::Executor> = #twin #live_arguments;

            const NAMESPACE: &'static ::core::primitive::str = #namespace;

            const FIELDS: &'static [&'static ::core::primitive::str] = &[#(#stored),*];

            const __SCHEMA: &'static #rc::Schema =
                &#rc::Schema::new(<Self as #rc::RedisStruct>::NAMESPACE, &[#schema]);

            fn __add_keys(__base: &#rc::Key, __keys: &mut ::std::vec::Vec<#rc::Key>) {
                #keys
            }

            fn __add_reads(__base: &#rc::Key, __reads: &mut ::std::vec::Vec<#rc::Request>) {
                #reads
            }

            fn __read(__base: &#rc::Key, __replies: &mut #rc::Replies) -> #rc::Result<Self> {
                #read
            }

            fn __add_writes(&self, __base: &#rc::Key, __writes: &mut #rc::WriteSet) {
                #write
            }

            fn __add_opening_reads(__base: &#rc::Key, __reads: &mut ::std::vec::Vec<#rc::Request>) {
                #opening_reads
            }

            fn __open<__E: #rc::Executor>(
                __instance: #rc::InstanceHandle<__E>,
                __replies: &mut #rc::Replies,
            ) -> #rc::Result<#twin #live_arguments> {
                #open
            }
        }
    }
}

/// The function that returns the `FieldSite` of `field`, with its options.
fn site_function(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let Names { input, rc, bounds, .. } = names;
    let (generics, _, clause) = bounds.base.split_for_impl();
    let (site, name) = (site(field), field.stored_name());
    let (form, codec) = (form(input, field), codec(input, field));
    let (first, last) = ends(field);
    let maxlen = field.attrs.maxlen.map(|maxlen| {
        let open = quote_spanned!(first=> .maxlen::<);
        quote_spanned!(last=> #open #form>(#maxlen))
    });
    let maxsize = field.attrs.maxsize.map(|maxsize| quote!(.maxsize(#maxsize)));
    let default = field.attrs.span(FieldAttr::Default).map(|span| {
        let given = field.attrs.default.as_ref().map(|value| quote!(|| #value));
        let value =
            given.unwrap_or_else(|| quote_spanned!(span=> ::core::default::Default::default));
        let open = quote_spanned!(first=> .default::<);
        quote_spanned!(last=> #open #form, #codec>(#value))
    });
    quote! {
        fn #site #generics(__base: &#rc::Key) -> #rc::FieldSite #clause {
            #rc::FieldSite::new(__base, #name)#maxlen #maxsize #default
        }
    }
}

/// The call of that function.
fn site_call(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let (_, arguments, _) = names.bounds.plain.split_for_impl();
    let (site, arguments) = (site(field), arguments.as_turbofish());
    quote!(#site #arguments(__base))
}

/// The entry of a field in the schema.
fn schema(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let Names { input, rc, .. } = names;
    let (kind, name) = (kind(input, field), field.stored_name());
    let version = input.attrs.version.unwrap_or(0);
    quote! {
        #rc::FieldSchema {
            name: #name,
            kind: #kind::KIND,
            codec: #kind::CODEC,
            version: #version,
        },
    }
}

/// A call of `Field::call` for each field, with its site and `argument`.
fn each(names: &Names<'_>, call: &str, argument: &str) -> TokenStream {
    let [call, argument] = [call, argument].map(|name| Ident::new(name, Span::call_site()));
    let calls = names.fields.iter().map(|field| {
        let (kind, site) = (kind(names.input, field), site_call(names, field));
        quote!(#kind::#call(&#site, #argument);)
    });
    calls.collect()
}

/// The call that adds the writes of `field`.
fn write(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let (kind, ident, site) = (kind(names.input, field), field.ident, site_call(names, field));
    quote!(#kind::add_writes(&self.#ident, &#site, __writes);)
}

/// A field of the plain struct, read from the replies.
fn read(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let (rc, ident, ty) = (&names.rc, field.ident, &field.ty);
    if field.attrs.has(FieldAttr::Skip) {
        return quote!(#ident: <#ty as ::core::default::Default>::default());
    }
    let (kind, site) = (kind(names.input, field), site_call(names, field));
    quote! {
        #ident: {
            let __site = #site;
            match #kind::read(&__site, __replies)? {
                ::core::option::Option::Some(__value) => __value,
                ::core::option::Option::None => #rc::Absent::<#ty>::new().fill(&__site)?,
            }
        }
    }
}

/// A field of the twin, opened.
fn live_field(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let Names { input, rc, .. } = names;
    let (kind, codec, ident) = (kind(input, field), codec(input, field), field.ident);
    let site = site_call(names, field);
    quote! {
        #ident: #kind::open(#rc::InstanceHandle::executor::<#codec>(&__instance), &#site, __replies)?
    }
}
