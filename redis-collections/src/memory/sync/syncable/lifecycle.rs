//! From opening a [`Syncable`] to its sync.

use redis::Value;

use super::{Syncable, WarnOnDrop};
use crate::{
    collections::{Collection, KeyHandle},
    command::{Replies, Request, reply},
    error::Result,
    memory::{
        sync::{
            PendingSync,
            mirror::{Changes, Mirror, Tracker},
        },
        write_set::WriteSet,
    },
    store::{Connected, Executor},
};

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

    /// Loads the collection `remote`, with the options that it was opened with: the maximum length of a
    /// deque, the default of a dictionary.
    ///
    /// One reading command, O(n).
    pub fn of(remote: &L::Remote<E>) -> E::Reply<'static, Self>
    where
        E: Connected,
        Self: Send,
    {
        let handle = remote.handle().clone();
        let executor = handle.executor().clone();
        executor.run(L::read_request(handle.key()), move |reply| Self::loaded(handle, reply))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.remote.handle().key().as_str()
    }

    /// Returns the collection in Redis. It has no changes that were not synced.
    pub fn remote(&self) -> &L::Remote<E> {
        &self.remote
    }

    /// Returns whether there are unsynced changes.
    ///
    /// The result is exact: an entry that was changed and changed back is clean. Sends nothing;
    /// O(entries touched), or O(n) after a mutable borrow of the local type.
    pub fn is_dirty(&self) -> bool {
        self.tracker.differs(&self.local)
    }

    /// Returns the keys or positions that a sync would write, but no values.
    ///
    /// Sends nothing; costs as much as [`is_dirty`](Syncable::is_dirty).
    pub fn changes(&self) -> Changes<<L::Tracker as Tracker<L, E::Codec>>::At> {
        self.tracker.changes(&self.local)
    }

    /// Writes the changes atomically. Sends nothing if there are none.
    ///
    /// The key keeps its time to live. For a list or a deque, memory then has the list with the changes of
    /// others at its ends.
    ///
    /// One command or one script, O(number of changes). Over 10,000 entries or 1 MiB, the changes are staged
    /// first, one round trip a chunk.
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if a list or deque was changed elsewhere than at its ends, and
    /// others have changed it since it was loaded. Nothing is written then.
    /// [`Decode`](crate::Error::Decode) if an entry could not be decoded when the collection was loaded;
    /// [`sync_replace`](Syncable::sync_replace) overwrites that entry.
    ///
    /// If the [outcome](crate::Error::outcome) is `Unknown`, or if the future was dropped, the changes may
    /// have been written. Call `sync` again. For 60 seconds the server remembers which increments and
    /// pushes it has made, and makes each of them once. After that, the sync fails with
    /// [`Conflict`](crate::Error::Conflict).
    pub fn sync(&mut self) -> E::Reply<'_, ()> {
        let executor = self.executor();
        PendingSync::sync(&executor, vec![self], WriteSet::default())
    }

    /// Writes the changes as [`sync`](Syncable::sync) does, unless others have changed an entry that it
    /// would write.
    ///
    /// One script, O(number of changes).
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if others have changed such an entry since it was loaded, or
    /// have changed a list or deque at all. Nothing is written then; [`refresh`](Syncable::refresh) reads
    /// the current entries.
    pub fn sync_checked(&mut self) -> E::Reply<'_, ()> {
        let executor = self.executor();
        PendingSync::sync(&executor, vec![self], WriteSet::checked())
    }

    /// Makes Redis equal to memory, and overwrites changes by others. The key keeps its time to live.
    ///
    /// One script, O(n). Over 10,000 entries or 1 MiB, the entries are staged first.
    pub fn sync_replace(&mut self) -> E::Reply<'_, ()> {
        let (executor, mut writes) = (self.executor(), WriteSet::default());
        self.tracker.pre_replace(&self.local, self.remote.handle().site(), &mut writes);
        PendingSync::send(&executor, vec![self], writes)
    }

    /// Drops the changes in memory, and loads the collection again.
    ///
    /// One reading command, O(n).
    pub fn reload(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut reads = Vec::new();
        self.tracker.pre_reload(handle.site(), &mut reads);
        reads.push(L::read_request(handle.key()));
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        handle.run(Request::atomic(reads), move |reply| {
            let last = reply::items(reply)?.pop().unwrap_or_default();
            (*local, **tracker) = L::load(&site, last)?;
            Ok(())
        })
    }

    /// Loads the collection again, and applies the changes in memory to it.
    ///
    /// One reading command, O(n).
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if the changes of a list or deque cannot be applied to those of
    /// others. Memory is unchanged then.
    pub fn refresh(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut reads = Vec::new();
        if let Err(error) = self.tracker.pre_refresh(handle.site(), &mut reads) {
            return handle.ready(Err(error));
        }
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        handle.run(Request::atomic(reads), move |reply| {
            tracker.post_refresh(local, &site, &mut Replies::new(reply)?)
        })
    }

    /// Drops the changes in memory, and reads the changed entries again. Sends nothing if there are no
    /// changes.
    ///
    /// `HMGET`, `SMISMEMBER` or `ZMSCORE`, O(number of changes); `LRANGE`, O(n), for a list.
    pub fn discard(&mut self) -> E::Reply<'_, ()> {
        let handle = self.remote.handle();
        let mut reads = Vec::new();
        self.tracker.pre_discard(&self.local, handle.site(), &mut reads);
        let (local, tracker, site) = (&mut self.local, &mut self.tracker, handle.site().clone());
        let mut finish =
            move |replies: Result<Replies>| tracker.post_discard(local, &site, &mut replies?);
        if reads.is_empty() {
            return handle.ready(finish(Ok(Replies::none())));
        }
        handle.run(Request::atomic(reads), move |reply| finish(Replies::new(reply)))
    }

    /// Returns the local type. Its unsynced changes are not written.
    pub fn into_local(mut self) -> L {
        self.tracker.give_up();
        self.local
    }

    fn executor(&self) -> E {
        self.remote.handle().executor().clone()
    }

    pub(super) fn loaded(handle: KeyHandle<E>, reply: Value) -> Result<Self> {
        let (local, tracker) = L::load(handle.site(), reply)?;
        let tracker = WarnOnDrop::new(tracker, handle.key().clone());
        Ok(Syncable { local, tracker, remote: Collection::from_handle(handle) })
    }
}
