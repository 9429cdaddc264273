//! [`Script`]: a Lua script that the server carries out as one command.

use std::sync::OnceLock;

use sha1::{Digest, Sha1};

use crate::command::Retry;

/// A Lua script: its text, and the hash by which the server knows it once it has seen it.
///
/// It is sent as `EVALSHA`, and as `EVAL` if the server answers `NOSCRIPT` or in a transaction.
#[derive(Debug)]
pub struct Script {
    pub(crate) name: &'static str,
    pub(crate) retry: Retry,
    pub(crate) body: &'static str,
    hash: OnceLock<String>,
}

impl Script {
    /// A script that only reads. `name` is the command that stands for it in messages.
    pub const fn read(name: &'static str, body: &'static str) -> Self {
        Self::new(name, Retry::Read, body)
    }

    /// A script that gives the same state and the same answer when it is repeated.
    pub const fn idempotent(name: &'static str, body: &'static str) -> Self {
        Self::new(name, Retry::Idempotent, body)
    }

    /// A script that must not be repeated.
    pub const fn once(name: &'static str, body: &'static str) -> Self {
        Self::new(name, Retry::Once, body)
    }

    const fn new(name: &'static str, retry: Retry, body: &'static str) -> Self {
        Script { name, retry, body, hash: OnceLock::new() }
    }

    /// The hash that `EVALSHA` names it by: SHA-1 in hexadecimal, as Redis computes it.
    pub(crate) fn hash(&self) -> &str {
        self.hash.get_or_init(|| format!("{:x}", Sha1::digest(self.body)))
    }
}
