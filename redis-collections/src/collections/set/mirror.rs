//! [`HashSet`] and [`BTreeSet`]: what a [`Set`] is in memory.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use super::Set;
use crate::{
    Executor, Key, KeyCodec, Request, Result,
    collection::Target,
    mirror::{Entries, Marks, Mirror, mirrored_field},
    reply,
    writes::{Action, Writes},
};

macro_rules! local_set {
    ([$($parameter:ident),+] $set:ty where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> Mirror<C> for $set
        where
            T: Clone + Eq + Hash + Send + 'static,
            C: KeyCodec<T>,
            $($bounds)+
        {
            type Remote<E: Executor<Codec = C>> = Set<T, E>;
            type Known = Marks<T, ()>;

            fn ask(key: &Key) -> Request {
                Request::read("SMEMBERS", key)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::list(answer, reply::key::<C, T>)
            }

            fn load(_: &Target, answer: Value) -> Result<(Self, Self::Known)> {
                let members = <Self as Mirror<C>>::read(answer)?;
                let held: HashMap<T, ()> = members.iter().map(|one| (one.clone(), ())).collect();
                Ok((members, Marks::new(held)))
            }

            fn replace(&self, target: &Target, writes: &mut Writes) {
                writes.section(Action::Replace, &target.key);
                writes.arg("set");
                for member in self {
                    writes.value::<C, T>(member);
                }
            }
        }

        impl<$($parameter,)+ C> Entries<C> for $set
        where
            T: Clone + Eq + Hash + 'static,
            C: KeyCodec<T>,
            $($bounds)+
        {
            type Key = T;
            type Mark = ();

            const ACTION: Action = Action::Set;

            fn keys(&self) -> impl Iterator<Item = &T> {
                self.iter()
            }

            fn mark(&self, member: &T) -> Result<Option<()>> {
                Ok(self.contains(member).then_some(()))
            }

            fn put(&self, member: &T, _: Option<()>, writes: &mut Writes) {
                writes.value::<C, T>(member);
            }

            fn drop(member: &T, (): (), writes: &mut Writes) {
                writes.value::<C, T>(member);
            }
        }

        mirrored_field! {
            [$($parameter),+] $set: "Set", C::NAME;
            where
                T: Clone + Eq + Hash + Send + 'static,
                C: KeyCodec<T>,
                $($bounds)+
        }
    };
}

local_set!([T, S] HashSet<T, S> where S: BuildHasher + Default + Send + 'static);
local_set!([T] BTreeSet<T> where T: Ord);
