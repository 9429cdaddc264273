//! What an [`LruDict`] does with all its entries.

use std::hash::Hash;

use super::{
    LruDict,
    cache::Cache,
    pending::{Pending, PendingKind, lock},
    write_batch::WriteBatch,
};
use crate::{
    codec::{Codec, KeyCodec},
    collections::Collection,
    command::reply,
    error::Result,
    memory::write_set::WriteSet,
    store::Executor,
};

impl<K, V, E> LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Sets all `entries`, in memory. They are written when they leave memory, or by
    /// [`sync`](LruDict::sync).
    ///
    /// Nothing while there is room, else what `sync` sends: all dirty entries are written, and the
    /// oldest leave.
    ///
    /// # Errors
    ///
    /// That of the write, if there was one. The entries are in memory even then, if `maxsize` is not
    /// 0.
    pub fn extend(&self, entries: impl IntoIterator<Item = (K, V)>) -> E::Reply<'static, ()> {
        // Whoever gives the entries may ask this very dictionary for them.
        let entries: Vec<(K, V)> = entries.into_iter().collect();
        let (mut cache, mut batch) = (self.lock(), WriteBatch::default());
        let bypassed = cache.put_all::<E::Codec>(entries, self.write_through, &mut batch);
        drop(cache);
        let fault = batch.fault.take();
        let fault = fault.map(|error| error.located(|| (self.key().into(), String::new())));
        self.flush(batch, bypassed, |_| fault.map_or(Ok(()), Err))
    }

    /// Removes every entry, in Redis too.
    ///
    /// Other threads may see some of them gone before the others, and what they set at the same time
    /// may stay.
    ///
    /// `UNLINK`, O(1), and O(n) in memory.
    pub fn clear(&self) -> E::Reply<'static, ()> {
        let removals = self.lock().begin_clear();
        let pending = Pending::new(&self.cache, Vec::new(), PendingKind::Clear(removals));
        let handle = self.remote.handle();
        handle.run(handle.idempotent("UNLINK"), |answer| {
            pending.confirm(|| Ok(Vec::new()))?;
            reply::unit(answer)
        })
    }

    /// Writes all dirty entries, atomically, and sends nothing if there are none.
    ///
    /// The time to live stays. An entry that another thread is changing at the same time may stay
    /// dirty.
    ///
    /// `HSET` + `HDEL` in one script, O(dirty entries). Past 10,000 entries or 1 MB it is one round
    /// trip for each such chunk into a temporary key, and still one script that writes.
    pub fn sync(&self) -> E::Reply<'static, ()> {
        let batch = self.lock().collect_dirty::<E::Codec>();
        self.flush(batch, Vec::new(), |_| Ok(()))
    }

    /// Writes all dirty entries, and keeps none in memory.
    ///
    /// `HSET` + `HDEL` in one script, O(dirty entries), staged as by [`sync`](LruDict::sync).
    pub fn sync_and_clear(&self) -> E::Reply<'static, ()> {
        let batch = self.lock().collect_dirty::<E::Codec>();
        self.flush(batch, Vec::new(), |cache| {
            cache.drop_clean();
            Ok(())
        })
    }

    /// Writes `freight` with what is `passing` memory, in chunks if it is large, and then does `then`
    /// to the memory.
    fn flush(
        &self,
        mut batch: WriteBatch<K>,
        bypassed: Vec<(K, V)>,
        then: impl FnOnce(&mut Cache<K, V>) -> Result<()> + Send + 'static,
    ) -> E::Reply<'static, ()> {
        let mut writes = WriteSet::default();
        batch.write(self.remote.handle().key(), &mut writes);
        let pending = Pending::new(&self.cache, batch.versions, PendingKind::Bypass(bypassed));
        let cache = self.cache.clone();
        writes.run(self.remote.handle().executor(), move |_| {
            pending.confirm(|| Ok(Vec::new()))?;
            then(&mut lock(&cache))
        })
    }
}
