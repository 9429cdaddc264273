//! What the failures of redis-rs mean to a caller.

use redis::{ErrorKind, RedisError};

use super::{Error, Outcome};

/// What servers say of a command that they do not know; in a script, Redis and Valkey say it each in
/// its own way.
const UNKNOWN: [&str; 3] = ["unknown command", "Unknown Redis command", "Unknown command"];

impl Error {
    /// Names the place of an error that was made where only the bytes were known.
    pub(crate) fn located(mut self, location: impl FnOnce() -> (String, String)) -> Self {
        if let Error::Decode { key, .. }
        | Error::Encode { key, .. }
        | Error::Missing { key }
        | Error::OutOfRange { key, .. }
        | Error::Overflow { key }
        | Error::NotANumber { key } = &mut self
        {
            if key.is_empty() {
                *key = location().0;
            }
        } else if let Error::Protocol { call, .. } = &mut self
            && call.is_empty()
        {
            *call = location().1;
        }
        self
    }

    /// What `source` means to the caller of the command `name` at `key`.
    pub(crate) fn from_redis(source: RedisError, name: &str, key: String) -> Self {
        let call = format!("`{name} {key}`");
        let source = without_arguments(source);
        let detail = source.detail().unwrap_or_default();
        match source.code() {
            Some("WRONGTYPE") => Error::WrongType { key, expected: kind_of(name) },
            Some("CROSSSLOT") => Error::CrossSlot { first: key, second: "another key".into() },
            Some("OOM") => Error::OutOfMemory { call, source },
            Some("READONLY") => Error::ReadOnly { call, source },
            Some("NOAUTH" | "WRONGPASS" | "NOPERM") => Error::Auth { call, source },
            Some("OVERFLOW") => Error::Overflow { key },
            Some("NOTNUMBER") => Error::NotANumber { key },
            Some(
                "LOADING" | "BUSY" | "MISCONF" | "NOREPLICAS" | "CLUSTERDOWN" | "MASTERDOWN"
                | "TRYAGAIN",
            ) => Error::NotReady { call, source },
            Some("ERR") if detail.contains("overflow") || detail.contains("not a number (NaN)") => {
                Error::Overflow { key }
            }
            Some("ERR")
                if detail.contains("is not an integer") || detail.contains("not a float") =>
            {
                Error::NotANumber { key }
            }
            Some("ERR") if detail.contains("max number of clients") => {
                Error::NotReady { call, source }
            }
            Some("ERR") if UNKNOWN.iter().any(|words| detail.starts_with(words)) => {
                Error::Unsupported { call, needs: first_to_know(name), source }
            }
            Some(_) => Error::Server { call, source },
            None => Self::from_connection(source, call, Outcome::Unknown),
        }
    }

    /// What `source` means when it is the connection's failure and not the server's answer.
    pub(crate) fn from_connection(source: RedisError, call: String, outcome: Outcome) -> Self {
        match source.kind() {
            ErrorKind::AuthenticationFailed => Error::Auth { call, source },
            ErrorKind::InvalidClientConfig => Error::InvalidName {
                expected: "a URL as in `redis://127.0.0.1:6379/0` or `unix:///run/redis.sock`",
                found: "one that cannot be understood".into(),
            },
            _ if source.is_timeout() && outcome == Outcome::Unknown => {
                Error::Timeout { call, source }
            }
            _ => Error::Unavailable { call, outcome, source },
        }
    }
}

/// The Redis type that commands called `name` work on.
fn kind_of(name: &str) -> &'static str {
    match name.as_bytes() {
        [b'H', ..] => "a hash",
        [b'L' | b'R' | b'B', ..] => "a list",
        [b'S', ..] => "a set",
        [b'Z' | b'G', ..] => "a sorted set",
        _ => "this collection's type",
    }
}

/// The first servers that know the command `name`.
fn first_to_know(name: &str) -> &'static str {
    match name {
        "HPEXPIRE" | "HPEXPIREAT" | "HPERSIST" | "HPTTL" => "Redis 7.4, Valkey 9",
        _ => "Redis 7.0, Valkey 7.2",
    }
}

/// What the server said, without the arguments that it repeats of a command that it does not know.
fn without_arguments(source: RedisError) -> RedisError {
    let cut = source.detail().and_then(|detail| detail.find(", with args beginning"));
    match (source.code(), source.detail(), cut) {
        (Some(code), Some(detail), Some(cut)) => {
            redis::make_extension_error(code.into(), Some(detail[..cut].into()))
        }
        _ => source,
    }
}
