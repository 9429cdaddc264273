//! The calls that any key has.

use std::time::{Duration, SystemTime};

use proptest::{prelude::*, sample};
use redis_collections::{Collection, Store};

use super::{Calls, Model, Pair, call, holds, same};

const A_WHILE: Duration = Duration::from_secs(1_000);

/// Where a collection is moved or copied to.
#[derive(Clone, Copy, Debug)]
enum To {
    Itself,
    Theirs,
}

/// What [`Collection`] gives to every collection.
pub(crate) fn calls_of_any_key<M: Model + Collection<Store>>() -> Calls<M> {
    vec![
        call("exists", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.exists(), !ours.is_missing())
        }),
        call("clear", Just(()), |Pair { ours, .. }, ()| {
            let was_there = !ours.is_missing();
            ours.take();
            same(ours.redis.clear(), was_there)
        }),
        call("rename", targets(), |Pair { ours, theirs, .. }, to| {
            let was_there = !ours.is_missing();
            if let To::Itself = to {
                return same(ours.redis.rename(ours.name), was_there);
            }
            if was_there {
                (theirs.std, theirs.ttl) = (ours.take(), ours.ttl.take());
            }
            same(ours.redis.rename(theirs.name), was_there)
        }),
        call("copy_to", targets(), |Pair { ours, theirs, .. }, to| {
            let was_there = !ours.is_missing();
            if let To::Itself = to {
                return same(ours.redis.copy_to(ours.name), was_there);
            }
            if was_there {
                (theirs.std, theirs.ttl) = (ours.std.clone(), ours.ttl);
            }
            same(ours.redis.copy_to(theirs.name), was_there)
        }),
        call("expire", times(), |Pair { ours, .. }, time| {
            let was_there = !ours.is_missing();
            ours.expire(time);
            same(ours.redis.expire(time), was_there)
        }),
        call("expire_at", times(), |Pair { ours, .. }, time| {
            let was_there = !ours.is_missing();
            ours.expire(time.min(A_WHILE));
            same(ours.redis.expire_at(SystemTime::now() + time.min(A_WHILE)), was_there)
        }),
        call("persist", Just(()), |Pair { ours, .. }, ()| {
            let had_one = ours.ttl.take().is_some();
            same(ours.redis.persist(), had_one)
        }),
        call("ttl", Just(()), |Pair { ours, .. }, ()| {
            let ttl = ours.redis.ttl()?;
            let limit = ours.ttl.map(|millis| Duration::from_millis(millis.unsigned_abs()));
            holds(ttl.is_some() == limit.is_some() && ttl <= limit, || {
                format!("expected at most {limit:?}, found {ttl:?}")
            })
        }),
    ]
}

fn targets() -> impl Strategy<Value = To> {
    sample::select(&[To::Theirs, To::Itself])
}

pub(super) fn times() -> impl Strategy<Value = Duration> {
    sample::select(vec![A_WHILE, Duration::from_secs(2_000), Duration::MAX, Duration::ZERO])
}
