//! [`Recent`]: a map field of a struct that is an [`LruDict`] in the live twin.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    mem,
};

use super::{LruDict, in_flight::Ending};
use crate::{
    codec::{Codec, KeyCodec},
    collections::Collection,
    command::{Replies, Request, reply},
    error::Result,
    memory::{
        field::{Field, FieldSite, Synced},
        write_set::WriteSet,
    },
    store::Executor,
};

/// A plain type that `#[lru]` can keep partly in memory.
#[diagnostic::on_unimplemented(
    message = "`#[lru]` cannot keep `{Self}` partly in memory",
    label = "not a map without a default",
    note = "remove `#[lru]`, or use a `HashMap` or a `BTreeMap`, without `#[redis(default)]`"
)]
pub trait LruField<C: 'static>: Field<C, Plain = Self> + Default + Send + 'static {
    /// The type of the keys.
    type Key: Clone + Eq + Hash + Send + 'static;

    /// The type of the values.
    type Item: Send + 'static;
}

/// `#[lru]`: marks a field whose most recently used entries are in memory.
///
/// The field may be larger than memory, so the plain struct leaves it alone: `load` gives an empty
/// map, and `save` does not write it.
#[derive(Debug)]
pub struct Recent<T>(PhantomData<fn() -> T>);

impl<C, T> Field<C> for Recent<T>
where
    C: KeyCodec<T::Key> + Codec<T::Item> + 'static,
    T: LruField<C>,
{
    type Plain = T;
    type Live<E: Executor<Codec = C>> = LruDict<T::Key, T::Item, E>;

    const KIND: &'static str = T::KIND;
    const CODEC: &'static str = T::CODEC;

    fn add_reads(_: &FieldSite, _: &mut Vec<Request>) {}

    fn read(_: &FieldSite, _: &mut Replies) -> Result<Option<T>> {
        Ok(Some(T::default()))
    }

    fn add_writes(_: &T, _: &FieldSite, _: &mut WriteSet) {}

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        _: &mut Replies,
    ) -> Result<LruDict<T::Key, T::Item, E>> {
        let handle = site.handle(&executor);
        let maxsize = handle.options().maxsize.unwrap_or_default();
        Ok(LruDict::of(handle, maxsize))
    }

    fn add_synced<'a, E: Executor<Codec = C>>(
        live: &'a LruDict<T::Key, T::Item, E>,
        all: &mut Vec<&'a dyn Synced>,
    ) {
        all.push(live);
    }

    fn add_synced_mut<'a, E: Executor<Codec = C>>(
        live: &'a mut LruDict<T::Key, T::Item, E>,
        all: &mut Vec<&'a mut dyn Synced>,
    ) {
        all.push(live);
    }
}

impl<K, V, S, C> LruField<C> for HashMap<K, V, S>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    S: BuildHasher + Default + Send + 'static,
    C: KeyCodec<K> + Codec<V>,
{
    type Key = K;
    type Item = V;
}

impl<K, V, C> LruField<C> for BTreeMap<K, V>
where
    K: Clone + Eq + Hash + Ord + Send + 'static,
    V: Send + 'static,
    C: KeyCodec<K> + Codec<V>,
{
    type Key = K;
    type Item = V;
}

/// The changes are the dirty entries. Dropping them sends nothing: an entry that is not in memory is
/// read again when it is needed.
impl<K, V, E> Synced for LruDict<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
    Self: Send,
{
    fn is_dirty(&self) -> bool {
        LruDict::is_dirty(self)
    }

    fn pre_save(&mut self, writes: &mut WriteSet) {
        self.save_lost();
        let mut batch = self.lock().collect_dirty::<E::Codec>();
        batch.write(self.remote.handle().key(), writes);
        self.syncing = batch.versions;
    }

    fn post_save(&mut self, replies: &mut Replies) -> Result<()> {
        if self.syncing.is_empty() {
            return Ok(());
        }
        replies.next(self.remote.handle().key(), reply::unit)?;
        let versions = mem::take(&mut self.syncing);
        let mut cache = self.lock();
        cache.end_writes(versions, Ending::Confirmed);
        cache.evict_clean(0);
        Ok(())
    }

    fn save_lost(&mut self) {
        let versions = mem::take(&mut self.syncing);
        let mut cache = self.lock();
        cache.end_writes(versions, Ending::Failed);
        cache.evict_clean(0);
    }

    fn pre_discard(&self, _: &mut Vec<Request>) {}

    fn post_discard(&mut self, _: &mut Replies) -> Result<()> {
        self.lock().drop_dirty();
        Ok(())
    }
}
