//! [`Connected`] for [`Store`].

use std::ops::Deref;

use redis::Value;

use super::{Reply, Store, Stream};
use crate::{
    command::{Key, Request, reply},
    error::Result,
    store::{
        Connected, Executor, Pages, SharedLoad, Update, WaitTimeout,
        update::{conflict, pauses},
    },
};

impl<C: 'static> Connected for Store<C> {
    type Cursor<P: Pages<Self>> = Stream<P, C>;

    fn cursor<P: Pages<Self>>(pages: P) -> Stream<P, C> {
        Stream::new(pages)
    }

    fn share<'a, T: Clone + Send + 'static, W: Deref<Target = SharedLoad<T>> + Send + 'a, L>(
        &self,
        waiter: W,
        lock: Option<L>,
        load: impl Fn(&W, Option<L>) -> Reply<'static, T> + Send + 'a,
    ) -> Reply<'a, T> {
        drop(lock);
        Reply::from_future(async move {
            let shared = waiter.join(|| load(&waiter, None));
            match shared.await {
                Some(result) => result,
                None => load(&waiter, None).await,
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
        Reply::from_future(async move {
            let reply = inner.execute(&mut request, Some(timeout)).await?;
            read(reply).map_err(|error| error.with_location(|| request.location()))
        })
    }

    fn modify<'a, T: Send + 'a>(
        &self,
        key: &Key,
        read: impl Fn(&Key) -> Request + Send + 'a,
        mut change: impl FnMut(&Key, Value) -> Result<Update<T>> + Send + 'a,
    ) -> Reply<'a, T> {
        let (store, key) = (self.clone(), key.clone());
        Reply::from_future(async move {
            for pause in pauses() {
                // A timer would round a pause of zero up to a millisecond.
                if !pause.is_zero() {
                    tokio::time::sleep(pause).await;
                }
                let read = store.run(read(&key), |reply| change(&key, reply));
                let (request, outcome) = read.await?;
                let Some(request) = request else { return Ok(outcome) };
                if store.run(request, reply::flag).await? {
                    return Ok(outcome);
                }
            }
            Err(conflict(&read(&key)))
        })
    }
}
