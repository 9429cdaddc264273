//! [`Batch`]: calls are recorded, sent together, and answered together.

mod ticket;
pub(crate) use ticket::BatchReplies;
use ticket::Promise;
pub use ticket::{Redeem, Ticket};

use std::{
    fmt,
    marker::PhantomData,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use redis::Value;

use crate::{
    command::{Key, Request, reply},
    error::{Error, Result},
    store::{Executor, executor::sealed::Sealed},
};

/// A recording of calls: what [`pipeline`](crate::Store::pipeline) and
/// [`atomic`](crate::Store::atomic) hand to their closure.
///
/// ```
/// # use redis_collections::{Counter, Dict, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// let visits: Counter<String> = Counter::open(&store, "visits");
///
/// let (old, count) =
///     store.atomic(|tx| (ages.on(tx).get("ada"), visits.on(tx).add("home", 2)))?;
/// assert_eq!((old, count), (None, 2)); //       MULTI, HGET ages "ada", HINCRBY visits "home" 2, EXEC
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Batch<C> {
    recorded: Arc<Mutex<Recorded>>,
    namespace: Option<Arc<str>>,
    server: Arc<str>,
    codec: PhantomData<fn() -> C>,
}

#[derive(Default)]
struct Recorded {
    /// What tells this batch from all others.
    number: u64,
    requests: Vec<Request>,
    commands: usize,
}

impl<C: 'static> Batch<C> {
    /// Lets `calls` record, and gives back what it returned beside what it recorded, and what tells
    /// this batch from all others.
    pub(crate) fn record<R>(
        namespace: Option<Arc<str>>,
        server: Arc<str>,
        calls: impl FnOnce(&Self) -> R,
    ) -> (R, Vec<Request>, u64) {
        static NEXT: AtomicU64 = AtomicU64::new(0);

        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let recorded = Arc::new(Mutex::new(Recorded { number, ..Recorded::default() }));
        let batch = Batch { recorded, namespace, server, codec: PhantomData };
        let tickets = calls(&batch);
        let requests = mem::take(&mut batch.recorded().requests);
        (tickets, requests, number)
    }
}

impl<C> Batch<C> {
    /// What was recorded; a call that panicked while it recorded has left it whole.
    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Sealed for Batch<C> {}

impl<C: 'static> Executor for Batch<C> {
    type Codec = C;
    type With<D: 'static> = Batch<D>;
    type Reply<'a, T: Send + 'a> = Ticket<'a, T>;

    fn with<D: 'static>(&self) -> Batch<D> {
        Batch {
            recorded: self.recorded.clone(),
            namespace: self.namespace.clone(),
            server: self.server.clone(),
            codec: PhantomData,
        }
    }

    fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    fn server(&self) -> &str {
        &self.server
    }

    fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Ticket<'a, T> {
        let request = request.into_batched();
        let mut recorded = self.recorded();
        let start = recorded.commands;
        let alone = request.is_one();
        recorded.commands += request.commands().len();
        recorded.requests.push(request);
        let (batch, range) = (recorded.number, start..recorded.commands);
        Ticket { answer: Promise::Recorded { batch, range, alone, read: Box::new(read) } }
    }

    /// A batch has no answers yet: what has to be asked first is refused, and with it the batch.
    fn gather<'a, T: Send + 'a>(
        &self,
        key: &Key,
        asks: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Ticket<'a, T> + Send + 'a,
    ) -> Ticket<'a, T> {
        let Some((_, ask)) = asks.first() else { return then(Vec::new()) };
        let error = Error::CrossServer { key: key.to_string(), other: ask.location().0 };
        self.run(Request::read("EXISTS", key).with_error(error), reply::nothing)
    }

    fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> Ticket<'a, T> {
        Ticket { answer: Promise::Ready(answer) }
    }
}

impl<C> Clone for Batch<C> {
    fn clone(&self) -> Self {
        Batch {
            recorded: self.recorded.clone(),
            namespace: self.namespace.clone(),
            server: self.server.clone(),
            codec: PhantomData,
        }
    }
}

impl<C> fmt::Debug for Batch<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("commands", &self.recorded().commands).finish()
    }
}
