//! Parsers for the values of attributes, with an error that shows the expected form.

use std::{fmt::Display, str::FromStr};

use proc_macro2::{Group, TokenStream};
use syn::{
    Error, Ident, LitInt, LitStr, Path, Result, Token, Type,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token::Paren,
};

use super::list::rest;

/// No value, as in `skip`.
pub(super) fn none(name: &Ident, input: ParseStream<'_>) -> Result<()> {
    if input.peek(Token![=]) || input.peek(Paren) {
        return Err(Error::new_spanned(rest(input)?, format!("`{name}` takes no value")));
    }
    Ok(())
}

/// A string, as in `rename = "name"`.
pub(super) fn string(name: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    assigned(name, input, &format!("expected a string, as in `{name} = \"name\"`"))
}

/// Strings, as in `removed("old", "older")`.
pub(super) fn strings(name: &Ident, input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    let expected = format!("expected a list of strings, as in `{name}(\"old\")`");
    let list = list(name, input, &expected)?;
    match Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(list.clone()) {
        Ok(strings) if !strings.is_empty() => Ok(strings.into_iter().collect()),
        _ => Err(wrong(name, list, &expected)),
    }
}

/// A type, as in `codec = Bincode`.
pub(super) fn ty(name: &Ident, input: ParseStream<'_>) -> Result<Type> {
    let expected = format!("expected a type, as in `{name} = Bincode`");
    equals(name, input, &expected)?;
    parsed(name, input, &expected, Type::parse)
}

/// A path, as in `crate = my::redis_collections`.
pub(super) fn path(name: &Ident, input: ParseStream<'_>) -> Result<Path> {
    let expected = format!("expected a path, as in `{name} = my::redis_collections`");
    equals(name, input, &expected)?;
    parsed(name, input, &expected, Path::parse_mod_style)
}

/// An optional expression, as in `default = 7` and `default`.
pub(super) fn expression(name: &Ident, input: ParseStream<'_>) -> Result<Option<TokenStream>> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(None);
    }
    assigned(name, input, &format!("expected a value, as in `{name} = 7`, or `{name}` alone"))
        .map(Some)
}

/// A whole number, as in `version = 2`.
pub(super) fn number<N>(name: &Ident, input: ParseStream<'_>) -> Result<N>
where
    N: FromStr,
    N::Err: Display,
{
    let literal = literal(name, input)?;
    literal.base10_parse().map_err(|_| Error::new_spanned(literal, "this number is too large"))
}

/// A whole number greater than zero, as in `maxlen = 50`.
pub(super) fn positive(name: &Ident, input: ParseStream<'_>) -> Result<usize> {
    let found = input.fork();
    match number(name, input)? {
        0 => {
            equals(name, &found, "")?;
            Err(Error::new_spanned(rest(&found)?, format!("`{name}` must be at least 1")))
        }
        number => Ok(number),
    }
}

/// The number in `lru(maxsize = 1_000)`.
pub(super) fn maxsize(name: &Ident, input: ParseStream<'_>) -> Result<usize> {
    let expected = format!("expected a size, as in `{name}(maxsize = 1_000)`");
    let list = list(name, input, &expected)?;
    let read = |input: ParseStream<'_>| match input.parse::<Ident>()? {
        key if key == "maxsize" => {
            let maxsize = positive(&key, input)?;
            input.parse::<Option<Token![,]>>()?;
            Ok(maxsize)
        }
        key => {
            let message = format!("unknown attribute `{key}`; expected `maxsize`");
            rest(input)?;
            Err(Error::new_spanned(key, message))
        }
    };
    if list.is_empty() { Err(wrong(name, list, &expected)) } else { read.parse2(list) }
}

/// The integer after `name =`, without a suffix such as `u8`.
fn literal(name: &Ident, input: ParseStream<'_>) -> Result<LitInt> {
    let expected = format!("expected a whole number, as in `{name} = 1_000`");
    let literal: LitInt = assigned(name, input, &expected)?;
    if literal.suffix().is_empty() && !literal.base10_digits().starts_with('-') {
        return Ok(literal);
    }
    Err(Error::new_spanned(literal, expected))
}

/// The value after `name =`, which ends before the next comma.
fn assigned<T: Parse>(name: &Ident, input: ParseStream<'_>, expected: &str) -> Result<T> {
    equals(name, input, expected)?;
    let value = rest(input)?;
    if value.is_empty() {
        return Err(wrong(name, value, expected));
    }
    syn::parse2(value.clone()).map_err(|_| wrong(name, value, expected))
}

/// The tokens in the parentheses after `name`.
fn list(name: &Ident, input: ParseStream<'_>, expected: &str) -> Result<TokenStream> {
    if input.peek(Paren) {
        return Ok(input.parse::<Group>()?.stream());
    }
    Err(wrong(name, rest(input)?, expected))
}

fn equals(name: &Ident, input: ParseStream<'_>, expected: &str) -> Result<()> {
    if input.parse::<Option<Token![=]>>()?.is_some() {
        return Ok(());
    }
    Err(wrong(name, rest(input)?, expected))
}

/// The value that `parse` reads, or an error that names the expected one.
fn parsed<T>(
    name: &Ident,
    input: ParseStream<'_>,
    expected: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let found = rest(&input.fork())?;
    parse(input).map_err(|_| wrong(name, found, expected))
}

/// An error at the tokens in `found`, or at `name` if `found` is empty.
fn wrong(name: &Ident, found: TokenStream, expected: &str) -> Error {
    if found.is_empty() {
        Error::new_spanned(name, expected)
    } else {
        Error::new_spanned(found, expected)
    }
}
