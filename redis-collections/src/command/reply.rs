//! Readers of replies, one for each shape that Redis answers in, under RESP2 and RESP3.

use redis::Value;

use crate::{
    codec::{Codec, KeyCodec, decode_key},
    error::{Error, Result},
};

/// An integer.
pub fn int(reply: Value) -> Result<i64> {
    match reply {
        Value::Int(number) => Ok(number),
        Value::Nil => Ok(0),
        other => text(&other).ok_or_else(|| unexpected("an integer", &other)),
    }
}

/// A count.
pub fn size(reply: Value) -> Result<usize> {
    int(reply).map(|number| usize::try_from(number).unwrap_or(0))
}

/// Zero or one.
pub fn flag(reply: Value) -> Result<bool> {
    match reply {
        Value::Boolean(flag) => Ok(flag),
        other => int(other).map(|number| number != 0),
    }
}

/// An answer that does not matter.
pub fn unit(_: Value) -> Result<()> {
    Ok(())
}

/// No answer at all, where nothing must be sent.
pub fn nothing<T>(_: Value) -> Result<T> {
    Err(unexpected("no reply", &Value::Nil))
}

/// An integer, or nil.
pub fn optional_int(reply: Value) -> Result<Option<i64>> {
    or_nil(reply, int)
}

/// A floating-point number.
pub fn float(reply: Value) -> Result<f64> {
    match reply {
        Value::Double(number) => Ok(number),
        Value::Int(number) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "Redis keeps scores as doubles")]
            Ok(number as f64)
        }
        other => text(&other).ok_or_else(|| unexpected("a floating-point number", &other)),
    }
}

/// A floating-point number, or nil.
pub fn optional_float(reply: Value) -> Result<Option<f64>> {
    or_nil(reply, float)
}

/// A value.
pub fn value<C: Codec<T>, T>(reply: Value) -> Result<T> {
    C::decode(&bytes(reply)?)
}

/// A key or a member.
pub fn key<C: KeyCodec<T>, T>(reply: Value) -> Result<T> {
    decode_key::<C, T>(&bytes(reply)?)
}

/// A value, or nil.
pub fn optional<C: Codec<T>, T>(reply: Value) -> Result<Option<T>> {
    or_nil(reply, value::<C, T>)
}

/// A key or a member, or nil.
pub fn optional_key<C: KeyCodec<T>, T>(reply: Value) -> Result<Option<T>> {
    or_nil(reply, key::<C, T>)
}

/// Items, each read by `item`.
pub fn list<T, B: FromIterator<T>>(
    reply: Value,
    item: impl FnMut(Value) -> Result<T>,
) -> Result<B> {
    items(reply)?.into_iter().map(item).collect()
}

/// Pairs, flat or nested, the first of each read by `first` and the second by `second`.
pub fn pairs<A, B, T: FromIterator<(A, B)>>(
    reply: Value,
    first: impl Fn(Value) -> Result<A>,
    second: impl Fn(Value) -> Result<B>,
) -> Result<T> {
    raw_pairs(reply)?.into_iter().map(|(a, b)| Ok((first(a)?, second(b)?))).collect()
}

/// A pair, or nothing.
pub fn optional_pair<A, B>(
    reply: Value,
    first: impl Fn(Value) -> Result<A>,
    second: impl Fn(Value) -> Result<B>,
) -> Result<Option<(A, B)>> {
    let pair = or_nil(reply, raw_pairs)?.unwrap_or_default().into_iter().next();
    pair.map(|(a, b)| Ok((first(a)?, second(b)?))).transpose()
}

/// `None` for nil, else what `read` makes of it.
pub fn or_nil<T>(reply: Value, read: impl FnOnce(Value) -> Result<T>) -> Result<Option<T>> {
    match reply {
        Value::Nil => Ok(None),
        other => read(other).map(Some),
    }
}

/// The bytes of a string reply.
pub fn bytes(reply: Value) -> Result<Vec<u8>> {
    match reply {
        Value::BulkString(bytes) => Ok(bytes),
        Value::SimpleString(text) | Value::VerbatimString { text, .. } => Ok(text.into_bytes()),
        Value::Int(number) => Ok(number.to_string().into_bytes()),
        other => Err(unexpected("a string", &other)),
    }
}

/// The items of an array or a set; nil is none.
pub fn items(reply: Value) -> Result<Vec<Value>> {
    match reply {
        Value::Array(items) | Value::Set(items) => Ok(items),
        Value::Nil => Ok(Vec::new()),
        other => Err(unexpected("an array", &other)),
    }
}

/// Pairs: a map, an array of pairs, or an array in which they follow each other.
pub fn raw_pairs(reply: Value) -> Result<Vec<(Value, Value)>> {
    if let Value::Map(pairs) = reply {
        return Ok(pairs);
    }
    let mut items = items(reply)?.into_iter();
    let mut pairs = Vec::with_capacity(items.len() / 2);
    while let Some(item) = items.next() {
        pairs.push(match item {
            Value::Array(pair) => <[Value; 2]>::try_from(pair)
                .map(Into::into)
                .map_err(|pair| unexpected("a pair", &Value::Array(pair)))?,
            first => (first, items.next().ok_or_else(|| unexpected("a pair", &Value::Nil))?),
        });
    }
    Ok(pairs)
}

/// The next cursor of a scan, and the elements of this page.
pub fn page(reply: Value) -> Result<(u64, Value)> {
    let mut parts = items(reply)?.into_iter();
    let (Some(next), Some(page)) = (parts.next(), parts.next()) else {
        return Err(unexpected("a cursor and a page", &Value::Nil));
    };
    let next = text(&next).ok_or_else(|| unexpected("a cursor", &next))?;
    Ok((next, page))
}

/// The error for a reply that is not `expected`; the call is filled in by the executor.
pub fn unexpected(expected: &'static str, found: &Value) -> Error {
    let found = match found {
        Value::Nil => "nil",
        Value::Int(_) => "an integer",
        Value::BulkString(_) | Value::SimpleString(_) | Value::VerbatimString { .. } => "a string",
        Value::Array(_) => "an array",
        Value::Okay => "`OK`",
        Value::Map(_) => "a map",
        Value::Set(_) => "a set",
        Value::Double(_) => "a floating-point number",
        Value::Boolean(_) => "a boolean",
        _ => "a reply of another kind",
    };
    Error::Protocol { call: String::new(), expected, found }
}

/// The number that a string reply spells.
fn text<T: std::str::FromStr>(reply: &Value) -> Option<T> {
    match reply {
        Value::BulkString(bytes) => str::from_utf8(bytes).ok()?.parse().ok(),
        Value::SimpleString(text) => text.parse().ok(),
        _ => None,
    }
}
