//! [`Tally`]: what a [`Counter`] is in memory.

use std::{collections::HashMap, hash::Hash};

use redis::Value;

use super::{Counter, whole::counts};
use crate::{
    Executor, Key, KeyCodec, Request, Result, Tally,
    collection::Target,
    mirror::{Entries, Marks, Mirror, mirrored_field},
    writes::{Action, Writes},
};

impl<T, C> Mirror<C> for Tally<T>
where
    T: Clone + Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Remote<E: Executor<Codec = C>> = Counter<T, E>;
    type Known = Marks<T, i64>;

    fn ask(key: &Key) -> Request {
        Request::read("HGETALL", key)
    }

    fn read(answer: Value) -> Result<Self> {
        counts::<C, T, HashMap<T, i64>>(answer).map(Tally::from)
    }

    fn load(_: &Target, answer: Value) -> Result<(Self, Self::Known)> {
        let counts = counts::<C, T, HashMap<T, i64>>(answer)?;
        Ok((counts.clone().into(), Marks::new(counts)))
    }

    fn replace(&self, target: &Target, writes: &mut Writes) {
        writes.section(Action::Replace, &target.key);
        writes.arg("count");
        for (thing, count) in self {
            writes.value::<C, T>(thing);
            writes.arg(*count);
        }
    }
}

/// A count is written as what was added since: others may have counted on.
impl<T, C> Entries<C> for Tally<T>
where
    T: Clone + Eq + Hash + 'static,
    C: KeyCodec<T>,
{
    type Key = T;
    type Mark = i64;

    const ACTION: Action = Action::Count;

    fn keys(&self) -> impl Iterator<Item = &T> {
        self.as_map().keys()
    }

    fn mark(&self, thing: &T) -> Result<Option<i64>> {
        Ok(self.as_map().get(thing).copied())
    }

    fn put(&self, thing: &T, old: Option<i64>, writes: &mut Writes) {
        add::<C, T>(thing, self.get(thing).into(), old.unwrap_or(0).into(), writes);
    }

    fn drop(thing: &T, old: i64, writes: &mut Writes) {
        add::<C, T>(thing, 0, old.into(), writes);
    }
}

/// Adds the difference; the server says whether it fits.
fn add<C: KeyCodec<T>, T: 'static>(thing: &T, new: i128, old: i128, writes: &mut Writes) {
    writes.value::<C, T>(thing);
    writes.arg((new - old).to_string());
}

mirrored_field! {
    [T] Tally<T>: "Counter", C::NAME;
    where
        T: Clone + Eq + Hash + Send + 'static,
        C: KeyCodec<T>
}
