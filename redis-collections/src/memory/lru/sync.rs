//! How all dirty entries of an [`LruDict`] are written at once.

use std::hash::Hash;

use super::{
    LruDict,
    pending::{Pending, PendingKind, lock},
    write_batch::WriteBatch,
};
use crate::{
    codec::{Codec, KeyCodec},
    collections::Collection,
    error::Result,
    store::Executor,
};

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Writes all dirty entries, atomically. Sends nothing if there are none.
    ///
    /// Keeps the time to live. An entry that another thread is changing at the same time may stay
    /// dirty.
    ///
    /// `HSET` or `HDEL`, or both in one script, O(dirty entries). Above 10,000 entries or 1 MiB,
    /// each such chunk takes one round trip into a temporary key, and one script then writes them
    /// all.
    pub fn sync(&self) -> E::Reply<'static, ()> {
        let batch = self.lock().collect_dirty::<E::Codec>();
        self.flush(batch, Vec::new(), || Ok(()))
    }

    /// Writes all dirty entries, atomically, and drops all entries from memory.
    ///
    /// `HSET` or `HDEL`, or both in one script, O(dirty entries), in chunks as by
    /// [`sync`](LruDict::sync).
    pub fn sync_and_clear(&self) -> E::Reply<'static, ()> {
        let batch = self.lock().collect_dirty::<E::Codec>();
        let cache = self.cache.clone();
        self.flush(batch, Vec::new(), move || {
            lock(&cache).drop_clean();
            Ok(())
        })
    }

    /// Writes `batch`, which contains the `bypassed` entries, in chunks if it is large. Then calls
    /// `then`.
    pub(super) fn flush(
        &self,
        batch: WriteBatch<K>,
        bypassed: Vec<(K, V)>,
        then: impl FnOnce() -> Result<()> + Send + 'static,
    ) -> E::Reply<'static, ()> {
        let handle = self.remote.handle();
        let (writes, versions) = batch.into_writes(handle.key());
        let pending = Pending::new(&self.cache, versions, PendingKind::Bypass(bypassed));
        writes.run(handle.executor(), move |_| {
            pending.confirm(|| Ok(Vec::new()))?;
            then()
        })
    }
}
