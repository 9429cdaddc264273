//! What calls are given: so little of each kind that calls meet again and again.

use std::ops::Range;

use proptest::{collection, prelude::*, sample};
use redis_collections::{Operand, Store};

use super::{Model, Pair};

/// A key, a member or a thing.
pub(crate) fn keys() -> Range<u8> {
    0..5
}

/// A value; the last one has more than one byte.
pub(crate) fn values() -> impl Strategy<Value = u16> {
    sample::select(&[0, 1, 2, 300])
}

/// None of them, one, or a few.
pub(crate) fn few<S: Strategy>(some: S) -> impl Strategy<Value = Vec<S::Value>> {
    collection::vec(some, 0..5)
}

/// What a call takes part in, beside the collection that it is made on.
#[derive(Clone, Debug)]
pub(crate) enum Other<L> {
    /// The same collection.
    Itself,
    /// The other one on the server.
    Theirs,
    /// One in memory.
    Local(L),
}

impl<L: Clone + std::fmt::Debug> Other<L> {
    /// Any of them, with what `local` gives in memory.
    pub(crate) fn any(local: impl Strategy<Value = L>) -> impl Strategy<Value = Self> {
        prop_oneof![Just(Other::Theirs), Just(Other::Itself), local.prop_map(Other::Local)]
    }

    /// What the call is given on the server.
    pub(crate) fn operand<'o, M, R>(&'o self, pair: &'o Pair<M>) -> &'o dyn Operand<R, Store>
    where
        M: Model + Operand<R, Store>,
        L: Operand<R, Store>,
    {
        match self {
            Other::Itself => &pair.ours.redis,
            Other::Theirs => &pair.theirs.redis,
            Other::Local(local) => local,
        }
    }

    /// What stands for it in memory.
    pub(crate) fn std<M: Model>(&self, pair: &Pair<M>) -> M::Std
    where
        L: Into<M::Std>,
    {
        match self {
            Other::Itself => pair.ours.std.clone(),
            Other::Theirs => pair.theirs.std.clone(),
            Other::Local(local) => local.clone().into(),
        }
    }
}

/// What the program makes of a value, in `modify`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change<T> {
    Leave,
    Remove,
    Put(T),
}

impl<T: Clone + std::fmt::Debug> Change<T> {
    pub(crate) fn any(new: impl Strategy<Value = T>) -> impl Strategy<Value = Self> {
        prop_oneof![Just(Change::Leave), Just(Change::Remove), new.prop_map(Change::Put)]
    }

    pub(crate) fn make(self, old: Option<T>) -> Option<T> {
        match self {
            Change::Leave => old,
            Change::Remove => None,
            Change::Put(new) => Some(new),
        }
    }
}
