//! [`Scalar`]: a scalar, with the hash that it is a field of.

use proptest::prelude::*;
use redis_collections::{Collection, Dict, Result, Store};

use super::{Calls, Model, Pair, call, holds, key::times, same};

/// A scalar that is all there is in its hash, which has the time to live.
pub(crate) struct Scalar<S> {
    pub(crate) it: S,
    hash: Dict<String, u8>,
}

/// The field that scalars are in.
pub(crate) const FIELD: &str = "field";

impl<S> Scalar<S> {
    pub(crate) fn new(store: &Store, name: &str, it: S) -> Self {
        Scalar { it, hash: Dict::open(store, name) }
    }
}

/// What every scalar can, and the time to live of its hash.
pub(crate) fn calls_of_any_scalar<S: 'static, T>(
    exists: fn(&S) -> Result<bool>,
    clear: fn(&S) -> Result<bool>,
) -> Calls<Scalar<S>>
where
    Scalar<S>: Model<Std = Option<T>>,
{
    vec![
        call("exists", Just(exists), |Pair { ours, .. }, exists| {
            same(exists(&ours.redis.it), !ours.is_missing())
        }),
        call("clear", Just(clear), |Pair { ours, .. }, clear| {
            same(clear(&ours.redis.it), ours.take().is_some())
        }),
        call("expire", times(), |Pair { ours, .. }: &mut Pair<Scalar<S>>, time| {
            let was_there = !ours.is_missing();
            ours.expire(time);
            same(ours.redis.hash.expire(time), was_there)
        }),
        call("ttl", Just(()), |Pair { ours, .. }, ()| {
            let ttl = ours.redis.hash.ttl()?;
            holds(ttl.is_some() == ours.ttl.is_some(), || format!("found {ttl:?}"))
        }),
    ]
}
