//! [`Modify`]: read, compute here, and write if what was read still stands.

use redis::Value;

use crate::{Error, Key, Local, Request, Result, Store, reply};

/// How often a change is tried before it is given up as a [`Conflict`](Error::Conflict).
const ATTEMPTS: usize = 16;

/// An executor that can compute a change from what it has read: both stores.
///
/// This takes two round trips, and two more each time that somebody else was faster.
pub trait Modify: Local {
    /// Reads with `read`, and sends what `change` makes of the answer, until the server says that
    /// what was read still stood. `change` gives nothing if there is nothing to write.
    fn modify(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'static,
        change: impl FnMut(&Key, Value) -> Result<Option<Request>> + Send + 'static,
    ) -> Self::Reply<'static, ()>;
}

impl<C: 'static> Modify for Store<C> {
    fn modify(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'static,
        mut change: impl FnMut(&Key, Value) -> Result<Option<Request>> + Send + 'static,
    ) -> Result<()> {
        use crate::Executor;

        for _ in 0..ATTEMPTS {
            let Some(request) = self.run(read(key), |answer| change(key, answer))? else {
                return Ok(());
            };
            if self.run(request, reply::flag)? {
                return Ok(());
            }
        }
        Err(overtaken(key))
    }
}

#[cfg(feature = "aio")]
mod awaiting {
    use super::{ATTEMPTS, Key, Modify, Request, Result, Value, overtaken, reply};
    use crate::{
        Executor,
        aio::{Pending, Store},
    };

    impl<C: 'static> Modify for Store<C> {
        fn modify(
            &self,
            key: &Key,
            read: impl Fn(&Key) -> Request + Send + 'static,
            mut change: impl FnMut(&Key, Value) -> Result<Option<Request>> + Send + 'static,
        ) -> Pending<'static, ()> {
            let (store, key) = (self.clone(), key.clone());
            Pending::under_way(async move {
                for _ in 0..ATTEMPTS {
                    let request = store.run(read(&key), |answer| change(&key, answer)).await?;
                    let Some(request) = request else { return Ok(()) };
                    if store.run(request, reply::flag).await? {
                        return Ok(());
                    }
                }
                Err(overtaken(&key))
            })
        }
    }
}

fn overtaken(key: &Key) -> Error {
    Error::Conflict { keys: vec![key.to_string()] }
}
