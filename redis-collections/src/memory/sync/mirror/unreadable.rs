//! [`Unreadable`]: an entry that memory does not hold, since it could not be read.

use crate::{
    command::Key,
    error::{Error, Outcome, Result},
};

/// Why an entry could not be read.
///
/// The others are in memory, but what would be written is then not what was meant.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    codec: &'static str,
    len: usize,
    reason: String,
}

impl Unreadable {
    /// Takes an entry of `len` bytes out of `read`, if it is one that cannot be read: the first is
    /// kept in `first`. Other errors are those of the whole.
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

    /// The error of a read of the collection at `key`, which was carried out, or of a sync, which
    /// was not.
    pub(crate) fn error(&self, key: &Key, outcome: Outcome) -> Error {
        let Unreadable { codec, len, reason } = self.clone();
        Error::Decode { key: key.to_string(), codec, len, reason, outcome }
    }
}
