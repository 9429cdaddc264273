//! [`InMemory`]: `#[sync]` fields, and what a live twin does to each of them.

use std::marker::PhantomData;

use redis::Value;

use super::Syncable;
use crate::{
    collections::Collection,
    command::{Answers, Request},
    error::Result,
    memory::{
        field::{Defaulted, Field, Limited, Spot, Synced},
        sync::mirror::{Known, Mirror, SyncField},
        write_set::Writes,
    },
    store::Executor,
};

impl<L: Mirror<E::Codec>, E: Executor> Synced for Syncable<L, E> {
    fn is_dirty(&self) -> bool {
        Syncable::is_dirty(self)
    }

    fn prepare(&mut self, writes: &mut Writes) {
        self.known.write(&self.local, self.remote.place().target(), writes);
    }

    fn settle(&mut self, answers: &mut Answers) -> Result<()> {
        let Syncable { local, known, remote } = self;
        let target = remote.place().target();
        if known.is_sent() {
            answers.next(&target.key, |answer| known.settle(local, target, answer))
        } else {
            known.settle(local, target, Value::Nil)
        }
    }

    fn lose(&mut self) {
        self.known.lose();
    }

    fn recall(&mut self) {
        self.known.recall();
    }

    fn ask(&self, asks: &mut Vec<Request>) {
        self.known.ask(&self.local, self.remote.place().target(), asks);
    }

    fn renew(&mut self, answers: &mut Answers) -> Result<()> {
        let Syncable { local, known, remote } = self;
        known.renew(local, remote.place().target(), answers)
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

    fn ask(spot: &Spot, asks: &mut Vec<Request>) {
        T::ask(spot, asks);
    }

    fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<T::Plain>> {
        T::read(spot, answers)
    }

    fn write(plain: &T::Plain, spot: &Spot, writes: &mut Writes) {
        T::write(plain, spot, writes);
    }

    fn ask_live(spot: &Spot, asks: &mut Vec<Request>) {
        asks.push(T::Local::ask(&spot.key()));
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        spot: &Spot,
        answers: &mut Answers,
    ) -> Result<Syncable<T::Local, E>> {
        answers.next(&spot.key(), |answer| Syncable::loaded(spot.place(&executor), answer))
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
