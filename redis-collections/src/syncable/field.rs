//! [`InMemory`]: `#[sync]` fields, and what a live twin does to each of them.

use std::marker::PhantomData;

use super::{Syncable, settle};
use crate::{
    Collection, Executor, Request, Result,
    answers::Answers,
    field::{Defaulted, Field, Limited, Spot, Synced},
    mirror::{Known, Mirror, SyncField},
    writes::Writes,
};

impl<L: Mirror<E::Codec>, E: Executor> Synced for Syncable<L, E> {
    fn is_dirty(&self) -> bool {
        Syncable::is_dirty(self)
    }

    fn prepare(&mut self, writes: &mut Writes) {
        self.known.changes(&self.local, self.remote.place().target(), writes);
    }

    fn settle(&mut self, answers: &mut Answers) -> Result<()> {
        settle(&mut self.local, &mut self.known, self.remote.place().key(), answers)
    }

    fn ask(&self, asks: &mut Vec<Request>) {
        asks.push(L::ask(self.remote.place().key()));
    }

    fn renew(&mut self, answers: &mut Answers) -> Result<()> {
        let target = self.remote.place().target();
        (self.local, self.known) = answers.next(&target.key, |answer| L::load(target, answer))?;
        Ok(())
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
