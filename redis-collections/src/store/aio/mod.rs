//! The awaiting [`Store`], for use with tokio.

mod dedicated;

mod inner;

mod reply;
pub use reply::Reply;

mod stream;
pub use stream::Stream;

mod connected;

use std::{fmt, marker::PhantomData, sync::Arc};

use redis::{
    Value,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use self::{
    dedicated::DedicatedConnections,
    inner::{Inner, ServerGuard},
};
use crate::{
    codec::Bincode,
    command::{Key, Request},
    error::Result,
    store::{
        Batch, BatchReplies, Builder, Executor, Redeem, exchange::CheckedSchemas,
        executor::sealed::Sealed,
    },
};

/// A connection to Redis whose calls return futures.
///
/// All clones share one multiplexed connection, which many tasks can use at once. It reconnects after it
/// was lost. The collections are the same as on the blocking [`Store`](crate::Store).
///
/// ```
/// # use redis_collections::{Dict, Server, aio};
/// # #[tokio::main] async fn main() -> Result<(), redis_collections::Error> {
/// # let server = Server::temporary()?;
/// let store = aio::Store::open(server.url()).await?;
/// let ages: Dict<String, u32, aio::Store> = Dict::open(&store, "ages");
///
/// ages.insert("ada", &36).await?; // HGET + HSET in one script
/// # Ok(()) }
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
    pub async fn connect() -> Result<Self> {
        match std::env::var("REDIS_URL") {
            Ok(url) => Self::open(&url).await,
            Err(_) => Self::of(crate::store::Server::shared()?).await,
        }
    }

    /// Starts a new, empty local server, and connects to it. The server stops when the last clone of the
    /// store is dropped.
    ///
    /// # Errors
    ///
    /// [`NoServer`](crate::Error::NoServer) if no local server could be found or started.
    #[cfg(all(feature = "server", unix))]
    pub async fn temporary() -> Result<Self> {
        Self::of(crate::store::Server::temporary()?).await
    }

    /// Connects to `server`, and keeps it running until the last clone of the store is dropped.
    #[cfg(all(feature = "server", unix))]
    pub async fn of(server: crate::store::Server) -> Result<Self> {
        let builder = Builder::new(server.url());
        Self::assemble(&builder, Some(Box::new(server))).await
    }

    /// Connects to the server at `url`.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::Error::Unavailable) if the server does not reply, [`Auth`](crate::Error::Auth)
    /// if it refuses the user or the password, [`InvalidName`](crate::Error::InvalidName) if `url` cannot be
    /// parsed.
    pub async fn open(url: &str) -> Result<Self> {
        Self::builder(url).open_aio().await
    }

    /// Returns a [`Builder`] with the default settings for the server at `url`.
    pub fn builder(url: &str) -> Builder {
        Builder::new(url)
    }

    async fn assemble(builder: &Builder, guard: Option<ServerGuard>) -> Result<Self> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(builder.connect_timeout))
            .set_response_timeout(Some(builder.timeout))
            .set_number_of_retries(1);
        let manager = ConnectionManager::new_with_config(builder.client()?, config);
        let manager = manager.await.map_err(|source| builder.connection_error(source))?;
        let inner = Inner {
            manager,
            dedicated: DedicatedConnections::new(builder)?,
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
    /// Connects an awaiting store with these settings.
    ///
    /// # Errors
    ///
    /// Those of [`aio::Store::open`](Store::open).
    pub async fn open_aio(self) -> Result<Store> {
        Store::assemble(&self, None).await
    }
}

impl<C: 'static> Store<C> {
    /// Returns a store with the same connection, and another codec for the collections opened on it.
    pub fn with_codec<D: 'static>(&self) -> Store<D> {
        self.with()
    }

    /// Returns a store with the same connection, and `namespace` before the names of collections.
    #[must_use]
    pub fn namespace(&self, namespace: &str) -> Self {
        Store { namespace: Some(namespace.into()), ..self.clone() }
    }

    /// Checks that the server replies.
    ///
    /// `PING`, O(1).
    pub fn ping(&self) -> Reply<'static, ()> {
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
    pub fn pipeline<'a, R: Redeem + Send + 'a>(
        &self,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Reply<'a, R::Output> {
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
    pub fn atomic<'a, R: Redeem + Send + 'a>(
        &self,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Reply<'a, R::Output> {
        self.batch(Request::atomic, calls)
    }

    fn batch<'a, R: Redeem + Send + 'a>(
        &self,
        group: impl FnOnce(Vec<Request>) -> Request,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Reply<'a, R::Output> {
        let (tickets, requests, id) =
            Batch::record(self.namespace.clone(), self.inner.server.clone(), calls);
        let mut request = group(requests);
        let inner = self.inner.clone();
        Reply::from_future(async move {
            let reply = inner.execute(&mut request, None).await?;
            tickets.redeem(&mut BatchReplies::new(id, request, reply)?)
        })
    }
}

impl<C> Sealed for Store<C> {}

impl<C: 'static> Executor for Store<C> {
    type Codec = C;
    type With<D: 'static> = Store<D>;
    type Reply<'a, T: Send + 'a> = Reply<'a, T>;

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
    ) -> Reply<'a, T> {
        let inner = self.inner.clone();
        Reply::from_future(async move {
            let reply = inner.execute(&mut request, None).await?;
            read(reply).map_err(|error| error.with_location(|| request.location()))
        })
    }

    fn gather<'a, T: Send + 'a>(
        &self,
        _: &Key,
        requests: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Reply<'a, T> + Send + 'a,
    ) -> Reply<'a, T> {
        if requests.is_empty() {
            return then(Vec::new());
        }
        Reply::from_future(async move {
            let mut replies = Vec::with_capacity(requests.len());
            for (store, request) in requests {
                replies.push(store.run(request, Ok).await?);
            }
            then(replies).await
        })
    }

    fn ready<'a, T: Send + 'a>(&self, result: Result<T>) -> Reply<'a, T> {
        Reply::ready(result)
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
