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
/// Integers take as few bytes as they need, and fields and variants stand by position, without
/// names. So a type is read back by the definition that wrote it: a new field, or another order,
/// is another type. `flatten`, `tag`, `untagged` and `skip_serializing_if` do not work with it.
///
/// A value is read if it is nested at most 128 deep (structs, enums, options and collections
/// count), and takes at most 64 MiB and 64 times its stored length in memory.
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

    fn prove(bytes: &[u8]) -> Result<()> {
        // Text and bytes have no parts that could be refused, and they can be long.
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

/// Serde takes bytes one by one; this writes the same in one piece.
fn write_bytes<T>(value: &[T], plain: impl Iterator<Item = u8>, bytes: &mut Vec<u8>) -> Result<()> {
    write(&value.len(), bytes)?;
    bytes.extend(plain);
    Ok(())
}

/// `bytes` as a `Vec<u8>`, if that is what `T` is, and how many of them it takes.
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
            "a sequence or map without a length, as serde's `flatten` makes it".into()
        }
        EncodeError::OtherString(reason) => reason,
        other => other.to_string(),
    }
}

/// Says what is wrong without the value: bincode's own messages and serde's hold parts of it.
fn unreadable(error: &DecodeError) -> String {
    match error {
        DecodeError::UnexpectedEnd { .. } => "they end too early".into(),
        DecodeError::InvalidIntegerType { expected, found } => {
            format!("expected an integer as wide as {expected:?}, found {found:?}")
        }
        DecodeError::UnexpectedVariant { type_name, .. } => format!("no variant of `{type_name}`"),
        DecodeError::Utf8 { .. } => "a string that is not UTF-8".into(),
        DecodeError::InvalidCharEncoding(_) => "a `char` that is not UTF-8".into(),
        DecodeError::InvalidBooleanValue(_) => "a `bool` that is neither 0 nor 1".into(),
        DecodeError::OutsideUsizeRange(_) => "a length past this machine's".into(),
        DecodeError::Serde(
            SerdeError::AnyNotSupported
            | SerdeError::IdentifierNotSupported
            | SerdeError::IgnoredAnyNotSupported,
        ) => "the type describes itself, as with serde's `tag`, `untagged` and `flatten`".into(),
        DecodeError::OtherString(message) => match message.rsplit_once(", expected ") {
            Some((_, expected)) => format!("expected {expected}"),
            None => "the type refuses what is stored".into(),
        },
        _ => "not what the type says".into(),
    }
}
