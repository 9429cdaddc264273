//! The blocking [`Store`].

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
        exchange::{CheckedSchemas, Exchange, Step},
        executor::sealed::Sealed,
    },
};

/// A connection to Redis whose calls block and return a [`Result`].
///
/// All clones share one pool of connections, so cloning is cheap. Many threads can use a store at once.
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
    /// Connects to the server at `REDIS_URL`. If that is not set, connects to the shared local server
    /// ([`Server::shared`](crate::Server::shared)), and starts it if necessary.
    ///
    /// # Errors
    ///
    /// [`NoServer`](crate::Error::NoServer) if no local server could be found or started.
    #[cfg(all(feature = "server", unix))]
    pub fn connect() -> Result<Self> {
        match std::env::var("REDIS_URL") {
            Ok(url) => Self::open(&url),
            Err(_) => Self::of(crate::store::Server::shared()?),
        }
    }

    /// Starts a new, empty local server, and connects to it. The server stops when the last clone of the
    /// store is dropped.
    ///
    /// # Errors
    ///
    /// [`NoServer`](crate::Error::NoServer) if no local server could be found or started.
    #[cfg(all(feature = "server", unix))]
    pub fn temporary() -> Result<Self> {
        Self::of(crate::store::Server::temporary()?)
    }

    /// Connects to `server`, and keeps it running until the last clone of the store is dropped.
    #[cfg(all(feature = "server", unix))]
    pub fn of(server: crate::store::Server) -> Result<Self> {
        let builder = Builder::new(server.url());
        Self::assemble(&builder, Some(Box::new(server)))
    }

    /// Connects to the server at `url`.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::Error::Unavailable) if the server does not reply, [`Auth`](crate::Error::Auth)
    /// if it refuses the user or the password, [`InvalidName`](crate::Error::InvalidName) if `url` cannot be
    /// parsed.
    pub fn open(url: &str) -> Result<Self> {
        Self::builder(url).open()
    }

    /// Returns a [`Builder`] with the default settings for the server at `url`.
    pub fn builder(url: &str) -> Builder {
        Builder::new(url)
    }

    fn assemble(builder: &Builder, guard: Option<ServerGuard>) -> Result<Self> {
        let connections = Connections::open(builder)?;
        let inner = Inner {
            connections,
            checked: CheckedSchemas::default(),
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
    /// Connects a blocking store with these settings.
    ///
    /// # Errors
    ///
    /// Those of [`Store::open`].
    pub fn open(self) -> Result<Store> {
        Store::assemble(&self, None)
    }
}

impl<C: 'static> Store<C> {
    /// Returns a store with the same connections, and another codec for the collections opened on it.
    pub fn with_codec<D: 'static>(&self) -> Store<D> {
        self.with()
    }

    /// Returns a store with the same connections, and `namespace` before the names of collections.
    #[must_use]
    pub fn namespace(&self, namespace: &str) -> Self {
        Store { namespace: Some(namespace.into()), ..self.clone() }
    }

    /// Checks that the server replies.
    ///
    /// `PING`, O(1).
    pub fn ping(&self) -> Result<()> {
        self.run(Request::ping(), crate::command::reply::unit)
    }

    /// Sends the calls that `calls` makes on the batch in one round trip, and returns their results.
    ///
    /// A pipeline is not a transaction: other clients' commands may run in between, even between the
    /// commands of one call that sends several (`load`, a long `extend`). Use [`atomic`](Store::atomic) for
    /// a transaction.
    ///
    /// # Errors
    ///
    /// [`Partly`](crate::Error::Partly) if some commands failed. The others were carried out.
    pub fn pipeline<R: Redeem>(&self, calls: impl FnOnce(&Batch<C>) -> R) -> Result<R::Output> {
        self.batch(Request::pipeline, calls)
    }

    /// Sends the calls that `calls` makes on the batch as one transaction, and returns their results.
    ///
    /// `MULTI`, the commands, `EXEC`, in one round trip.
    ///
    /// # Errors
    ///
    /// [`Partly`](crate::Error::Partly) if some commands failed. The others were carried out: Redis does not
    /// roll back.
    pub fn atomic<R: Redeem>(&self, calls: impl FnOnce(&Batch<C>) -> R) -> Result<R::Output> {
        self.batch(Request::atomic, calls)
    }

    fn batch<R: Redeem>(
        &self,
        group: impl FnOnce(Vec<Request>) -> Request,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Result<R::Output> {
        let (tickets, requests, id) =
            Batch::record(self.namespace.clone(), self.inner.server.clone(), calls);
        let mut request = group(requests);
        let reply = self.inner.execute(&mut request, None)?;
        tickets.redeem(&mut BatchReplies::new(id, request, reply)?)
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
        let reply = self.inner.execute(&mut request, None)?;
        read(reply).map_err(|error| error.with_location(|| request.location()))
    }

    fn gather<'a, T: Send + 'a>(
        &self,
        _: &Key,
        requests: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Result<T> + Send + 'a,
    ) -> Result<T> {
        let replies = requests.into_iter().map(|(store, request)| store.run(request, Ok));
        then(replies.collect::<Result<_>>()?)
    }

    fn ready<'a, T: Send + 'a>(&self, result: Result<T>) -> Result<T> {
        result
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

/// The part that all clones of a store share.
struct Inner {
    connections: Connections,
    checked: CheckedSchemas,
    /// The address, without a password.
    server: Arc<str>,
    /// The managed server, if this store keeps one. Fields are dropped in order: connections first.
    _guard: Option<ServerGuard>,
}

/// Keeps a managed server running until it is dropped.
type ServerGuard = Box<dyn std::any::Any + Send + Sync>;

impl Inner {
    /// Sends `request`, with its schema checks and retries, and returns its reply. A request with a
    /// `timeout` gets a dedicated connection.
    fn execute(&self, request: &mut Request, timeout: Option<WaitTimeout>) -> Result<Value> {
        request.check()?;
        if request.is_empty() && request.schemas.is_empty() {
            return Ok(Value::Array(Vec::new()));
        }
        let mut exchange = Exchange::new(request, &self.checked);
        loop {
            let replies = match timeout {
                Some(timeout) => {
                    self.connections.send_on_dedicated(exchange.begin_round(), timeout)
                }
                None => self.connections.send(exchange.begin_round()),
            };
            match exchange.receive(replies) {
                Step::Again => {}
                Step::Pause(pause) => thread::sleep(pause),
                Step::Done(reply) => return reply,
            }
        }
    }
}
