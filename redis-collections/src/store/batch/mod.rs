//! [`Batch`]: records calls, which are then sent at once.

mod ticket;
pub(crate) use ticket::BatchReplies;
use ticket::TicketState;
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

/// An executor that records calls: the argument of the closure of [`pipeline`](crate::Store::pipeline) and
/// [`atomic`](crate::Store::atomic).
///
/// `on` gives a collection on the batch, whose methods record a call and return a [`Ticket`]. The closure
/// returns the tickets, and the store returns their results.
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
    recording: Arc<Mutex<Recording>>,
    namespace: Option<Arc<str>>,
    server: Arc<str>,
    codec: PhantomData<fn() -> C>,
}

#[derive(Default)]
struct Recording {
    /// Differs from batch to batch.
    id: u64,
    requests: Vec<Request>,
    commands: usize,
}

impl<C: 'static> Batch<C> {
    /// Calls `calls` with a new batch. Returns its result, the recorded requests, and the batch's id.
    pub(crate) fn record<R>(
        namespace: Option<Arc<str>>,
        server: Arc<str>,
        calls: impl FnOnce(&Self) -> R,
    ) -> (R, Vec<Request>, u64) {
        static NEXT: AtomicU64 = AtomicU64::new(0);

        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let recording = Arc::new(Mutex::new(Recording { id, ..Recording::default() }));
        let batch = Batch { recording, namespace, server, codec: PhantomData };
        let tickets = calls(&batch);
        let requests = mem::take(&mut batch.recording().requests);
        (tickets, requests, id)
    }
}

impl<C> Batch<C> {
    /// The recording. A panic cannot leave it half-changed, so poison is ignored.
    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Sealed for Batch<C> {}

impl<C: 'static> Executor for Batch<C> {
    type Codec = C;
    type With<D: 'static> = Batch<D>;
    type Reply<'a, T: Send + 'a> = Ticket<'a, T>;

    fn with<D: 'static>(&self) -> Batch<D> {
        Batch {
            recording: self.recording.clone(),
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
        let mut recording = self.recording();
        let start = recording.commands;
        let is_one = request.is_one();
        recording.commands += request.commands().len();
        recording.requests.push(request);
        let (batch, range) = (recording.id, start..recording.commands);
        Ticket { state: TicketState::Recorded { batch, range, is_one, read: Box::new(read) } }
    }

    /// If there are requests, fails, and so does the whole batch: a batch has no replies yet.
    fn gather<'a, T: Send + 'a>(
        &self,
        key: &Key,
        requests: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Ticket<'a, T> + Send + 'a,
    ) -> Ticket<'a, T> {
        let Some((_, request)) = requests.first() else { return then(Vec::new()) };
        let error = Error::CrossServer { key: key.to_string(), other: request.location().0 };
        self.run(Request::read("EXISTS", key).with_error(error), reply::nothing)
    }

    fn ready<'a, T: Send + 'a>(&self, result: Result<T>) -> Ticket<'a, T> {
        Ticket { state: TicketState::Ready(result) }
    }
}

impl<C> Clone for Batch<C> {
    fn clone(&self) -> Self {
        Batch {
            recording: self.recording.clone(),
            namespace: self.namespace.clone(),
            server: self.server.clone(),
            codec: PhantomData,
        }
    }
}

impl<C> fmt::Debug for Batch<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("commands", &self.recording().commands).finish()
    }
}
