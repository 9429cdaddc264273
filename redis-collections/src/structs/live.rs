//! [`LiveStruct`]: the methods of every live twin.

use std::{iter, sync::Arc, time::Duration};

use redis::Value;

use super::{RedisStruct, delete, exists, keys, read, reads};
use crate::{
    collections::millis,
    command::{Key, Replies, Request, reply},
    error::Result,
    memory::{field::Synced, sync::PendingSync, write_set::WriteSet},
    store::Executor,
};

/// The instance of a live twin, and its executor.
#[derive(Clone, Debug)]
pub struct InstanceHandle<E> {
    executor: E,
    base: Key,
    id: Arc<str>,
}

impl<E: Executor> InstanceHandle<E> {
    /// The instance `id` in `namespace`.
    pub(crate) fn new(executor: &E, namespace: &str, id: &str) -> Self {
        InstanceHandle {
            executor: executor.clone(),
            base: Key::of_instance(namespace, id),
            id: id.into(),
        }
    }

    /// The instance of a nested struct, at the key of the outer struct's field.
    pub(crate) fn nested(executor: E, base: Key, id: &str) -> Self {
        InstanceHandle { executor, base, id: id.into() }
    }

    /// Returns the key of the struct's own hash.
    pub fn base(&self) -> &Key {
        &self.base
    }

    /// Returns the executor for a field with the codec `C`.
    pub fn executor<C: 'static>(&self) -> E::With<C> {
        self.executor.with()
    }
}

/// The live twin of a plain struct. Its fields are Redis-backed collections.
///
/// The derive implements this trait, and gives each twin the same methods as inherent ones, so code that uses
/// a twin needs no import. *Fields in memory* are those with `#[sync]` or `#[lru]`.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`](crate::Store), a future of one
/// on [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a [`Batch`](crate::Batch).
///
/// ```
/// # use redis_collections::{RedisStruct, Store};
/// # let store = Store::temporary()?;
/// #[derive(RedisStruct, Debug, Default, PartialEq)]
/// struct Player {
///     gold: i64,
///     #[sync]
///     quests: Vec<String>,
/// }
///
/// let mut ada = Player::open(&store, "ada")?; // LRANGE {player:ada}:quests
/// ada.gold.add(5)?; //                           HINCRBY {player:ada} "gold" 5
/// ada.quests.push("find Bob".into()); //         in memory
/// assert!(ada.is_dirty());
/// ada.sync()?; //                                RPUSH in one script
///
/// let plain = ada.snapshot()?; //                MULTI, EXISTS, HGET, LRANGE, EXEC
/// assert_eq!(plain, Some(Player { gold: 5, quests: vec!["find Bob".into()] }));
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub trait LiveStruct<E: Executor>: Sized {
    /// The plain struct.
    type Plain: RedisStruct<Live<E> = Self>;

    #[doc(hidden)]
    fn __instance(&self) -> &InstanceHandle<E>;

    #[doc(hidden)]
    fn __add_synced<'a>(&'a self, all: &mut Vec<&'a dyn Synced>);

    #[doc(hidden)]
    fn __add_synced_mut<'a>(&'a mut self, all: &mut Vec<&'a mut dyn Synced>);

    /// Returns the id of the instance.
    fn id(&self) -> &str {
        &self.__instance().id
    }

    /// Returns whether the instance exists: whether any of its keys does.
    ///
    /// `EXISTS`, O(number of fields).
    fn exists(&self) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        executor.run(exists::<Self::Plain>(base), reply::flag)
    }

    /// Returns whether any field in memory has unsynced changes. Sends nothing.
    fn is_dirty(&self) -> bool {
        let mut locals = Vec::new();
        self.__add_synced(&mut locals);
        locals.into_iter().any(Synced::is_dirty)
    }

    /// Writes the changes of all fields in memory. Sends nothing if there are none.
    ///
    /// One command or one script, O(number of changes). More than 10,000 entries or 1 MiB are staged first.
    fn sync(&mut self) -> E::Reply<'_, ()> {
        self.__send(WriteSet::default())
    }

    /// Writes the changes as [`sync`](LiveStruct::sync) does, unless another client changed one of the same
    /// entries after it was loaded.
    ///
    /// One script, O(number of changes). More than 10,000 entries or 1 MiB are staged first.
    ///
    /// # Errors
    ///
    /// [`Conflict`](crate::Error::Conflict) if another client has changed one. Nothing is written then.
    fn sync_checked(&mut self) -> E::Reply<'_, ()> {
        self.__send(WriteSet::checked())
    }

    #[doc(hidden)]
    fn __send(&mut self, writes: WriteSet) -> E::Reply<'_, ()> {
        let executor = self.__instance().executor.clone();
        let mut locals = Vec::new();
        self.__add_synced_mut(&mut locals);
        PendingSync::sync(&executor, locals, writes.with_schemas([Self::Plain::__SCHEMA]))
    }

    /// Drops the unsynced changes of all fields in memory, and reads the changed entries of `#[sync]` fields
    /// again. Sends nothing if there are no changes.
    ///
    /// The commands of [`Syncable::discard`](crate::Syncable::discard) for each `#[sync]` field, in one
    /// transaction. O(number of changes), or O(n) for lists and deques.
    fn discard(&mut self) -> E::Reply<'_, ()> {
        let executor = self.__instance().executor.clone();
        let mut locals = Vec::new();
        self.__add_synced_mut(&mut locals);
        let mut reads = Vec::new();
        for local in &locals {
            local.pre_discard(&mut reads);
        }
        let renew = move |mut replies: Replies| -> Result<()> {
            locals.into_iter().try_for_each(|local| local.post_discard(&mut replies))
        };
        if reads.is_empty() {
            return executor.ready(renew(Replies::none()));
        }
        executor.run(Request::atomic(reads), move |reply| renew(Replies::new(reply)?))
    }

    /// Returns the stored instance as a plain struct, without unsynced changes, or `None` if it does not exist.
    ///
    /// The commands of [`load`](RedisStruct::load), O(n).
    fn snapshot(&self) -> E::Reply<'static, Option<Self::Plain>> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        let request = Request::atomic(reads::<Self::Plain>(base));
        let (request, base) = (request.with_schemas([Self::Plain::__SCHEMA]), base.clone());
        executor.run(request, move |reply| read(&base, &mut Replies::new(reply)?))
    }

    /// Sets a time to live for all keys of the instance, in milliseconds. Returns `false` if the instance
    /// does not exist.
    ///
    /// `PEXPIRE` for each key, in one transaction, O(number of fields).
    fn expire(&self, time: Duration) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        let requests = for_each_key::<Self::Plain>("PEXPIRE", base);
        let requests = requests.into_iter().map(|request| request.arg(millis(time)));
        executor.run(Request::atomic(requests), any_flag)
    }

    /// Removes the time to live of all keys of the instance. Returns whether any had one.
    ///
    /// `PERSIST` for each key, in one transaction, O(number of fields).
    fn persist(&self) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        let requests = for_each_key::<Self::Plain>("PERSIST", base);
        executor.run(Request::atomic(requests).without_retry(), any_flag)
    }

    /// Returns the shortest time to live of the instance's keys, or `None` if no key has one.
    ///
    /// `PTTL` for each key, in one transaction, O(number of fields).
    fn ttl(&self) -> E::Reply<'static, Option<Duration>> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        let requests = for_each_key::<Self::Plain>("PTTL", base);
        executor.run(Request::atomic(requests), |reply| {
            let times: Vec<i64> = reply::list(reply, reply::int)?;
            let shortest = times.into_iter().filter_map(|time| u64::try_from(time).ok()).min();
            Ok(shortest.map(Duration::from_millis))
        })
    }

    /// Deletes the instance, and returns whether it existed.
    ///
    /// `UNLINK` in one script, O(number of fields). The server frees the memory in the background.
    fn delete(&self) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        executor.run(delete::<Self::Plain>(base), reply::flag)
    }
}

/// `command` for each key of the instance.
fn for_each_key<T: RedisStruct>(command: &'static str, base: &Key) -> Vec<Request> {
    let own = Request::idempotent(command, base);
    let others = keys::<T>(base);
    iter::once(own).chain(others.iter().map(|key| Request::idempotent(command, key))).collect()
}

/// Whether any reply of a transaction is 1.
fn any_flag(reply: Value) -> Result<bool> {
    let flags: Vec<bool> = reply::list(reply, reply::flag)?;
    Ok(flags.contains(&true))
}
