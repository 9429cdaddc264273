//! Turns the errors of redis-rs into [`Error`]s.

use redis::{ErrorKind, RedisError};

use super::{Error, Outcome};

/// How servers begin the message about an unknown command. In a script, Redis and Valkey differ.
const UNKNOWN: [&str; 3] = ["unknown command", "Unknown Redis command", "Unknown command"];

impl Error {
    /// Adds the location to an error that has none yet: the key, and the command with the key.
    ///
    /// Codecs and readers make such errors, since they know only the bytes.
    pub(crate) fn with_location(mut self, location: impl FnOnce() -> (String, String)) -> Self {
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

    /// The error for the server's reply `source` to the command `name` at `key`.
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
                Error::Unsupported { call, needs: oldest_servers(name), source }
            }
            Some(_) => Error::Server { call, source },
            None => Self::from_connection(source, call, Outcome::Unknown),
        }
    }

    /// The error for `source` if the connection failed and the server did not reply.
    pub(crate) fn from_connection(source: RedisError, call: String, outcome: Outcome) -> Self {
        match source.kind() {
            ErrorKind::AuthenticationFailed => Error::Auth { call, source },
            ErrorKind::InvalidClientConfig => Error::InvalidName {
                expected: "a URL such as `redis://127.0.0.1:6379/0` or `unix:///run/redis.sock`",
                found: "one that cannot be parsed".into(),
            },
            _ if source.is_timeout() && outcome == Outcome::Unknown => {
                Error::Timeout { call, source }
            }
            _ => Error::Unavailable { call, outcome, source },
        }
    }
}

/// The Redis type on which the command `name` works.
fn kind_of(name: &str) -> &'static str {
    match name.as_bytes() {
        [b'H', ..] => "a hash",
        [b'L' | b'R' | b'B', ..] => "a list",
        [b'S', ..] => "a set",
        [b'Z', ..] | [b'G', b'E', b'O', ..] => "a sorted set",
        _ => "this collection's type",
    }
}

/// The oldest servers that know the command `name`.
fn oldest_servers(name: &str) -> &'static str {
    match name {
        "HPEXPIRE" | "HPEXPIREAT" | "HPERSIST" | "HPTTL" => "Redis 7.4, Valkey 9",
        _ => "Redis 7.0, Valkey 7.2",
    }
}

/// Removes the arguments, which the server's message about an unknown command repeats.
fn without_arguments(source: RedisError) -> RedisError {
    let cut = source.detail().and_then(|detail| detail.find(", with args beginning"));
    match (source.code(), source.detail(), cut) {
        (Some(code), Some(detail), Some(cut)) => {
            redis::make_extension_error(code.into(), Some(detail[..cut].into()))
        }
        _ => source,
    }
}
