//! How the runtime is told what fields there are.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{Names, names::span_of};
use crate::ast::Field;

/// Functions that say where each field is, and with which options.
pub(super) fn spots(names: &Names<'_>) -> TokenStream {
    let rc = &names.rc;
    let plain = names.plain_type();
    let (parameters, bounds) = names.plain_generics();
    let spots = names.input.stored().map(|field| {
        let (spot, name, options) =
            (Names::spot(field), field.stored_name(), options(names, field));
        quote! {
            fn #spot(__base: &#rc::Key) -> #rc::Spot {
                #rc::Spot::new(__base, #name)#options
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #parameters #plain #bounds {
            #(#spots)*
        }
    }
}

/// The calls that add a field's options to its spot.
fn options(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let maxlen = field.attrs.maxlen.map(|maxlen| quote!(.maxlen(#maxlen)));
    let maxsize = field.attrs.maxsize.map(|maxsize| quote!(.maxsize(#maxsize)));
    let default = field.attrs.has("default").then(|| {
        let (form, codec) = (names.form(field), names.codec(field));
        let given = field.attrs.default.as_ref().map(|value| quote!(|| #value));
        let value = given.unwrap_or_else(|| quote!(::core::default::Default::default));
        quote!(.default::<#form, #codec>(#value))
    });
    quote!(#maxlen #maxsize #default)
}

/// The implementation of `RedisStruct`.
pub(super) fn implementation(names: &Names<'_>) -> TokenStream {
    let rc = &names.rc;
    let removed = names.input.attrs.removed.iter();
    let keys = each(names, "keys", "__keys");
    let writes = names.input.stored().map(|field| {
        let (form, spot, ident) = (names.field(field), Names::spot(field), field.ident);
        quote!(#form::write(&self.#ident, &Self::#spot(__base), __writes);)
    });
    let read = names.input.fields.iter().map(|field| read(names, field));
    let live = names.input.stored().map(|field| live_field(names, field));
    let (twin, parameters) = (&names.twin, names.parameters().into_iter());
    let bodies = Bodies {
        schema: names.input.stored().map(|field| schema(names, field)).collect(),
        keys: quote! {
            #keys
            #(::std::vec::Vec::push(__keys, #rc::Key::field(__base, #removed));)*
        },
        ask: each(names, "ask", "__asks"),
        read: quote! {
            #[allow(unused_imports, reason = "every field may be left out of Redis")]
            use #rc::OrMissing as _;
            ::core::result::Result::Ok(Self { #(#read,)* })
        },
        write: quote!(#(#writes)*),
        ask_live: each(names, "ask_live", "__asks"),
        live: quote! {
            let __base = #rc::Instance::base(&__instance);
            ::core::result::Result::Ok(#twin {
                #(#live,)*
                #(__plain: #parameters,)*
                __instance,
            })
        },
    };
    with_bodies(names, &bodies)
}

/// The same for a struct that is wrong: what code that uses it can name, and nothing behind it.
pub(super) fn outline(names: &Names<'_>) -> TokenStream {
    let nothing = quote!(::core::unimplemented!());
    let bodies = Bodies {
        schema: TokenStream::new(),
        keys: nothing.clone(),
        ask: nothing.clone(),
        read: nothing.clone(),
        write: nothing.clone(),
        ask_live: nothing.clone(),
        live: nothing,
    };
    with_bodies(names, &bodies)
}

/// What the items of the implementation consist of.
struct Bodies {
    schema: TokenStream,
    keys: TokenStream,
    ask: TokenStream,
    read: TokenStream,
    write: TokenStream,
    ask_live: TokenStream,
    live: TokenStream,
}

fn with_bodies(names: &Names<'_>, bodies: &Bodies) -> TokenStream {
    let Bodies { schema, keys, ask, read, write, ask_live, live } = bodies;
    let Names { input, rc, twin, .. } = names;
    let plain = names.plain_type();
    let (generics, bounds) = names.plain_generics();
    let arguments = names.live_arguments();
    let namespace = input.namespace();
    let stored = input.stored().map(Field::stored_name);
    quote! {
        #[automatically_derived]
        impl #generics #rc::RedisStruct for #plain #bounds {
            type Live<__E: #rc::Executor> = #twin #arguments;

            const NAMESPACE: &'static ::core::primitive::str = #namespace;

            const FIELDS: &'static [&'static ::core::primitive::str] = &[#(#stored),*];

            const __SCHEMA: &'static #rc::Schema =
                &#rc::Schema::new(<Self as #rc::RedisStruct>::NAMESPACE, &[#schema]);

            fn __keys(__base: &#rc::Key, __keys: &mut ::std::vec::Vec<#rc::Key>) {
                #keys
            }

            fn __ask(__base: &#rc::Key, __asks: &mut ::std::vec::Vec<#rc::Request>) {
                #ask
            }

            fn __read(__base: &#rc::Key, __answers: &mut #rc::Answers) -> #rc::Result<Self> {
                #read
            }

            fn __write(&self, __base: &#rc::Key, __writes: &mut #rc::Writes) {
                #write
            }

            fn __ask_live(__base: &#rc::Key, __asks: &mut ::std::vec::Vec<#rc::Request>) {
                #ask_live
            }

            fn __live<__E: #rc::Executor>(
                __instance: #rc::Instance<__E>,
                __answers: &mut #rc::Answers,
            ) -> #rc::Result<#twin #arguments> {
                #live
            }
        }
    }
}

/// What the schema says of a field.
fn schema(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let rc = &names.rc;
    let (form, name) = (names.field(field), field.stored_name());
    let version = names.input.attrs.version.unwrap_or(0);
    quote! {
        #rc::FieldSchema {
            name: #name,
            kind: #form::KIND,
            codec: #form::CODEC,
            version: #version,
        },
    }
}

/// `Field::call` for every field, with its spot and `argument`.
fn each(names: &Names<'_>, call: &str, argument: &str) -> TokenStream {
    let argument = Ident::new(argument, Span::call_site());
    let calls = names.input.stored().map(|field| {
        let call = Ident::new(call, span_of(field));
        let (form, spot) = (names.field(field), Names::spot(field));
        quote!(#form::#call(&Self::#spot(__base), #argument);)
    });
    calls.collect()
}

/// A field of the plain struct, read from the answers.
fn read(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let (rc, ident, ty) = (&names.rc, field.ident, &field.ty);
    if field.attrs.has("skip") {
        let span = span_of(field);
        return quote_spanned!(span=> #ident: ::core::default::Default::default());
    }
    let (form, spot) = (names.field(field), Names::spot(field));
    quote! {
        #ident: {
            let __spot = Self::#spot(__base);
            match #form::read(&__spot, __answers)? {
                ::core::option::Option::Some(__value) => __value,
                ::core::option::Option::None => #rc::Absent::<#ty>::new().fill(&__spot)?,
            }
        }
    }
}

/// A field of the twin, opened.
fn live_field(names: &Names<'_>, field: &Field<'_>) -> TokenStream {
    let (rc, ident) = (&names.rc, field.ident);
    let (form, codec, spot) = (names.field(field), names.codec(field), Names::spot(field));
    quote! {
        #ident: #form::live(
            #rc::Instance::executor::<#codec>(&__instance),
            &Self::#spot(__base),
            __answers,
        )?
    }
}
