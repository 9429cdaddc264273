//! [`Vec`] and [`VecDeque`] as the local types of a [`List`] and a [`Deque`].

use std::collections::VecDeque;

use redis::Value;

use crate::{
    codec::Codec,
    collections::{Deque, KeySite, List},
    command::{Key, Request, reply},
    error::Result,
    memory::{
        field::Limited,
        sync::mirror::{ListTracker, LocalSequence, Mirror, mirrored_field},
        write_set::{Content, Edit, WriteSet},
    },
    store::Executor,
};

macro_rules! local_sequence {
    ($sequence:ident, $remote:ident, $kind:literal) => {
        impl<T: Send + 'static, C: Codec<T>> Mirror<C> for $sequence<T> {
            type Remote<E: Executor<Codec = C>> = $remote<T, E>;
            type Tracker = ListTracker;

            fn read_request(key: &Key) -> Request {
                Request::read("LRANGE", key).arg(0).arg(-1)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::list(answer, reply::value::<C, T>)
            }

            fn load(_: &KeySite, answer: Value) -> Result<(Self, ListTracker)> {
                ListTracker::load::<C, Self>(answer)
            }

            fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
                let kept =
                    site.options.maxlen.map_or(0, |maxlen| self.len().saturating_sub(maxlen));
                let is_bounded = site.options.maxlen.is_some();
                let content = if is_bounded { Content::BoundedList } else { Content::List };
                let mut edit = writes.replace(&site.key, content);
                self.iter().skip(kept).for_each(|element| edit.push::<C, T>(element));
                edit
            }
        }

        impl<T: 'static> LocalSequence for $sequence<T> {
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
