//! [`LiveStruct`]: what every live twin can do.

use std::{sync::Arc, time::Duration};

use super::{RedisStruct, asks, delete, exists, keys, read};
use crate::{
    collections::millis,
    command::{Key, Replies, Request, reply},
    error::Result,
    memory::{field::Synced, sync::PendingSync, write_set::WriteSet},
    store::Executor,
};

/// Which instance a live twin is, and the way to reach it.
#[derive(Clone, Debug)]
pub struct InstanceHandle<E> {
    executor: E,
    base: Key,
    id: Arc<str>,
}

impl<E: Executor> InstanceHandle<E> {
    /// The instance called `id` at `namespace`.
    pub(crate) fn new(executor: &E, namespace: &str, id: &str) -> Self {
        InstanceHandle {
            executor: executor.clone(),
            base: Key::of_instance(namespace, id),
            id: id.into(),
        }
    }

    /// The instance that is the field of another one.
    pub(crate) fn nested(executor: E, base: Key, id: &str) -> Self {
        InstanceHandle { executor, base, id: id.into() }
    }

    /// The struct's own hash.
    pub fn base(&self) -> &Key {
        &self.base
    }

    /// The way to reach a field whose codec is `C`.
    pub fn executor<C: 'static>(&self) -> E::With<C> {
        self.executor.with()
    }
}

/// The live twin of a plain struct: its fields are Redis-backed collections.
///
/// The derive gives each twin these calls as methods of its own.
pub trait LiveStruct<E: Executor>: Sized {
    /// The plain struct.
    type Plain: RedisStruct<Live<E> = Self>;

    #[doc(hidden)]
    fn __instance(&self) -> &InstanceHandle<E>;

    #[doc(hidden)]
    fn __locals<'a>(&'a self, all: &mut Vec<&'a dyn Synced>);

    #[doc(hidden)]
    fn __locals_mut<'a>(&'a mut self, all: &mut Vec<&'a mut dyn Synced>);

    /// Returns the id that the twin was opened with.
    fn id(&self) -> &str {
        &self.__instance().id
    }

    /// Returns whether any key of the instance exists.
    fn exists(&self) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        executor.run(exists::<Self::Plain>(base), reply::flag)
    }

    /// Returns whether a field in memory has changes that have not been written.
    fn is_dirty(&self) -> bool {
        let mut locals = Vec::new();
        self.__locals(&mut locals);
        locals.into_iter().any(Synced::is_dirty)
    }

    /// Writes the changes of all fields in memory, atomically.
    fn sync(&mut self) -> E::Reply<'_, ()> {
        self.__send(WriteSet::default())
    }

    /// Writes them if no entry that would be written was changed by others since it was loaded.
    fn sync_checked(&mut self) -> E::Reply<'_, ()> {
        self.__send(WriteSet::checked())
    }

    #[doc(hidden)]
    fn __send(&mut self, writes: WriteSet) -> E::Reply<'_, ()> {
        let executor = self.__instance().executor.clone();
        let mut locals = Vec::new();
        self.__locals_mut(&mut locals);
        PendingSync::sync(&executor, locals, writes.with_schemas([Self::Plain::__SCHEMA]))
    }

    /// Drops the changes of all fields in memory, and reads what was changed again.
    fn discard(&mut self) -> E::Reply<'_, ()> {
        let executor = self.__instance().executor.clone();
        let mut locals = Vec::new();
        self.__locals_mut(&mut locals);
        let mut asks = Vec::new();
        for local in &locals {
            local.ask(&mut asks);
        }
        let renew = move |mut replies: Replies| -> Result<()> {
            locals.into_iter().try_for_each(|local| local.renew(&mut replies))
        };
        if asks.is_empty() {
            return executor.ready(renew(Replies::none()));
        }
        executor.run(Request::atomic(asks), move |answer| renew(Replies::new(answer)?))
    }

    /// Returns the instance as Redis holds it, if it exists; unsynced changes are not in it.
    fn snapshot(&self) -> E::Reply<'static, Option<Self::Plain>> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        let request = Request::atomic(asks::<Self::Plain>(base));
        let (request, base) = (request.with_schemas([Self::Plain::__SCHEMA]), base.clone());
        executor.run(request, move |answer| read(&base, &mut Replies::new(answer)?))
    }

    /// Lets all keys of the instance vanish after `time`, and returns whether it exists.
    fn expire(&self, time: Duration) -> E::Reply<'static, bool> {
        let requests = self.all("PEXPIRE").into_iter().map(|request| request.arg(millis(time)));
        self.any(Request::atomic(requests))
    }

    /// Lets all keys of the instance stay for ever, and returns whether one had a time to live.
    fn persist(&self) -> E::Reply<'static, bool> {
        self.any(Request::atomic(self.all("PERSIST")).without_retry())
    }

    /// Returns how long the instance stays: the shortest time of its keys, if any has one.
    fn ttl(&self) -> E::Reply<'static, Option<Duration>> {
        self.__instance().executor.run(Request::atomic(self.all("PTTL")), |answer| {
            let times: Vec<i64> = reply::list(answer, reply::int)?;
            let shortest = times.into_iter().filter_map(|time| u64::try_from(time).ok()).min();
            Ok(shortest.map(Duration::from_millis))
        })
    }

    /// Deletes the instance, and returns whether it existed.
    fn delete(&self) -> E::Reply<'static, bool> {
        let InstanceHandle { executor, base, .. } = self.__instance();
        executor.run(delete::<Self::Plain>(base), reply::flag)
    }

    #[doc(hidden)]
    fn all(&self, command: &'static str) -> Vec<Request> {
        let base = self.__instance().base();
        let mut all = vec![Request::idempotent(command, base)];
        all.extend(keys::<Self::Plain>(base).iter().map(|key| Request::idempotent(command, key)));
        all
    }

    #[doc(hidden)]
    fn any(&self, request: Request) -> E::Reply<'static, bool> {
        self.__instance().executor.run(request, |answer| {
            let flags: Vec<bool> = reply::list(answer, reply::flag)?;
            Ok(flags.contains(&true))
        })
    }
}
