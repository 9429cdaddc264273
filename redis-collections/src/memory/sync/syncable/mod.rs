//! [`Syncable`]: a std collection in memory that writes its changes to Redis.

mod field;
pub use field::InMemory;

mod shadows;

mod warn_on_drop;
use warn_on_drop::WarnOnDrop;

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use redis::Value;

use crate::{
    collections::{Collection, KeyHandle},
    command::{Replies, Request, reply},
    error::Result,
    local::{DefaultMap, Scores, Tally},
    memory::{
        sync::{
            PendingSync,
            mirror::{Changes, Mirror, Tracker},
        },
        write_set::WriteSet,
    },
    store::{Connected, Executor, Store},
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

/// A collection in memory that writes its changes, and only them, when it is told to.
///
/// It *is* the local type, through [`Deref`] and [`DerefMut`]; every method of it is there, and
/// costs no round trip. [`sync`](Syncable::sync) then writes what has changed, in one round trip
/// and atomically. Entries, members and scores are written one by one and counts as increments,
/// so that two processes that change different entries both survive.
///
/// ```
/// # use redis_collections::{Dict, Store, SyncableDict};
/// # let store = Store::temporary()?;
/// let mut settings: SyncableDict<String, u32> = SyncableDict::open(&store, "settings")?; // HGETALL
/// settings.insert("volume".into(), 7); //           in memory
/// *settings.entry("zoom".into()).or_default() += 1; // in memory
/// assert!(settings.is_dirty());
///
/// settings.sync()?; //                              HSET settings "volume" 7 "zoom" 1
/// let remote: Dict<String, u32> = Dict::open(&store, "settings");
/// assert_eq!(remote.get("zoom")?, Some(1)); //      HGET settings "zoom"
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Syncable<L: Mirror<E::Codec>, E: Executor = Store> {
    local: L,
    tracker: WarnOnDrop<L, E::Codec>,
    remote: L::Remote<E>,
}

impl<L: Mirror<E::Codec>, E: Executor> Syncable<L, E> {
    /// Loads the collection called `name`.
    ///
    /// One reading command, O(n).
    pub fn open(executor: &E, name: &str) -> E::Reply<'static, Self>
    where
        E: Connected,
        Self: Send,
    {
        Self::of(&Collection::from_handle(KeyHandle::of_name(executor, name)))
    }

    /// Loads the collection `remote`, with what that was opened with: the `maxlen` of a deque, the
    /// default of a dictionary.
    ///
    /// One reading command, O(n).
    pub fn of(remote: &L::Remote<E>) -> E::Reply<'static, Self>
    where
        E: Connected,
        Self: Send,
    {
        let handle = remote.handle().clone();
        let executor = handle.executor().clone();
        executor.run(L::ask(handle.key()), move |answer| Self::loaded(handle, answer))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.remote.handle().key().as_str()
    }

    /// Returns the collection in Redis, which does not see changes before they are synced.
    pub fn remote(&self) -> &L::Remote<E> {
        &self.remote
    }

    /// Returns whether there are changes that have not been written.
    ///
    /// It is exact: what was changed and changed back is clean. Sends nothing; O(entries touched),
    /// or O(n) after a mutable borrow of the whole.
    pub fn is_dirty(&self) -> bool {
        self.tracker.differs(&self.local)
    }

    /// Returns what a sync would write: keys or positions, and none of the values.
    ///
    /// Sends nothing; costs what [`is_dirty`](Syncable::is_dirty) costs.
    pub fn changes(&self) -> Changes<<L::Tracker as Tracker<L, E::Codec>>::At> {
        self.tracker.changes(&self.local)
    }

    /// Writes the changes, atomically, and sends nothing if there are none.
    ///
    /// The time to live stays. For lists and deques, the answer brings what others have added or
    /// taken at the ends.
    ///
    /// One script, O(number of changes); past 10,000 entries or 1 MB, they are staged first.
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if a list or deque was changed elsewhere than at its
    /// ends, and Redis has changed since it was loaded; nothing is written then.
    /// [`Decode`](crate::Error::Decode) if an entry could not be read when it was loaded;
    /// [`sync_replace`](Syncable::sync_replace) writes over it.
    ///
    /// If the [outcome](crate::Error::outcome) is `Unknown`, or the future was dropped, the changes
    /// may have been written. Call `sync` again: the server knows for 60 seconds which increments
    /// and pushes it has made, and makes each once. After that nobody knows, and it is a
    /// [`Conflict`](crate::Error::Conflict).
    pub fn sync(&mut self) -> E::Reply<'_, ()> {
        let executor = self.executor();
        PendingSync::sync(&executor, vec![self], WriteSet::default())
    }

    /// Writes the changes as [`sync`](Syncable::sync) does, if no entry that would be written was
    /// changed by others since it was loaded.
    ///
    /// One script, O(number of changes).
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if one was, or if a list or deque was changed at all;
    /// nothing is written then. [`refresh`](Syncable::refresh) shows what is there now.
    pub fn sync_checked(&mut self) -> E::Reply<'_, ()> {
        let executor = self.executor();
        PendingSync::sync(&executor, vec![self], WriteSet::checked())
    }

    /// Makes Redis equal to memory, whatever stands there. The time to live stays.
    ///
    /// One script, O(n); past 10,000 entries or 1 MB, they are staged first.
    pub fn sync_replace(&mut self) -> E::Reply<'_, ()> {
        let (executor, mut writes) = (self.executor(), WriteSet::default());
        self.tracker.replace(&self.local, self.remote.handle().site(), &mut writes);
        PendingSync::send(&executor, vec![self], writes)
    }

    /// Drops the changes in memory, and reads the collection again.
    ///
    /// One reading command, O(n).
    pub fn reload(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut asks = Vec::new();
        self.tracker.ask_lost(handle.site(), &mut asks);
        asks.push(L::ask(handle.key()));
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        handle.run(Request::atomic(asks), move |answer| {
            let last = reply::items(answer)?.pop().unwrap_or_default();
            (*local, **tracker) = L::load(&site, last)?;
            Ok(())
        })
    }

    /// Reads the collection again, and keeps the changes in memory upon what is there now.
    ///
    /// One reading command, O(n).
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if a list or deque has changes that cannot stand upon
    /// those of others; memory is as it was.
    pub fn refresh(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut asks = Vec::new();
        if let Err(error) = self.tracker.ask_all(handle.site(), &mut asks) {
            return handle.ready(Err(error));
        }
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        handle.run(Request::atomic(asks), move |answer| {
            tracker.refresh(local, &site, &mut Replies::new(answer)?)
        })
    }

    /// Drops the changes in memory, and reads the changed entries again; sends nothing if there
    /// are none.
    ///
    /// `HMGET`, `SMISMEMBER` or `ZMSCORE`, O(number of changes); `LRANGE`, O(n), for a list.
    pub fn discard(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut asks = Vec::new();
        self.tracker.ask(&self.local, handle.site(), &mut asks);
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        let mut renew = move |replies: Result<Replies>| tracker.renew(local, &site, &mut replies?);
        if asks.is_empty() {
            return handle.ready(renew(Ok(Replies::none())));
        }
        handle.run(Request::atomic(asks), move |answer| renew(Replies::new(answer)))
    }

    /// Gives up what is known of Redis, and returns the local type.
    pub fn into_local(mut self) -> L {
        self.tracker.give_up();
        self.local
    }

    fn executor(&self) -> E {
        self.remote.handle().executor().clone()
    }

    fn loaded(handle: KeyHandle<E>, answer: Value) -> Result<Self> {
        let (local, tracker) = L::load(handle.site(), answer)?;
        let tracker = WarnOnDrop::new(tracker, handle.key().clone());
        Ok(Syncable { local, tracker, remote: Collection::from_handle(handle) })
    }
}

impl<L: Mirror<E::Codec>, E: Executor> Deref for Syncable<L, E> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.local
    }
}

/// Whatever goes this way counts as a change of anything; the sync compares all entries then.
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
