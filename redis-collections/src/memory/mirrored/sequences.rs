//! [`Vec`] and [`VecDeque`]: what a [`List`] and a [`Deque`] are in memory.

use std::collections::VecDeque;

use redis::Value;

use crate::{
    codec::Codec,
    collections::{Deque, List, Target},
    command::{Key, Request, reply},
    error::Result,
    memory::{
        field::Limited,
        sync::mirror::{Elements, Mirror, Order, mirrored_field},
        write_set::{Action, Writes},
    },
    store::Executor,
};

macro_rules! local_sequence {
    ($sequence:ident, $remote:ident, $kind:literal) => {
        impl<T: Send + 'static, C: Codec<T>> Mirror<C> for $sequence<T> {
            type Remote<E: Executor<Codec = C>> = $remote<T, E>;
            type Known = Order;

            fn ask(key: &Key) -> Request {
                Request::read("LRANGE", key).arg(0).arg(-1)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::list(answer, reply::value::<C, T>)
            }

            fn load(_: &Target, answer: Value) -> Result<(Self, Order)> {
                Order::load::<C, Self>(answer)
            }

            fn replace(&self, target: &Target, writes: &mut Writes) {
                let kept =
                    target.options.maxlen.map_or(0, |maxlen| self.len().saturating_sub(maxlen));
                writes.section(Action::Replace, &target.key);
                writes.arg(if target.options.maxlen.is_some() { "bounded" } else { "list" });
                self.iter().skip(kept).for_each(|element| writes.value::<C, T>(element));
            }
        }

        impl<T: 'static> Elements for $sequence<T> {
            type Element = T;

            fn elements(&self) -> impl ExactSizeIterator<Item = &T> {
                self.iter()
            }

            fn at(&self, index: usize) -> Option<&T> {
                self.get(index)
            }
        }

        mirrored_field! {
            [T] $sequence<T>: $kind, C::NAME;
            where
                T: Send + 'static,
                C: Codec<T>
        }
    };
}

local_sequence!(Vec, List, "List");
local_sequence!(VecDeque, Deque, "Deque");

impl<T> Limited for VecDeque<T> {}
