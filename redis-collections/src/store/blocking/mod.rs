//! [`Store`]: the executor that blocks.

mod connections;

mod iter;
pub use iter::Iter;

mod connected;

use std::{fmt, marker::PhantomData, sync::Arc, thread};

use redis::Value;

use self::connections::Connections;
use crate::{
    codec::Bincode,
    command::{Key, Request},
    error::Result,
    store::{
        Batch, BatchReplies, Builder, Executor, Redeem, WaitTimeout,
        exchange::{Checked, Exchange, Step},
        executor::sealed::Sealed,
    },
};

/// A connection to Redis whose calls block and give back a [`Result`].
///
/// Cloning is cheap: clones share the connections. Threads may use it at the same time.
///
/// ```
/// # use redis_collections::{Dict, Server, Store};
/// # let server = Server::temporary()?;
/// let store = Store::open(server.url())?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
///
/// ages.set("ada", &36)?; // HSET ages "ada" 36
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Store<C = Bincode> {
    inner: Arc<Inner>,
    namespace: Option<Arc<str>>,
    codec: PhantomData<fn() -> C>,
}

impl Store {
    /// Connects to the server at `REDIS_URL`, or else to a local one that it finds and starts.
    ///
    /// # Errors
    ///
    /// [`Error::NoServer`](crate::Error::NoServer) if there is neither.
    #[cfg(all(feature = "server", unix))]
    pub fn connect() -> Result<Self> {
        match std::env::var("REDIS_URL") {
            Ok(url) => Self::open(&url),
            Err(_) => Self::of(crate::store::Server::shared()?),
        }
    }

    /// Connects to a new, empty server of its own, which goes when the last clone goes.
    #[cfg(all(feature = "server", unix))]
    pub fn temporary() -> Result<Self> {
        Self::of(crate::store::Server::temporary()?)
    }

    /// Connects to `server`, and keeps it while the store lives.
    #[cfg(all(feature = "server", unix))]
    pub fn of(server: crate::store::Server) -> Result<Self> {
        let builder = Builder::new(server.url());
        Self::assemble(&builder, Some(Box::new(server)))
    }

    /// Connects to the server at `url`.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`](crate::Error::Unavailable) if it does not answer,
    /// [`Error::Auth`](crate::Error::Auth) if it does not let us in.
    pub fn open(url: &str) -> Result<Self> {
        Self::builder(url).open()
    }

    /// Starts a store for the server at `url`, with settings of its own.
    pub fn builder(url: &str) -> Builder {
        Builder::new(url)
    }

    fn assemble(builder: &Builder, guard: Option<ServerGuard>) -> Result<Self> {
        let connections = Connections::open(builder)?;
        let inner = Inner {
            connections,
            checked: Checked::default(),
            server: builder.address()?,
            _guard: guard,
        };
        Ok(Store {
            inner: Arc::new(inner),
            namespace: builder.namespace.clone(),
            codec: PhantomData,
        })
    }
}

impl Builder {
    /// Connects a store whose calls block.
    pub fn open(self) -> Result<Store> {
        Store::assemble(&self, None)
    }
}

impl<C: 'static> Store<C> {
    /// Returns the same connections with another codec for the collections opened on it.
    pub fn with_codec<D: 'static>(&self) -> Store<D> {
        self.with()
    }

    /// Returns the same connections with `namespace` before the names of collections.
    #[must_use]
    pub fn namespace(&self, namespace: &str) -> Self {
        Store { namespace: Some(namespace.into()), ..self.clone() }
    }

    /// Returns once the server has answered.
    ///
    /// `PING`, O(1).
    pub fn ping(&self) -> Result<()> {
        self.run(Request::ping(), crate::command::reply::unit)
    }

    /// Sends the calls made on the batch together, each for itself, in one round trip.
    ///
    /// The commands of a call that sends several (`load`, a long `extend`) are no transaction
    /// here, as they are in [`atomic`](Store::atomic).
    ///
    /// # Errors
    ///
    /// [`Error::Partly`](crate::Error::Partly) if some of them failed: the others were carried out.
    pub fn pipeline<R: Redeem>(&self, calls: impl FnOnce(&Batch<C>) -> R) -> Result<R::Output> {
        self.batch(Request::pipeline, calls)
    }

    /// Sends the calls made on the batch as one transaction, in one round trip.
    ///
    /// `MULTI`, the commands, `EXEC`.
    ///
    /// # Errors
    ///
    /// [`Error::Partly`](crate::Error::Partly) if a command failed in the middle: Redis does not roll back.
    pub fn atomic<R: Redeem>(&self, calls: impl FnOnce(&Batch<C>) -> R) -> Result<R::Output> {
        self.batch(Request::atomic, calls)
    }

    fn batch<R: Redeem>(
        &self,
        group: impl FnOnce(Vec<Request>) -> Request,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Result<R::Output> {
        let (tickets, requests, number) =
            Batch::record(self.namespace.clone(), self.inner.server.clone(), calls);
        let mut request = group(requests);
        let answer = self.inner.answer(&mut request, None)?;
        tickets.redeem(&mut BatchReplies::new(number, request, answer)?)
    }
}

impl<C> Sealed for Store<C> {}

impl<C: 'static> Executor for Store<C> {
    type Codec = C;
    type With<D: 'static> = Store<D>;
    type Reply<'a, T: Send + 'a> = Result<T>;

    fn with<D: 'static>(&self) -> Store<D> {
        Store { inner: self.inner.clone(), namespace: self.namespace.clone(), codec: PhantomData }
    }

    fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    fn server(&self) -> &str {
        &self.inner.server
    }

    fn run<'a, T: Send + 'a>(
        &self,
        mut request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Result<T> {
        let answer = self.inner.answer(&mut request, None)?;
        read(answer).map_err(|error| error.with_location(|| request.location()))
    }

    fn gather<'a, T: Send + 'a>(
        &self,
        _: &Key,
        asks: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Result<T> + Send + 'a,
    ) -> Result<T> {
        let replies = asks.into_iter().map(|(store, request)| store.run(request, Ok));
        then(replies.collect::<Result<_>>()?)
    }

    fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> Result<T> {
        answer
    }
}

impl<C> Clone for Store<C> {
    fn clone(&self) -> Self {
        Store { inner: self.inner.clone(), namespace: self.namespace.clone(), codec: PhantomData }
    }
}

impl<C> fmt::Debug for Store<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

/// What all clones of a store share.
struct Inner {
    connections: Connections,
    checked: Checked,
    /// The address, without a password.
    server: Arc<str>,
    /// The managed server, if this store keeps one; it goes after the connections.
    _guard: Option<ServerGuard>,
}

type ServerGuard = Box<dyn std::any::Any + Send + Sync>;

impl Inner {
    /// Sends `request` and whatever it needs before it, until it is answered; with patience, on a
    /// connection of its own.
    fn answer(&self, request: &mut Request, timeout: Option<WaitTimeout>) -> Result<Value> {
        request.check()?;
        if request.is_empty() && request.schemas.is_empty() {
            return Ok(Value::Array(Vec::new()));
        }
        let mut exchange = Exchange::new(request, &self.checked);
        loop {
            let replies = match timeout {
                Some(timeout) => self.connections.wait(exchange.round(), timeout),
                None => self.connections.send(exchange.round()),
            };
            match exchange.feed(replies) {
                Step::Again => {}
                Step::Pause(pause) => thread::sleep(pause),
                Step::Done(answer) => return answer,
            }
        }
    }
}
