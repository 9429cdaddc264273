//! [`InMemory`]: `#[sync]` fields, and what a live twin does to each of them.

use std::marker::PhantomData;

use redis::Value;

use super::Syncable;
use crate::{
    collections::Collection,
    command::{Replies, Request},
    error::Result,
    memory::{
        field::{Defaulted, Field, FieldSite, Limited, Synced},
        sync::mirror::{Mirror, SyncField, Tracker},
        write_set::WriteSet,
    },
    store::Executor,
};

impl<L: Mirror<E::Codec>, E: Executor> Synced for Syncable<L, E> {
    fn is_dirty(&self) -> bool {
        Syncable::is_dirty(self)
    }

    fn prepare(&mut self, writes: &mut WriteSet) {
        self.tracker.write(&self.local, self.remote.handle().site(), writes);
    }

    fn settle(&mut self, replies: &mut Replies) -> Result<()> {
        let Syncable { local, tracker, remote } = self;
        let site = remote.handle().site();
        if tracker.is_sent() {
            replies.next(&site.key, |answer| tracker.settle(local, site, answer))
        } else {
            tracker.settle(local, site, Value::Nil)
        }
    }

    fn lose(&mut self) {
        self.tracker.lose();
    }

    fn recall(&mut self) {
        self.tracker.recall();
    }

    fn ask(&self, asks: &mut Vec<Request>) {
        self.tracker.ask(&self.local, self.remote.handle().site(), asks);
    }

    fn renew(&mut self, replies: &mut Replies) -> Result<()> {
        let Syncable { local, tracker, remote } = self;
        tracker.renew(local, remote.handle().site(), replies)
    }
}

/// `#[sync]`: the marker of a field that is kept in memory.
#[derive(Debug)]
pub struct InMemory<T>(PhantomData<fn() -> T>);

impl<C: 'static, T: SyncField<C>> Field<C> for InMemory<T> {
    type Plain = T::Plain;
    type Live<E: Executor<Codec = C>> = Syncable<T::Local, E>;

    const KIND: &'static str = T::KIND;
    const CODEC: &'static str = T::CODEC;

    fn ask(site: &FieldSite, asks: &mut Vec<Request>) {
        T::ask(site, asks);
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<T::Plain>> {
        T::read(site, replies)
    }

    fn write(plain: &T::Plain, site: &FieldSite, writes: &mut WriteSet) {
        T::write(plain, site, writes);
    }

    fn ask_live(site: &FieldSite, asks: &mut Vec<Request>) {
        asks.push(T::Local::ask(&site.key()));
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        replies: &mut Replies,
    ) -> Result<Syncable<T::Local, E>> {
        replies.next(&site.key(), |answer| Syncable::loaded(site.handle(&executor), answer))
    }

    fn locals<'a, E: Executor<Codec = C>>(
        live: &'a Syncable<T::Local, E>,
        all: &mut Vec<&'a dyn Synced>,
    ) {
        all.push(live);
    }

    fn locals_mut<'a, E: Executor<Codec = C>>(
        live: &'a mut Syncable<T::Local, E>,
        all: &mut Vec<&'a mut dyn Synced>,
    ) {
        all.push(live);
    }
}

impl<T: Limited> Limited for InMemory<T> {}

impl<C: 'static, T: SyncField<C> + Defaulted<C>> Defaulted<C> for InMemory<T> {
    type Item = T::Item;
}
