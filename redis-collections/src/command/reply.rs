//! Readers of replies: functions from a server's reply to a Rust value.
//!
//! Pass one to [`Executor::run`](crate::Executor::run) with a request. Most are for one shape of reply;
//! [`list`], [`pairs`], [`optional_pair`] and [`or_nil`] take readers for the parts. Each accepts the
//! RESP2 and the RESP3 form. A reply of another shape is [`Error::Protocol`](crate::Error::Protocol).
//!
//! ```
//! use redis_collections::{
//!     Bincode, Dict, Executor, Store,
//!     raw::{Request, key_of, reply},
//! };
//!
//! # let store = Store::temporary()?;
//! let ages: Dict<String, u32> = Dict::open(&store, "ages");
//! ages.set("ada", &36)?; //                                        HSET ages "ada" 36
//!
//! let pick = Request::read("HRANDFIELD", &key_of(&ages)).arg(2);
//! let names: Vec<String> =
//!     store.run(pick, |reply| reply::list(reply, reply::key::<Bincode, _>))?;
//! assert_eq!(names, ["ada"]); //                                    HRANDFIELD ages 2
//! # Ok::<_, redis_collections::Error>(())
//! ```

use redis::Value;

use crate::{
    codec::{Codec, KeyCodec, decode_key},
    error::{Error, Result},
};

/// Reads an integer; nil is 0.
pub fn int(reply: Value) -> Result<i64> {
    match reply {
        Value::Int(number) => Ok(number),
        Value::Nil => Ok(0),
        other => text(&other).ok_or_else(|| unexpected("an integer", &other)),
    }
}

/// Reads a count, as from `HLEN`; nil is 0.
pub fn size(reply: Value) -> Result<usize> {
    int(reply).map(|number| usize::try_from(number).unwrap_or(0))
}

/// Reads a truth value, as from `EXISTS`: every integer except 0 is true.
pub fn flag(reply: Value) -> Result<bool> {
    match reply {
        Value::Boolean(flag) => Ok(flag),
        other => int(other).map(|number| number != 0),
    }
}

/// Ignores the reply, as from `SET`.
pub fn unit(_: Value) -> Result<()> {
    Ok(())
}

/// Fails: the reader of a request that is never sent, because building it failed.
pub(crate) fn nothing<T>(_: Value) -> Result<T> {
    Err(unexpected("no reply", &Value::Nil))
}

/// Reads an integer, or `None` from nil.
pub fn optional_int(reply: Value) -> Result<Option<i64>> {
    or_nil(reply, int)
}

/// Reads a floating-point number, as from `ZINCRBY`.
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

/// Reads a floating-point number, or `None` from nil, as from `ZSCORE`.
pub fn optional_float(reply: Value) -> Result<Option<f64>> {
    or_nil(reply, float)
}

/// Decodes a value with the codec `C`.
pub fn value<C: Codec<T>, T>(reply: Value) -> Result<T> {
    C::decode(&bytes(reply)?)
}

/// Decodes a key or a member with the codec `C`.
pub fn key<C: KeyCodec<T>, T>(reply: Value) -> Result<T> {
    decode_key::<C, T>(&bytes(reply)?)
}

/// Decodes a value with the codec `C`, or reads `None` from nil, as from `HGET`.
pub fn optional_value<C: Codec<T>, T>(reply: Value) -> Result<Option<T>> {
    or_nil(reply, value::<C, T>)
}

/// Decodes a key or a member with the codec `C`, or reads `None` from nil, as from `SPOP`.
pub fn optional_key<C: KeyCodec<T>, T>(reply: Value) -> Result<Option<T>> {
    or_nil(reply, key::<C, T>)
}

/// Reads an array, each item with `item`; nil is an empty array.
pub fn list<T, B: FromIterator<T>>(
    reply: Value,
    item: impl FnMut(Value) -> Result<T>,
) -> Result<B> {
    items(reply)?.into_iter().map(item).collect()
}

/// Reads pairs, as from `HGETALL`: the first of each with `first`, the second with `second`.
///
/// The reply can be a map, an array of pairs, or an array in which the parts alternate.
pub fn pairs<A, B, T: FromIterator<(A, B)>>(
    reply: Value,
    first: impl Fn(Value) -> Result<A>,
    second: impl Fn(Value) -> Result<B>,
) -> Result<T> {
    raw_pairs(reply)?.into_iter().map(|(a, b)| Ok((first(a)?, second(b)?))).collect()
}

/// Reads one pair, as from `ZPOPMIN`, or `None` from nil and from an empty array.
pub fn optional_pair<A, B>(
    reply: Value,
    first: impl Fn(Value) -> Result<A>,
    second: impl Fn(Value) -> Result<B>,
) -> Result<Option<(A, B)>> {
    let pair = or_nil(reply, raw_pairs)?.unwrap_or_default().into_iter().next();
    pair.map(|(a, b)| Ok((first(a)?, second(b)?))).transpose()
}

/// Reads `None` from nil, and any other reply with `read`.
pub fn or_nil<T>(reply: Value, read: impl FnOnce(Value) -> Result<T>) -> Result<Option<T>> {
    match reply {
        Value::Nil => Ok(None),
        other => read(other).map(Some),
    }
}

/// Reads the bytes of a string.
pub fn bytes(reply: Value) -> Result<Vec<u8>> {
    match reply {
        Value::BulkString(bytes) => Ok(bytes),
        Value::SimpleString(text) | Value::VerbatimString { text, .. } => Ok(text.into_bytes()),
        Value::Int(number) => Ok(number.to_string().into_bytes()),
        other => Err(unexpected("a string", &other)),
    }
}

/// Reads the items of an array or a set; nil has no items.
pub fn items(reply: Value) -> Result<Vec<Value>> {
    match reply {
        Value::Array(items) | Value::Set(items) => Ok(items),
        Value::Nil => Ok(Vec::new()),
        other => Err(unexpected("an array", &other)),
    }
}

/// The replies that [`pairs`] reads, in pairs.
pub(crate) fn raw_pairs(reply: Value) -> Result<Vec<(Value, Value)>> {
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

/// Reads a page of `SCAN`, `HSCAN`, `SSCAN` or `ZSCAN`: the next cursor and the array of elements.
pub fn page(reply: Value) -> Result<(u64, Value)> {
    let mut parts = items(reply)?.into_iter();
    let (Some(next), Some(page)) = (parts.next(), parts.next()) else {
        return Err(unexpected("a cursor and a page", &Value::Nil));
    };
    let next = text(&next).ok_or_else(|| unexpected("a cursor", &next))?;
    Ok((next, page))
}

/// Returns the error of a reader that `expected` one shape of reply and `found` another.
///
/// The executor adds the command and the key.
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

/// The number in a string.
fn text<T: std::str::FromStr>(reply: &Value) -> Option<T> {
    match reply {
        Value::BulkString(bytes) => str::from_utf8(bytes).ok()?.parse().ok(),
        Value::SimpleString(text) => text.parse().ok(),
        _ => None,
    }
}
