//! What a [`Store`] can do since it gets answers.

use std::ops::Deref;

use redis::Value;

use super::{Reply, Store, Stream};
use crate::{
    command::{Key, Request, reply},
    error::Result,
    store::{
        Connected, Executor, Pages, SharedLoad, Update, WaitTimeout,
        update::{overtaken, pauses},
    },
};

impl<C: 'static> Connected for Store<C> {
    type Cursor<P: Pages<Self>> = Stream<P, C>;

    fn cursor<P: Pages<Self>>(pages: P) -> Stream<P, C> {
        Stream::new(pages)
    }

    fn share<'a, T: Clone + Send + 'static, W: Deref<Target = SharedLoad<T>> + Send + 'a>(
        &self,
        waiter: W,
        ask: impl Fn(&W) -> Reply<'static, T> + Send + 'a,
    ) -> Reply<'a, T> {
        Reply::under_way(async move {
            let load = waiter.join(|| ask(&waiter));
            match load.await {
                Some(answer) => answer,
                None => ask(&waiter).await,
            }
        })
    }

    fn wait<'a, T: Send + 'a>(
        &self,
        mut request: Request,
        timeout: WaitTimeout,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Reply<'a, T> {
        let inner = self.inner.clone();
        Reply::under_way(async move {
            let answer = inner.answer(&mut request, Some(timeout)).await?;
            read(answer).map_err(|error| error.with_location(|| request.location()))
        })
    }

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
