//! [`Changes`]: the keys or positions that a sync would write.

use std::fmt;

/// The keys or positions that a sync would write, but no values.
///
/// ```
/// # use redis_collections::{Store, SyncableDict};
/// # let store = Store::temporary()?;
/// let mut ages: SyncableDict<String, u32> = SyncableDict::open(&store, "ages")?;
/// ages.insert("ada".into(), 36);
/// ages.sync()?;
///
/// ages.insert("alan".into(), 41);
/// ages.remove("ada");
/// assert_eq!(ages.changes().to_string(), r#"adds "alan"; removes "ada""#);
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<K> {
    pub(super) added: Vec<K>,
    pub(super) changed: Vec<K>,
    pub(super) removed: Vec<K>,
}

impl<K> Changes<K> {
    /// Returns the keys, or the positions in memory, of new entries.
    pub fn added(&self) -> &[K] {
        &self.added
    }

    /// Returns the keys or positions of entries with another value.
    pub fn changed(&self) -> &[K] {
        &self.changed
    }

    /// Returns the keys, or the positions in Redis, of removed entries.
    pub fn removed(&self) -> &[K] {
        &self.removed
    }

    /// Returns the number of changes.
    pub fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// Returns whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K> Default for Changes<K> {
    fn default() -> Self {
        Changes { added: Vec::new(), changed: Vec::new(), removed: Vec::new() }
    }
}

impl<K: fmt::Debug> fmt::Display for Changes<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("adds", &self.added), ("changes", &self.changed), ("removes", &self.removed)];
        let mut parts = parts.into_iter().filter(|(_, keys)| !keys.is_empty()).peekable();
        if parts.peek().is_none() {
            return f.write_str("no changes");
        }
        while let Some((what, keys)) = parts.next() {
            write!(f, "{what} ")?;
            for (at, key) in keys.iter().enumerate() {
                write!(f, "{}{key:?}", if at == 0 { "" } else { ", " })?;
            }
            f.write_str(if parts.peek().is_some() { "; " } else { "" })?;
        }
        Ok(())
    }
}
