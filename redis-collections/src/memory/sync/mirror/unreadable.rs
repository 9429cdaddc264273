//! [`Unreadable`]: an entry that could not be decoded, and so is not in memory.

use crate::{
    command::Key,
    error::{Error, Outcome, Result},
};

/// Why an entry could not be decoded.
///
/// The other entries are in memory, but a sync would not know what it overwrites.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    codec: &'static str,
    len: usize,
    reason: String,
}

impl Unreadable {
    /// Returns `None` for an entry of `len` bytes that could not be decoded, and keeps the first
    /// one in `first`. Other errors are errors of the whole collection.
    pub(crate) fn sift<T>(
        read: Result<T>,
        len: usize,
        first: &mut Option<Self>,
    ) -> Result<Option<T>> {
        let unreadable = match read {
            Ok(read) => return Ok(Some(read)),
            Err(Error::Decode { codec, len, reason, .. }) => Unreadable { codec, len, reason },
            Err(Error::NotANumber { .. } | Error::Overflow { .. }) => {
                Unreadable { codec: "decimal", len, reason: "it is no count".into() }
            }
            Err(error) => return Err(error),
        };
        first.get_or_insert(unreadable);
        Ok(None)
    }

    /// The error of a read of the collection at `key`, which is `Applied`, or of a sync, which is
    /// `NotApplied`.
    pub(crate) fn error(&self, key: &Key, outcome: Outcome) -> Error {
        let Unreadable { codec, len, reason } = self.clone();
        Error::Decode { key: key.to_string(), codec, len, reason, outcome }
    }
}
