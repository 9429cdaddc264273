//! [`Syncable`]: a std collection in memory that writes its changes to Redis.

mod warn_on_drop;
use warn_on_drop::WarnOnDrop;

mod lifecycle;

mod shadows;

mod field;
pub use field::InMemory;

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use crate::{
    local::{DefaultMap, Scores, Tally},
    memory::sync::mirror::{Mirror, Tracker},
    store::{Executor, Store},
};

/// A [`HashMap`](std::collections::HashMap) that writes its changes to a [`Dict`](crate::Dict).
pub type SyncableDict<K, V, E = Store> = Syncable<std::collections::HashMap<K, V>, E>;

/// A [`DefaultMap`] that writes its changes to a [`DefaultDict`](crate::DefaultDict).
pub type SyncableDefaultDict<K, V, E = Store> = Syncable<DefaultMap<K, V>, E>;
/// A [`Tally`] that writes its changes to a [`Counter`](crate::Counter), as increments.
pub type SyncableCounter<T, E = Store> = Syncable<Tally<T>, E>;
/// A [`HashSet`](std::collections::HashSet) that writes its changes to a [`Set`](crate::Set).
pub type SyncableSet<T, E = Store> = Syncable<std::collections::HashSet<T>, E>;
/// A [`Vec`] that writes its changes to a [`List`](crate::List).
pub type SyncableList<T, E = Store> = Syncable<Vec<T>, E>;
/// A [`VecDeque`](std::collections::VecDeque) that writes its changes to a [`Deque`](crate::Deque).
pub type SyncableDeque<T, E = Store> = Syncable<std::collections::VecDeque<T>, E>;
/// [`Scores`] that write their changes to a [`SortedSetCounter`](crate::SortedSetCounter).
pub type SyncableScores<T, E = Store> = Syncable<Scores<T>, E>;

/// A collection in memory that writes only its changes, when you call [`sync`](Syncable::sync).
///
/// It *is* the local type, through [`Deref`] and [`DerefMut`]: all methods of the local type are
/// available and send nothing. `sync` writes the changes atomically, in one round trip. Entries, members
/// and scores are written one by one, and counts as increments, so two processes that change different
/// entries both keep their changes.
///
/// Methods that send something return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future
/// of one on [`aio::Store`](crate::aio::Store).
///
/// ```
/// # use redis_collections::{Dict, Store, SyncableDict};
/// # let store = Store::temporary()?;
/// let mut settings: SyncableDict<String, u32> = SyncableDict::open(&store, "settings")?; // HGETALL
/// settings.insert("volume".into(), 7); //             in memory
/// *settings.entry("zoom".into()).or_default() += 1; // in memory
/// assert!(settings.is_dirty());
///
/// settings.sync()?; //                                HSET settings "volume" 7 "zoom" 1
/// let remote: Dict<String, u32> = Dict::open(&store, "settings");
/// assert_eq!(remote.get("zoom")?, Some(1)); //        HGET settings "zoom"
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Syncable<L: Mirror<E::Codec>, E: Executor = Store> {
    local: L,
    tracker: WarnOnDrop<L, E::Codec>,
    remote: L::Remote<E>,
}

impl<L: Mirror<E::Codec>, E: Executor> Deref for Syncable<L, E> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.local
    }
}

/// A mutable borrow may change every entry, so the next sync compares all of them.
impl<L: Mirror<E::Codec>, E: Executor> DerefMut for Syncable<L, E> {
    fn deref_mut(&mut self) -> &mut L {
        self.tracker.touch_all();
        &mut self.local
    }
}

impl<L: Mirror<E::Codec> + PartialEq, E: Executor> PartialEq<L> for Syncable<L, E> {
    fn eq(&self, other: &L) -> bool {
        self.local == *other
    }
}

#[expect(
    clippy::into_iter_without_iter,
    reason = "the local type's `iter` is there through `Deref`"
)]
impl<'a, L: Mirror<E::Codec>, E: Executor> IntoIterator for &'a Syncable<L, E>
where
    &'a L: IntoIterator,
{
    type Item = <&'a L as IntoIterator>::Item;
    type IntoIter = <&'a L as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.local.into_iter()
    }
}

#[expect(clippy::into_iter_without_iter, reason = "the local type's `iter_mut` is there as well")]
impl<'a, L: Mirror<E::Codec>, E: Executor> IntoIterator for &'a mut Syncable<L, E>
where
    &'a mut L: IntoIterator,
{
    type Item = <&'a mut L as IntoIterator>::Item;
    type IntoIter = <&'a mut L as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.tracker.touch_all();
        self.local.into_iter()
    }
}

impl<L: Mirror<E::Codec> + fmt::Debug, E: Executor> fmt::Debug for Syncable<L, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Syncable").field(&self.key()).field(&self.local).finish()
    }
}
