//! [`InMemory`]: a `#[sync]` field, as its live twin sees it.

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

    fn pre_save(&mut self, writes: &mut WriteSet) {
        self.tracker.pre_save(&self.local, self.remote.handle().site(), writes);
    }

    fn post_save(&mut self, replies: &mut Replies) -> Result<()> {
        let Syncable { local, tracker, remote } = self;
        let site = remote.handle().site();
        if tracker.is_saving() {
            replies.next(&site.key, |answer| tracker.post_save(local, site, answer))
        } else {
            tracker.post_save(local, site, Value::Nil)
        }
    }

    fn save_lost(&mut self) {
        self.tracker.save_lost();
    }

    fn save_refused(&mut self) {
        self.tracker.save_refused();
    }

    fn pre_discard(&self, reads: &mut Vec<Request>) {
        self.tracker.pre_discard(&self.local, self.remote.handle().site(), reads);
    }

    fn post_discard(&mut self, replies: &mut Replies) -> Result<()> {
        let Syncable { local, tracker, remote } = self;
        tracker.post_discard(local, remote.handle().site(), replies)
    }
}

/// `#[sync]`: the marker of a field that is in memory.
#[derive(Debug)]
pub struct InMemory<T>(PhantomData<fn() -> T>);

impl<C: 'static, T: SyncField<C>> Field<C> for InMemory<T> {
    type Plain = T::Plain;
    type Live<E: Executor<Codec = C>> = Syncable<T::Local, E>;

    const KIND: &'static str = T::KIND;
    const CODEC: &'static str = T::CODEC;

    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        T::add_reads(site, reads);
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<T::Plain>> {
        T::read(site, replies)
    }

    fn add_writes(plain: &T::Plain, site: &FieldSite, writes: &mut WriteSet) {
        T::add_writes(plain, site, writes);
    }

    fn add_opening_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        reads.push(T::Local::read_request(&site.key()));
    }

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        replies: &mut Replies,
    ) -> Result<Syncable<T::Local, E>> {
        replies.next(&site.key(), |answer| Syncable::loaded(site.handle(&executor), answer))
    }

    fn add_synced<'a, E: Executor<Codec = C>>(
        live: &'a Syncable<T::Local, E>,
        all: &mut Vec<&'a dyn Synced>,
    ) {
        all.push(live);
    }

    fn add_synced_mut<'a, E: Executor<Codec = C>>(
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
