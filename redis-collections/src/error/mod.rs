//! [`Error`]: a variant for each way in which a caller can react.

mod meaning;

use std::{fmt, io};

use redis::RedisError;

/// A [`Result`](std::result::Result) whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of any call, with a variant for each way in which a caller can react.
///
/// Any call can fail with `Unavailable`, `Timeout`, `Auth`, `NotReady`, `WrongType`, `InvalidName` or
/// `Server`; any write also with `OutOfMemory` or `ReadOnly`. Methods document only the errors that are
/// peculiar to them.
///
/// Messages name the key, and say what was expected and what was found. They never contain a stored value or
/// a password. [`outcome`](Error::outcome) says whether the call was carried out.
///
/// ```
/// # use redis_collections::{Dict, Error, List, Outcome, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// ages.set("ada", &36)?; //                                         HSET ages "ada" 36
///
/// let queue: List<u32> = List::open(&store, "ages"); //             a list, but the key holds a hash
/// let error = queue.push(&1).unwrap_err();
/// assert!(matches!(error, Error::WrongType { .. }));
/// assert_eq!(error.outcome(), Outcome::NotApplied);
/// # Ok::<_, Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The key holds another Redis type than this collection. Choose another key.
    #[error("expected {expected} at `{key}`, found a key of another type")]
    #[non_exhaustive]
    WrongType {
        /// The key.
        key: String,
        /// The type that the call needs, such as `a hash`.
        expected: &'static str,
    },
    /// Another client changed data that this call would have overwritten. Reload, and decide again.
    #[error("conflict: another client changed {}", list(.keys))]
    #[non_exhaustive]
    Conflict {
        /// The keys that have changed.
        keys: Vec<String>,
    },
    /// The call needs all its keys in one hash slot of the cluster. Give their names one `{tag}`.
    #[error("keys in different hash slots: `{first}` and `{second}`")]
    #[non_exhaustive]
    CrossSlot {
        /// One key.
        first: String,
        /// A key in another slot.
        second: String,
    },
    /// A call on a batch combines collections of two servers. Read the other collection first, and pass
    /// its content.
    #[error("keys on different servers: `{key}` and `{other}`")]
    #[non_exhaustive]
    CrossServer {
        /// The key of the collection whose method was called.
        key: String,
        /// The key on another server.
        other: String,
    },
    /// The struct was stored with another definition. Migrate its data, or use another namespace.
    #[error("expected field `{field}` of `{namespace}` to be {expected}, found {found}")]
    #[non_exhaustive]
    SchemaMismatch {
        /// The struct's namespace.
        namespace: String,
        /// The field that differs.
        field: String,
        /// The program's definition of the field, in words.
        expected: String,
        /// The stored definition of the field, in words.
        found: String,
    },
    /// A stored entry is not a value of the type. The other entries can still be read.
    #[error("cannot decode {len} bytes at `{key}` as {codec}: {reason}")]
    #[non_exhaustive]
    Decode {
        /// The key, and the field of a scalar.
        key: String,
        /// The codec.
        codec: &'static str,
        /// The length of the entry, in bytes.
        len: usize,
        /// Why the bytes are not a value of the type.
        reason: String,
        /// `Applied` for a read; `NotApplied` for a sync that was refused because of this entry.
        outcome: Outcome,
    },
    /// The codec cannot store the value. Change the type, or the codec.
    #[error("cannot encode a value for `{key}` as {codec}: {reason}")]
    #[non_exhaustive]
    Encode {
        /// The key, and the field of a scalar.
        key: String,
        /// The codec.
        codec: &'static str,
        /// Why the codec cannot store the value.
        reason: String,
    },
    /// A field has no value, and its type has no default.
    #[error("expected a value at `{key}`, found none")]
    #[non_exhaustive]
    Missing {
        /// The key and the field.
        key: String,
    },
    /// A name or an id cannot be part of a key, or a URL cannot be parsed.
    #[error("expected {expected}, found {found}")]
    #[non_exhaustive]
    InvalidName {
        /// The valid form, in words.
        expected: &'static str,
        /// The refused name, id or URL, in words.
        found: String,
    },
    /// An index, a score or a coordinate is outside the range that the collection can hold.
    #[error("expected {expected} at `{key}`, found {found}")]
    #[non_exhaustive]
    OutOfRange {
        /// The key.
        key: String,
        /// The valid range, in words.
        expected: String,
        /// The refused argument, in words.
        found: String,
    },
    /// A number would leave the range of its type. It is unchanged.
    #[error("overflow: the number at `{key}` would leave the range of its type")]
    #[non_exhaustive]
    Overflow {
        /// The key, and the field of a scalar.
        key: String,
    },
    /// The stored value is not a number.
    #[error("expected a number at `{key}`, found another value")]
    #[non_exhaustive]
    NotANumber {
        /// The key, and the field of a scalar.
        key: String,
    },
    /// The server could not be reached, or the connection was lost. Try again later.
    #[error("server unavailable for {call}: {source}")]
    #[non_exhaustive]
    Unavailable {
        /// The command and the key.
        call: String,
        /// Whether the command may have been carried out.
        outcome: Outcome,
        /// The error of the connection.
        source: RedisError,
    },
    /// The server did not reply in time. The command may still be carried out.
    #[error("no reply in time to {call}: {source}")]
    #[non_exhaustive]
    Timeout {
        /// The command and the key.
        call: String,
        /// The error of the connection.
        source: RedisError,
    },
    /// The server refused the user name or the password, or does not permit the command to the user.
    #[error("permission denied: {call}: {source}")]
    #[non_exhaustive]
    Auth {
        /// The command and the key.
        call: String,
        /// The server's words.
        source: RedisError,
    },
    /// The server's memory is full. Nothing was written.
    #[error("out of memory: {call}: {source}")]
    #[non_exhaustive]
    OutOfMemory {
        /// The command and the key.
        call: String,
        /// The server's words.
        source: RedisError,
    },
    /// The server is a replica. Write to its primary.
    #[error("read-only server: {call}: {source}")]
    #[non_exhaustive]
    ReadOnly {
        /// The command and the key.
        call: String,
        /// The server's words.
        source: RedisError,
    },
    /// The server is not ready: it is loading, busy, cannot save, lacks replicas, has too many clients, or its
    /// cluster is down. Nothing happened; `source.code()` says which it is.
    #[error("server not ready: {call}: {source}")]
    #[non_exhaustive]
    NotReady {
        /// The command and the key.
        call: String,
        /// The server's words.
        source: RedisError,
    },
    /// The server does not know the command. It is too old, or its administrator removed the command.
    #[error("unsupported command: {call} needs {needs}: {source}")]
    #[non_exhaustive]
    Unsupported {
        /// The command and the key.
        call: String,
        /// The oldest servers that know the command.
        needs: &'static str,
        /// The server's words.
        source: RedisError,
    },
    /// A transaction or a pipeline ran, but some of its commands failed.
    #[error("some commands failed: {}", failures(.failed))]
    #[non_exhaustive]
    Partly {
        /// The position of each failed command among all commands, and its error. A call that sends
        /// several commands (`load`, a long `extend`) takes several positions.
        failed: Vec<(usize, Error)>,
    },
    /// No local server could be found or started.
    #[error("no local Redis or Valkey server: {reason}")]
    #[non_exhaustive]
    NoServer {
        /// Where the library looked, and what to install.
        reason: String,
    },
    /// The managed server's folder or process could not be used.
    #[error("cannot use `{path}`: {source}")]
    #[non_exhaustive]
    Io {
        /// The file or folder.
        path: String,
        /// The system's error.
        source: io::Error,
    },
    /// The server's reply does not fit the command.
    #[error("expected {expected} from {call}, found {found}")]
    #[non_exhaustive]
    Protocol {
        /// The command and the key.
        call: String,
        /// The expected kind of reply.
        expected: &'static str,
        /// The kind of reply that came.
        found: &'static str,
    },
    /// The server refused the command for another reason.
    #[error("command refused: {call}: {source}")]
    #[non_exhaustive]
    Server {
        /// The command and the key.
        call: String,
        /// The server's words.
        source: RedisError,
    },
}

/// Whether a failed call was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The call was not carried out.
    NotApplied,
    /// The call was carried out, but its reply could not be read.
    Applied,
    /// Some commands of a transaction were carried out, and others failed.
    Partly,
    /// The reply was lost. The call may have been carried out.
    Unknown,
}

impl Error {
    /// Returns whether the call that failed was carried out.
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
