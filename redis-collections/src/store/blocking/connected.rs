//! [`Connected`] for [`Store`].

use std::{ops::Deref, thread};

use redis::Value;

use super::{Iter, Store};
use crate::{
    command::{Key, Request, reply},
    error::Result,
    store::{
        Connected, Executor, Pages, SharedLoad, Update, WaitTimeout,
        update::{conflict, pauses},
    },
};

impl<C: 'static> Connected for Store<C> {
    type Cursor<P: Pages<Self>> = Iter<P, C>;

    fn cursor<P: Pages<Self>>(pages: P) -> Iter<P, C> {
        Iter::new(pages)
    }

    fn share<'a, T: Clone + Send + 'static, W: Deref<Target = SharedLoad<T>> + Send + 'a, L>(
        &self,
        waiter: W,
        lock: Option<L>,
        load: impl Fn(&W, Option<L>) -> Result<T> + Send + 'a,
    ) -> Result<T> {
        waiter.wait(|| load(&waiter, lock)).unwrap_or_else(|| load(&waiter, None))
    }

    fn wait<'a, T: Send + 'a>(
        &self,
        mut request: Request,
        timeout: WaitTimeout,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Result<T> {
        let reply = self.inner.execute(&mut request, Some(timeout))?;
        read(reply).map_err(|error| error.with_location(|| request.location()))
    }

    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        mut change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Result<T> {
        for pause in pauses() {
            thread::sleep(pause);
            let (request, outcome) = self.run(read(key), |reply| change(key, reply))?;
            let Some(request) = request else { return Ok(outcome) };
            if self.run(request, reply::flag)? {
                return Ok(outcome);
            }
        }
        Err(conflict(&read(key)))
    }
}
