//! The checks of every codec's bytes: their length, canonical keys, and that they can be decoded.

use std::cell::Cell;

use super::{Codec, Encode, KeyCodec, Lookup, MAX_VALUE_LEN};
use crate::error::{Error, Result};

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Encodes `value`, checks the bytes, and passes them to `then`.
///
/// The bytes are decoded at once, since some values can be encoded but not decoded: with some serde
/// attributes (`tag`, `untagged`, `skip_serializing_if`), with deep nesting, or with an endless
/// `Vec<()>`.
pub(crate) fn encode_checked<C: Codec<T>, T: 'static>(
    value: &(impl Lookup<T, C> + ?Sized),
    then: impl FnOnce(&[u8]),
) -> Result<()> {
    let mut bytes = SCRATCH.take();
    bytes.clear();
    let outcome = (value.encode_into(&mut bytes))
        .and_then(|()| check_len::<C, T>(bytes.len()))
        .and_then(|()| check_readable::<C, T>(&bytes))
        .map(|()| then(&bytes));
    if bytes.capacity() <= 1 << 20 {
        SCRATCH.replace(bytes);
    }
    outcome
}

/// Encodes `value` as [`encode_checked`] does, and returns the bytes.
pub(crate) fn encode_to_vec<C: Codec<T>, T: 'static>(
    value: &(impl Lookup<T, C> + ?Sized),
) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    encode_checked::<C, T>(value, |bytes| kept = bytes.to_vec())?;
    Ok(kept)
}

/// Encodes `value` without a check, and passes the bytes to `then`, which must not send them.
#[inline]
pub(crate) fn encode_unchecked<C: Encode<T>, T: ?Sized, R>(
    value: &T,
    then: impl FnOnce(&[u8]) -> R,
) -> Result<R> {
    let mut bytes = SCRATCH.take();
    bytes.clear();
    let outcome = C::encode(value, &mut bytes).map(|()| then(&bytes));
    SCRATCH.replace(bytes);
    outcome
}

/// Decodes a key or a member. Encoding it must give the same bytes.
///
/// Otherwise two members of a set could be the same value, or a listed key could not be found.
pub(crate) fn decode_key<C: KeyCodec<K>, K>(bytes: &[u8]) -> Result<K> {
    let key = C::decode(bytes)?;
    let mut again = SCRATCH.take();
    again.clear();
    let outcome = C::encode(&key, &mut again);
    let same = again == bytes;
    SCRATCH.replace(again);
    outcome?;
    same.then_some(key).ok_or_else(|| {
        Error::decode(C::NAME, bytes.len(), "expected a key's canonical bytes, found others")
    })
}

fn check_len<C: Codec<T>, T>(len: usize) -> Result<()> {
    if len > MAX_VALUE_LEN {
        let reason = format!("expected at most {MAX_VALUE_LEN} bytes, found {len}");
        return Err(Error::encode(C::NAME, reason));
    }
    Ok(())
}

fn check_readable<C: Codec<T>, T: 'static>(bytes: &[u8]) -> Result<()> {
    let Err(error) = C::verify(bytes) else { return Ok(()) };
    let reason = match error {
        Error::Decode { reason, .. } => reason,
        other => other.to_string(),
    };
    Err(Error::encode(C::NAME, format!("the encoded bytes cannot be decoded: {reason}")))
}
