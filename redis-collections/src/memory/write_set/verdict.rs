//! The script's verdict: all changes were made, or why none was.

use redis::Value;

use crate::{
    command::{Key, Replies, reply},
    error::{Error, Result},
};

/// The replies for the written keys, if all changes were made.
pub(super) fn replies(answer: Value, keys: &[Key]) -> Result<Replies> {
    if let Value::Int(_) = answer {
        // A single command has no verdict, and no reply for its key.
        return Replies::new(Value::Array(vec![Value::Nil]));
    }
    let mut words = reply::items(answer)?.into_iter();
    let verdict = reply::bytes(words.next().unwrap_or_default())?;
    if verdict == b"ok" {
        return Replies::new(Value::Array(words.collect()));
    }
    let details: Vec<Value> = words.collect();
    let named = |word: &Value| {
        let at = reply::size(word.clone()).unwrap_or_default();
        keys.get(at.wrapping_sub(1)).map(ToString::to_string).unwrap_or_default()
    };
    let key = details.first().map(named).unwrap_or_default();
    Err(match &*verdict {
        b"conflict" => Error::Conflict { keys: details.iter().map(named).collect() },
        b"overflow" => Error::Overflow { key },
        b"number" => Error::NotANumber { key },
        _ => Error::WrongType { key, expected: expected(details.get(1)) },
    })
}

fn expected(kind: Option<&Value>) -> &'static str {
    match kind {
        Some(Value::BulkString(kind)) => match &**kind {
            b"hash" => "a hash",
            b"set" => "a set",
            b"zset" => "a sorted set",
            _ => "a list",
        },
        _ => "this collection's type",
    }
}
