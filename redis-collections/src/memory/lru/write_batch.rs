//! [`WriteBatch`]: entries that are written together.

use super::clock::Version;
use crate::{
    codec::{Codec, KeyCodec, encode_to_vec},
    command::{Key, Request, Script},
    error::{Error, Result},
    memory::write_set::WriteSet,
};

/// Writes entries, and reads others, in one call.
static EXCHANGE: Script = Script::idempotent("HSET", include_str!("exchange.lua"));

/// Entries that are written together, encoded.
pub(super) struct WriteBatch<K> {
    /// The entries that memory holds, and which versions of them are in the batch.
    pub(super) versions: Vec<(K, Version)>,
    /// Why an entry is not in the batch. It stays in memory.
    pub(super) fault: Option<Error>,
    /// Why the batch must not be written: an entry of it would be lost.
    pub(super) refused: Option<Error>,
    set: Vec<[Vec<u8>; 2]>,
    removed: Vec<Vec<u8>>,
}

impl<K> Default for WriteBatch<K> {
    fn default() -> Self {
        WriteBatch {
            versions: Vec::new(),
            fault: None,
            refused: None,
            set: Vec::new(),
            removed: Vec::new(),
        }
    }
}

impl<K: 'static> WriteBatch<K> {
    /// Adds the entry at `key`, or its removal if there is no `value`.
    pub(super) fn add<C, V: 'static>(&mut self, key: &K, value: Option<&V>) -> Result<()>
    where
        C: KeyCodec<K> + Codec<V>,
    {
        let key = encode_to_vec::<C, K>(key)?;
        match value {
            Some(value) => self.set.push([key, encode_to_vec::<C, V>(value)?]),
            None => self.removed.push(key),
        }
        Ok(())
    }

    /// Adds all `entries`, or none if one of them cannot be encoded.
    pub(super) fn add_all<C, V: 'static>(&mut self, entries: &[(K, V)]) -> Result<()>
    where
        C: KeyCodec<K> + Codec<V>,
    {
        let before = self.set.len();
        let added = entries.iter().try_for_each(|(key, value)| self.add::<C, V>(key, Some(value)));
        if added.is_err() {
            self.set.truncate(before);
        }
        added
    }

    /// Returns the request that writes the batch to the hash at `hash`, and reads the entries at
    /// `keys`.
    pub(super) fn request<C: KeyCodec<K>>(&self, hash: &Key, keys: &[K]) -> Request {
        let request = match keys {
            _ if !self.is_empty() => self.args(Request::script(&EXCHANGE, [hash])),
            [_] => Request::read("HGET", hash),
            _ => Request::read("HMGET", hash),
        };
        request.values::<C, K, _>(keys)
    }

    /// Returns the changes of the hash at `hash` as one write set, and the versions that it writes.
    pub(super) fn into_writes(mut self, hash: &Key) -> (WriteSet, Vec<(K, Version)>) {
        let mut writes = WriteSet::default();
        self.write(hash, &mut writes);
        (writes, self.versions)
    }

    /// Adds the changes of the hash at `hash` to `writes`.
    pub(super) fn write(&mut self, hash: &Key, writes: &mut WriteSet) {
        if let Some(error) = self.refused.take() {
            return writes.fail(error.with_location(|| (hash.to_string(), String::new())));
        }
        if self.is_empty() {
            return;
        }
        let mut edit = writes.hash(hash);
        self.set.iter().for_each(|[field, value]| edit.set_raw(field, value));
        self.removed.iter().for_each(|field| edit.remove_raw(field));
    }

    /// Returns whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.set.is_empty() && self.removed.is_empty()
    }

    fn args(&self, request: Request) -> Request {
        self.bytes().fold(request.arg(self.set.len()).arg(self.removed.len()), Request::arg)
    }

    fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.set.iter().flatten().chain(&self.removed).map(Vec::as_slice)
    }
}
