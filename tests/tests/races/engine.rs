//! [`Racer`]: a scenario is written once, and run by eight threads and by eight tasks.

use std::{
    fmt::Debug,
    pin::pin,
    sync::{
        Arc, Barrier, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
};

use redis_collections::{Bincode, Connected, Error, Result, Store, aio};
use tokio::{runtime::Runtime, sync, task::JoinSet};

/// How many race for one key.
pub(crate) const RACERS: usize = 8;

/// A store whose calls can be raced: those of the blocking store are carried out when they are
/// made, and the futures around them are never pending.
pub(crate) trait Racer: Connected<Codec = Bincode> {
    /// What a call is answered.
    fn outcome<'a, T: Send + 'a>(
        reply: Self::Reply<'a, T>,
    ) -> impl Future<Output = Result<T>> + Send;

    /// Starts `run` eight times at one moment, each time with a copy of `handle` and a number, and
    /// returns what each gave.
    fn race<H: Clone, T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        handle: &H,
        run: impl Fn(H, usize) -> F,
    ) -> impl Future<Output = Vec<T>>;

    /// The answer to a call that cannot fail.
    fn ask<'a, T: Send + 'a>(reply: Self::Reply<'a, T>) -> impl Future<Output = T> + Send {
        let outcome = Self::outcome(reply);
        async { outcome.await.unwrap() }
    }

    /// What a call is told, in the words that a model has for it.
    fn told<'a, T: Debug + Send + 'a>(
        reply: Self::Reply<'a, T>,
    ) -> impl Future<Output = String> + Send {
        let outcome = Self::outcome(reply);
        async {
            match outcome.await {
                Ok(answer) => format!("{answer:?}"),
                Err(Error::OutOfRange { .. } | Error::Overflow { .. }) => "refused".into(),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

impl Racer for Store {
    fn outcome<'a, T: Send + 'a>(reply: Result<T>) -> impl Future<Output = Result<T>> + Send {
        std::future::ready(reply)
    }

    async fn race<H: Clone, T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        handle: &H,
        run: impl Fn(H, usize) -> F,
    ) -> Vec<T> {
        let line = Barrier::new(RACERS);
        let start = |racer| {
            line.wait();
            at_once(racer)
        };
        thread::scope(|scope| {
            let racers: Vec<_> = (0..RACERS)
                .map(|at| run(handle.clone(), at))
                .map(|racer| scope.spawn(move || start(racer)))
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        })
    }
}

impl Racer for aio::Store {
    fn outcome<'a, T: Send + 'a>(
        reply: aio::Reply<'a, T>,
    ) -> impl Future<Output = Result<T>> + Send {
        reply
    }

    async fn race<H: Clone, T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        handle: &H,
        run: impl Fn(H, usize) -> F,
    ) -> Vec<T> {
        let line = Arc::new(sync::Barrier::new(RACERS));
        let racers: JoinSet<T> = (0..RACERS)
            .map(|at| {
                let (line, racer) = (line.clone(), run(handle.clone(), at));
                async move {
                    line.wait().await;
                    racer.await
                }
            })
            .collect();
        racers.join_all().await
    }
}

/// Makes of each scenario `async fn name<E: Racer>(store: E)` two tests, one for each store.
macro_rules! on_threads_and_tasks {
    ($($scenario:ident),+ $(,)?) => {
        $(mod $scenario {
            #[test]
            fn by_eight_threads() {
                $crate::engine::at_once(super::$scenario(redis_collections_tests::store()));
            }

            #[test]
            fn by_eight_tasks() {
                $crate::engine::awaited(super::$scenario);
            }
        })+
    };
}
pub(crate) use on_threads_and_tasks;

/// What a future gives that is never pending.
pub(crate) fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a call of the blocking store did not block"),
    }
}

/// Runs `scenario` on several threads, with a store in a namespace that nobody else uses.
pub(crate) fn awaited<F: Future<Output = ()>>(scenario: impl FnOnce(aio::Store) -> F) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    static SHARED: LazyLock<aio::Store> =
        LazyLock::new(|| RUNTIME.block_on(aio::Store::temporary()).unwrap());
    static NEXT: AtomicUsize = AtomicUsize::new(0);

    let store = SHARED.namespace(&format!("race{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    RUNTIME.block_on(scenario(store));
}
