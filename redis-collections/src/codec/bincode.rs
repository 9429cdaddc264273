//! [`Bincode`]: compact binary values, the default.

use std::{
    any::{Any, TypeId},
    hash::Hash,
};

use bincode::{
    config::standard,
    error::{DecodeError, EncodeError},
    serde::DecodeError as SerdeError,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{Codec, Encode, KeyCodec, guard};
use crate::error::{Error, Result};

/// The default codec: bincode 2 in its standard configuration, for every serde type.
///
/// Integers take as few bytes as they need. Fields and variants are stored by position, without
/// names. So only the definition that wrote a value can read it: a new field, or another order of
/// the fields, makes it another type. Serde's `flatten`, `tag`, `untagged` and
/// `skip_serializing_if` do not work with this codec.
///
/// A stored value is decoded only if it is nested at most 128 levels deep (structs, enums, options
/// and collections count), and needs at most 64 MiB of memory plus 64 times its stored length.
///
/// ```
/// use redis_collections::{Bincode, Codec, Encode};
///
/// let mut bytes = Vec::new();
/// Bincode::encode(&("ada".to_string(), Some(36)), &mut bytes)?;
/// assert_eq!(bytes, b"\x03ada\x01\x48");
/// assert_eq!(<Bincode as Codec<(String, Option<i32>)>>::decode(&bytes)?.1, Some(36));
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Bincode {}

const NAME: &str = "bincode";

impl<T: Serialize + 'static> Encode<T> for Bincode {
    const NAME: &'static str = NAME;

    fn encode(value: &T, bytes: &mut Vec<u8>) -> Result<()> {
        match (value as &dyn Any).downcast_ref::<Vec<u8>>() {
            Some(plain) => write_bytes(plain, plain.iter().copied(), bytes),
            None => write(value, bytes),
        }
    }
}

impl<T: Serialize + 'static> Encode<[T]> for Bincode {
    const NAME: &'static str = NAME;

    fn encode(value: &[T], bytes: &mut Vec<u8>) -> Result<()> {
        if TypeId::of::<T>() != TypeId::of::<u8>() {
            return write(value, bytes);
        }
        let plain = value.iter().map(|byte| *(byte as &dyn Any).downcast_ref::<u8>().unwrap_or(&0));
        write_bytes(value, plain, bytes)
    }
}

impl Encode<str> for Bincode {
    const NAME: &'static str = NAME;

    fn encode(value: &str, bytes: &mut Vec<u8>) -> Result<()> {
        write(value, bytes)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Codec<T> for Bincode {
    fn decode(bytes: &[u8]) -> Result<T> {
        guard::decode(
            NAME,
            bytes,
            |seed| match plain_bytes(bytes) {
                Some(plain) => plain,
                None => bincode::serde::seed_decode_from_slice(seed, bytes, standard()),
            },
            |error| unreadable(&error),
        )
    }

    fn verify(bytes: &[u8]) -> Result<()> {
        // Text and bytes can always be decoded, so checking a long one would be wasted work.
        let is_plain =
            [TypeId::of::<String>(), TypeId::of::<Vec<u8>>()].contains(&TypeId::of::<T>());
        if is_plain { Ok(()) } else { <Self as Codec<T>>::decode(bytes).map(drop) }
    }
}

impl<T: Serialize + DeserializeOwned + Eq + Hash + 'static> KeyCodec<T> for Bincode {}

fn write<T: Serialize + ?Sized>(value: &T, bytes: &mut Vec<u8>) -> Result<()> {
    match bincode::serde::encode_into_std_write(value, bytes, standard()) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::encode(NAME, unwritable(error))),
    }
}

/// Writes the same bytes as serde does, but all at once instead of one by one.
fn write_bytes<T>(value: &[T], plain: impl Iterator<Item = u8>, bytes: &mut Vec<u8>) -> Result<()> {
    write(&value.len(), bytes)?;
    bytes.extend(plain);
    Ok(())
}

/// Decodes `bytes` if `T` is `Vec<u8>`, and returns the value and how many bytes it used.
fn plain_bytes<T: 'static>(bytes: &[u8]) -> Option<Result<(T, usize), DecodeError>> {
    let mut read: Option<Result<(T, usize), DecodeError>> = None;
    let slot: &mut Option<Result<(Vec<u8>, usize), DecodeError>> =
        (&mut read as &mut dyn Any).downcast_mut()?;
    *slot = Some(
        bincode::borrow_decode_from_slice::<&[u8], _>(bytes, standard())
            .map(|(plain, used)| (plain.to_vec(), used)),
    );
    read
}

fn unwritable(error: EncodeError) -> String {
    match error {
        EncodeError::Serde(_) => {
            "expected a sequence or map of known length, found one of unknown length, as with \
             serde's `flatten`"
                .into()
        }
        EncodeError::OtherString(reason) => reason,
        other => other.to_string(),
    }
}

/// Words an error without the value; bincode's and serde's own messages contain parts of it.
fn unreadable(error: &DecodeError) -> String {
    let (expected, found) = match error {
        DecodeError::UnexpectedEnd { .. } => ("more bytes", "the end"),
        DecodeError::InvalidIntegerType { expected, found } => {
            return format!("expected an integer as wide as {expected:?}, found {found:?}");
        }
        DecodeError::UnexpectedVariant { type_name, .. } => {
            return format!("expected a variant of `{type_name}`, found another number");
        }
        DecodeError::Utf8 { .. } => ("a string", "bytes that are not UTF-8"),
        DecodeError::InvalidCharEncoding(_) => ("a `char`", "bytes that are not UTF-8"),
        DecodeError::InvalidBooleanValue(_) => ("a `bool`", "a byte other than 0 and 1"),
        DecodeError::OutsideUsizeRange(_) => ("a length that fits `usize`", "a larger one"),
        DecodeError::Serde(
            SerdeError::AnyNotSupported
            | SerdeError::IdentifierNotSupported
            | SerdeError::IgnoredAnyNotSupported,
        ) => ("a type of fixed form", "serde's `tag`, `untagged` or `flatten`"),
        DecodeError::OtherString(message) => match message.rsplit_once(", expected ") {
            Some((_, expected)) => (expected, "another value"),
            None => ("a valid value", "one that the type refuses"),
        },
        _ => ("a value of the type", "other bytes"),
    };
    format!("expected {expected}, found {found}")
}
