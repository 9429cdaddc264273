//! [`Script`]: a Lua script that the server carries out as one command.

use std::sync::OnceLock;

use sha1::{Digest, Sha1};

use crate::command::Retry;

/// A Lua script, which the server carries out as one atomic command.
///
/// Keep it in a `static`, and call it with [`Request::script`](crate::raw::Request::script): the keys
/// are its `KEYS`, the arguments its `ARGV`.
///
/// It is sent as `EVALSHA`, and as `EVAL` in a transaction or if the server replies `NOSCRIPT`.
///
/// ```
/// use redis_collections::{
///     Executor, Store,
///     raw::{Key, Request, Script, reply},
/// };
///
/// /// Adds ARGV[1] to the counter at KEYS[1], up to ARGV[2], and returns it.
/// static ADD_UP_TO: Script = Script::once(
///     "INCRBY",
///     "local sum = tonumber(redis.call('GET', KEYS[1]) or 0) + tonumber(ARGV[1])
///      if sum > tonumber(ARGV[2]) then sum = tonumber(ARGV[2]) end
///      redis.call('SET', KEYS[1], sum)
///      return sum",
/// );
///
/// # let store = Store::temporary()?;
/// let visits = Key::of_name(None, "visits");
/// let add = || Request::script(&ADD_UP_TO, [&visits]).arg(7).arg(10);
/// assert_eq!(store.run(add(), reply::int)?, 7); //     EVALSHA … 1 visits 7 10
/// assert_eq!(store.run(add(), reply::int)?, 10); //    EVALSHA … 1 visits 7 10
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Debug)]
pub struct Script {
    pub(crate) name: &'static str,
    pub(crate) retry: Retry,
    pub(super) text: &'static str,
    hash: OnceLock<String>,
}

impl Script {
    /// Returns a script that only reads. It is sent again if its reply was lost.
    ///
    /// `name` is the command that error messages name, and from which they derive the type of the key:
    /// `HGET` for a script on a hash.
    pub const fn read(name: &'static str, text: &'static str) -> Self {
        Self::new(name, Retry::Read, text)
    }

    /// Returns a script that gives the same state and the same reply if it is repeated. It is sent
    /// again if its reply was lost.
    pub const fn idempotent(name: &'static str, text: &'static str) -> Self {
        Self::new(name, Retry::Idempotent, text)
    }

    /// Returns a script that must not be repeated. If its reply was lost, the call fails with
    /// [`Outcome::Unknown`](crate::Outcome::Unknown).
    pub const fn once(name: &'static str, text: &'static str) -> Self {
        Self::new(name, Retry::Once, text)
    }

    const fn new(name: &'static str, retry: Retry, text: &'static str) -> Self {
        Script { name, retry, text, hash: OnceLock::new() }
    }

    /// The hash that `EVALSHA` takes: SHA-1 of the text in hexadecimal.
    pub(crate) fn hash(&self) -> &str {
        self.hash.get_or_init(|| format!("{:x}", Sha1::digest(self.text)))
    }
}
