//! [`Modify`]: read, compute here, and write if what was read still stands.

use std::{iter, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};
use redis::Value;

use crate::{
    collections::{HashField, KeyHandle},
    command::{Key, Request, Script, reply},
    error::{Error, Result},
    store::{Connected, Store},
};

static MODIFY: Script = Script::once("HSET", include_str!("scripts/hash_modify.lua"));

/// How often a change is tried before it is given up as a [`Conflict`](Error::Conflict).
const ATTEMPTS: usize = 32;

/// An executor that can compute a change from what it has read: both stores.
///
/// This takes two round trips, and two more each time that somebody else was faster.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no answer yet to compute a change from",
    label = "not a store",
    note = "call this on a store, outside of `pipeline` and `atomic`"
)]
pub trait Modify: Connected {
    /// Reads with `read`, and sends what `change` makes of the answer, until the server says that
    /// what was read still stood. Returns what `change` said beside what was written at last.
    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Self::Reply<'a, T>;
}

/// What to write, if there is anything to write, and what the call answers then.
pub(crate) type Update<T> = (Option<Request>, T);

impl<C: 'static> Modify for Store<C> {
    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        mut change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Result<T> {
        use crate::store::Executor;

        for pause in pauses() {
            std::thread::sleep(pause);
            let (request, outcome) = self.run(read(key), |answer| change(key, answer))?;
            let Some(request) = request else { return Ok(outcome) };
            if self.run(request, reply::flag)? {
                return Ok(outcome);
            }
        }
        Err(overtaken(&read(key)))
    }
}

#[cfg(feature = "aio")]
mod awaiting {
    use super::{Key, Modify, Request, Result, Update, Value, overtaken, pauses, reply};
    use crate::store::{
        Executor,
        aio::{Reply, Store},
    };

    impl<C: 'static> Modify for Store<C> {
        fn modify<'a, T: Send + 'a>(
            &self,
            key: &Key,
            read: impl Fn(&Key) -> Request + Send + 'a,
            mut change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
        ) -> Reply<'a, T> {
            let (store, key) = (self.clone(), key.clone());
            Reply::under_way(async move {
                for pause in pauses() {
                    // A timer would round no pause at all up to a millisecond.
                    if !pause.is_zero() {
                        tokio::time::sleep(pause).await;
                    }
                    let read = store.run(read(&key), |answer| change(&key, answer));
                    let (request, outcome) = read.await?;
                    let Some(request) = request else { return Ok(outcome) };
                    if store.run(request, reply::flag).await? {
                        return Ok(outcome);
                    }
                }
                Err(overtaken(&read(&key)))
            })
        }
    }
}

/// Sets the field of the hash at `handle` that `field` adds to a request, to what `compute` makes of
/// it: nothing stands for a field that is not there. Returns what `compute` said beside it.
pub(crate) fn modify_field<'a, E: Modify, T: Send + 'a>(
    handle: &KeyHandle<E>,
    field: impl Fn(Request) -> Request + Clone + Send + 'a,
    mut compute: impl FnMut(Option<&[u8]>) -> Result<(Option<Vec<u8>>, T)> + Send + 'a,
) -> E::Reply<'a, T> {
    let at = field.clone();
    let read = move |key: &Key| at(Request::read("HGET", key));
    handle.executor().modify(handle.key(), read, move |key, answer| {
        let old = reply::or_nil(answer, reply::bytes)?;
        let (new, outcome) = compute(old.as_deref())?;
        if new == old {
            return Ok((None, outcome));
        }
        let request = field(Request::script(&MODIFY, [key])).arg(usize::from(old.is_some()));
        Ok((Some(request.arg(old).arg(new)), outcome))
    })
}

/// Sets the scalar at `field` to what `compute` makes of it, as [`modify_field`] does.
pub(crate) fn modify_scalar<'a, E: Modify, T: Send + 'a>(
    field: &HashField<E>,
    compute: impl FnMut(Option<&[u8]>) -> Result<(Option<Vec<u8>>, T)> + Send + 'a,
) -> E::Reply<'a, T> {
    let name = field.name().to_owned();
    modify_field(field.handle(), move |request| request.scalar(&name), compute)
}

/// What to wait before each attempt: nothing at first, then longer and longer, and by chance, so
/// that those who hinder each other part.
fn pauses() -> impl Iterator<Item = Duration> {
    let pauses = ExponentialBuilder::default()
        .with_min_delay(Duration::from_micros(200))
        .with_max_delay(Duration::from_millis(10))
        .with_max_times(ATTEMPTS - 1)
        .with_jitter();
    iter::once(Duration::ZERO).chain(pauses.build())
}

fn overtaken(read: &Request) -> Error {
    Error::Conflict { keys: vec![read.location().0] }
}
