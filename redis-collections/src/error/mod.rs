//! [`Error`]: everything that can go wrong, by what a caller can do about it.

mod meaning;

use std::{fmt, io};

use redis::RedisError;

/// A [`Result`](std::result::Result) whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong: a variant for each thing a caller could do about it.
///
/// Every message says what was expected, what was found, and at which key; none holds a stored
/// value or a password. [`outcome`](Error::outcome) tells whether the call happened.
///
/// ```
/// # use redis_collections::{Dict, Error, List, Outcome, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// ages.set("ada", &36)?; //                                         HSET ages "ada" 36
///
/// let queue: List<u32> = List::open(&store, "ages"); //             a list where a hash is
/// let error = queue.push(&1).unwrap_err();
/// assert!(matches!(error, Error::WrongType { .. }));
/// assert_eq!(error.outcome(), Outcome::NotApplied);
/// # Ok::<_, Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The key holds another Redis type than this collection: choose another key.
    #[error("expected {expected} at `{key}`, found a key of another type")]
    WrongType {
        /// The key.
        key: String,
        /// What the call works on, as in `a hash`.
        expected: &'static str,
    },
    /// Somebody else changed what would have been overwritten: reload, and decide again.
    #[error("expected what was loaded at {}, found newer changes", list(.keys))]
    Conflict {
        /// The keys that have changed.
        keys: Vec<String>,
    },
    /// The call needs all its keys in one slot of the cluster: give the names one `{tag}`.
    #[error("expected `{first}` and `{second}` in one slot, found two")]
    CrossSlot {
        /// One key.
        first: String,
        /// A key in another slot.
        second: String,
    },
    /// A call of a batch would have to read a collection on another server first: do that before, and
    /// pass what it holds.
    #[error("expected `{key}` and `{other}` on one server, found two")]
    CrossServer {
        /// The key of the collection that was called.
        key: String,
        /// The key on another server.
        other: String,
    },
    /// The struct was stored with another definition: migrate, or use another namespace.
    #[error("expected field `{field}` of `{namespace}` to be {expected}, found {found}")]
    SchemaMismatch {
        /// The struct's namespace.
        namespace: String,
        /// The field that differs.
        field: String,
        /// What the program defines: kind and codec.
        expected: String,
        /// What Redis was written with.
        found: String,
    },
    /// A stored entry is not what the type says; the others can still be read.
    #[error("expected {codec} bytes at `{key}`, found {len} bytes that are not: {reason}")]
    Decode {
        /// The key, and the field of a scalar.
        key: String,
        /// The codec that was used.
        codec: &'static str,
        /// How many bytes the entry has.
        len: usize,
        /// What is wrong with them.
        reason: String,
        /// Whether the call was carried out: a read was, a sync of such a collection is refused.
        outcome: Outcome,
    },
    /// A value cannot be stored by this codec: change the type, or the codec.
    #[error("expected a value that {codec} can store at `{key}`: {reason}")]
    Encode {
        /// The key, and the field of a scalar.
        key: String,
        /// The codec that was used.
        codec: &'static str,
        /// Why it cannot.
        reason: String,
    },
    /// A field without a default is not there.
    #[error("expected a value at `{key}`, found none")]
    Missing {
        /// The key and the field.
        key: String,
    },
    /// A name or an id cannot be part of a key.
    #[error("expected {expected}, found {found}")]
    InvalidName {
        /// What a name must be.
        expected: &'static str,
        /// What this one is.
        found: String,
    },
    /// An index, a score or a coordinate lies outside what the collection holds.
    #[error("expected {expected} at `{key}`, found {found}")]
    OutOfRange {
        /// The key.
        key: String,
        /// What is possible.
        expected: String,
        /// What was given.
        found: String,
    },
    /// A number would leave the range of its type; it is unchanged.
    #[error("expected a number within its range at `{key}`, found an overflow")]
    Overflow {
        /// The key, and the field of a scalar.
        key: String,
    },
    /// The stored value is not a number.
    #[error("expected a number at `{key}`, found something else")]
    NotANumber {
        /// The key, and the field of a scalar.
        key: String,
    },
    /// The server cannot be reached, or the connection was lost: try again later.
    #[error("expected a server that replies {call}: {source}")]
    Unavailable {
        /// The command and the key.
        call: String,
        /// Whether the command can have been carried out.
        outcome: Outcome,
        /// What was met.
        source: RedisError,
    },
    /// The answer did not come in time; the command may still be carried out.
    #[error("expected an answer to {call} in time: {source}")]
    Timeout {
        /// The command and the key.
        call: String,
        /// What was met.
        source: RedisError,
    },
    /// The server does not accept the user, the password, or this user's right to the call.
    #[error("expected to be allowed {call}: {source}")]
    Auth {
        /// The command and the key.
        call: String,
        /// What the server said.
        source: RedisError,
    },
    /// The server's memory is full: nothing was written.
    #[error("expected room for {call}: {source}")]
    OutOfMemory {
        /// The command and the key.
        call: String,
        /// What the server said.
        source: RedisError,
    },
    /// The server is a replica: write to its master.
    #[error("expected a server that takes writes for {call}: {source}")]
    ReadOnly {
        /// The command and the key.
        call: String,
        /// What the server said.
        source: RedisError,
    },
    /// The server is not ready (`LOADING`, `BUSY`, `MISCONF`, `NOREPLICAS`, too many clients, a
    /// cluster that is down): nothing happened; `source.code()` tells which.
    #[error("expected a server that is ready for {call}: {source}")]
    NotReady {
        /// The command and the key.
        call: String,
        /// What the server said.
        source: RedisError,
    },
    /// The server does not know the command: it is older than the call needs, or forbids it.
    #[error("expected a server that knows {call} ({needs}): {source}")]
    Unsupported {
        /// The command and the key.
        call: String,
        /// The servers that know the command.
        needs: &'static str,
        /// What the server said.
        source: RedisError,
    },
    /// A transaction ran, but some of its commands failed.
    #[error("expected every command of a transaction to succeed, found {}", failures(.failed))]
    Partly {
        /// The position of each failed command among all that were sent, and its error. A call of
        /// several commands (`load`, a long `extend`) takes as many positions.
        failed: Vec<(usize, Error)>,
    },
    /// No local server could be found or started.
    #[error("expected a local Redis or Valkey server: {reason}")]
    NoServer {
        /// What was looked for, and what to install.
        reason: String,
    },
    /// The managed server's folder or process could not be used.
    #[error("expected to use `{path}`: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The server answered something that the call cannot mean.
    #[error("expected {expected} from {call}, found {found}")]
    Protocol {
        /// The command and the key.
        call: String,
        /// The shape that was expected.
        expected: &'static str,
        /// The shape that came.
        found: &'static str,
    },
    /// The server refused the command for a reason that has no variant of its own.
    #[error("expected the server to accept {call}: {source}")]
    Server {
        /// The command and the key.
        call: String,
        /// What the server said.
        source: RedisError,
    },
}

/// What became of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Nothing happened.
    NotApplied,
    /// It was done, but the answer cannot be read.
    Applied,
    /// Some commands of a transaction were carried out, others failed.
    Partly,
    /// The reply was lost: it may have happened.
    Unknown,
}

impl Error {
    /// Tells whether the call that failed was carried out.
    pub fn outcome(&self) -> Outcome {
        match self {
            Error::Protocol { .. } | Error::Missing { .. } => Outcome::Applied,
            Error::Partly { .. } => Outcome::Partly,
            Error::Timeout { .. } => Outcome::Unknown,
            Error::Unavailable { outcome, .. } | Error::Decode { outcome, .. } => *outcome,
            _ => Outcome::NotApplied,
        }
    }
}

fn list(keys: &[String]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

fn failures(failed: &[(usize, Error)]) -> impl fmt::Display {
    failed.iter().map(|(at, error)| format!("command {at}: {error}")).collect::<Vec<_>>().join("; ")
}
