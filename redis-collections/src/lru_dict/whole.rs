//! What an [`LruDict`] does with all its entries.

use std::hash::Hash;

use super::{
    LruDict,
    call::{Call, lock},
    clearance::Clearance,
    freight::Freight,
    memory::Memory,
};
use crate::{Codec, Collection, Executor, KeyCodec, reply, writes::Writes};

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
        let mut memory = self.lock();
        let freight = memory.put_all::<E::Codec>(entries, self.write_through);
        drop(memory);
        self.flush(freight, |_| {})
    }

    /// Removes every entry, in Redis too, and returns whether there were any.
    ///
    /// What other threads set at the same time may stay.
    ///
    /// `UNLINK`, O(1), and O(n) in memory.
    pub fn clear(&self) -> E::Reply<'static, bool> {
        let clearance = Clearance::new(&self.memory);
        let place = self.remote.place();
        place.run(place.once("UNLINK"), |answer| Ok(clearance.was_made(reply::flag(answer)?)))
    }

    /// Writes all dirty entries, atomically, and sends nothing if there are none.
    ///
    /// The time to live stays. An entry that another thread is changing at the same time may stay
    /// dirty.
    ///
    /// `HSET` + `HDEL` in one script, O(dirty entries). Past 10,000 entries or 1 MB it is one round
    /// trip for each such chunk into a temporary key, and still one script that writes.
    pub fn sync(&self) -> E::Reply<'static, ()> {
        let freight = self.lock().pack_dirty::<E::Codec>();
        self.flush(freight, |_| {})
    }

    /// Writes all dirty entries, and keeps none in memory.
    ///
    /// `HSET` + `HDEL` in one script, O(dirty entries), staged as by [`sync`](LruDict::sync).
    pub fn sync_and_clear(&self) -> E::Reply<'static, ()> {
        let freight = self.lock().pack_dirty::<E::Codec>();
        self.flush(freight, Memory::drop_clean)
    }

    /// Writes `freight`, in chunks if it is large, and then does `then` to the memory.
    fn flush(&self, mut freight: Freight<K>, then: fn(&mut Memory<K, V>)) -> E::Reply<'static, ()> {
        let mut writes = Writes::default();
        freight.write(self.remote.place().key(), &mut writes);
        let mut call = Call::new(&self.memory, freight.sent, Vec::new());
        let memory = self.memory.clone();
        writes.run(self.remote.place().executor(), move |_| {
            call.made();
            then(&mut lock(&memory));
            Ok(())
        })
    }
}
