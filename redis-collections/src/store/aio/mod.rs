//! [`Store`]: the executor that awaits.

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
        Batch, BatchReplies, Builder, Executor, Redeem, exchange::Checked, executor::sealed::Sealed,
    },
};

/// A connection to Redis whose calls give back futures.
///
/// All clones share one multiplexed connection, which many tasks use at the same time; it is made
/// anew when it is lost. The collections are those of the blocking [`Store`](crate::Store).
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
    /// Connects to the server at `REDIS_URL`, or else to a local one that it finds and starts.
    ///
    /// # Errors
    ///
    /// [`Error::NoServer`](crate::Error::NoServer) if there is neither.
    #[cfg(all(feature = "server", unix))]
    pub async fn connect() -> Result<Self> {
        match std::env::var("REDIS_URL") {
            Ok(url) => Self::open(&url).await,
            Err(_) => Self::of(crate::store::Server::shared()?).await,
        }
    }

    /// Connects to a new, empty server of its own, which goes when the last clone goes.
    #[cfg(all(feature = "server", unix))]
    pub async fn temporary() -> Result<Self> {
        Self::of(crate::store::Server::temporary()?).await
    }

    /// Connects to `server`, and keeps it while the store lives.
    #[cfg(all(feature = "server", unix))]
    pub async fn of(server: crate::store::Server) -> Result<Self> {
        let builder = Builder::new(server.url());
        Self::assemble(&builder, Some(Box::new(server))).await
    }

    /// Connects to the server at `url`.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`](crate::Error::Unavailable) if it does not answer,
    /// [`Error::Auth`](crate::Error::Auth) if it does not let us in.
    pub async fn open(url: &str) -> Result<Self> {
        Self::builder(url).open_aio().await
    }

    /// Starts a store for the server at `url`, with settings of its own.
    pub fn builder(url: &str) -> Builder {
        Builder::new(url)
    }

    async fn assemble(builder: &Builder, guard: Option<ServerGuard>) -> Result<Self> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(builder.connect_timeout))
            .set_response_timeout(Some(builder.timeout))
            .set_number_of_retries(1);
        let manager = ConnectionManager::new_with_config(builder.client()?, config);
        let manager = manager.await.map_err(|source| builder.not_connected(source))?;
        let inner = Inner {
            manager,
            dedicated: DedicatedConnections::new(builder)?,
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
    /// Connects a store whose calls are awaited.
    pub async fn open_aio(self) -> Result<Store> {
        Store::assemble(&self, None).await
    }
}

impl<C: 'static> Store<C> {
    /// Returns the same connection with another codec for the collections opened on it.
    pub fn with_codec<D: 'static>(&self) -> Store<D> {
        self.with()
    }

    /// Returns the same connection with `namespace` before the names of collections.
    #[must_use]
    pub fn namespace(&self, namespace: &str) -> Self {
        Store { namespace: Some(namespace.into()), ..self.clone() }
    }

    /// Returns once the server has answered.
    ///
    /// `PING`, O(1).
    pub fn ping(&self) -> Reply<'static, ()> {
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
    pub fn pipeline<'a, R: Redeem + Send + 'a>(
        &self,
        calls: impl FnOnce(&Batch<C>) -> R,
    ) -> Reply<'a, R::Output> {
        self.batch(Request::pipeline, calls)
    }

    /// Sends the calls made on the batch as one transaction, in one round trip.
    ///
    /// `MULTI`, the commands, `EXEC`.
    ///
    /// # Errors
    ///
    /// [`Error::Partly`](crate::Error::Partly) if a command failed in the middle: Redis does not roll back.
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
        let (tickets, requests, number) =
            Batch::record(self.namespace.clone(), self.inner.server.clone(), calls);
        let mut request = group(requests);
        let inner = self.inner.clone();
        Reply::under_way(async move {
            let answer = inner.answer(&mut request, None).await?;
            tickets.redeem(&mut BatchReplies::new(number, request, answer)?)
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
        Reply::under_way(async move {
            let answer = inner.answer(&mut request, None).await?;
            read(answer).map_err(|error| error.with_location(|| request.location()))
        })
    }

    fn gather<'a, T: Send + 'a>(
        &self,
        _: &Key,
        asks: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Reply<'a, T> + Send + 'a,
    ) -> Reply<'a, T> {
        if asks.is_empty() {
            return then(Vec::new());
        }
        Reply::under_way(async move {
            let mut replies = Vec::with_capacity(asks.len());
            for (store, request) in asks {
                replies.push(store.run(request, Ok).await?);
            }
            then(replies).await
        })
    }

    fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> Reply<'a, T> {
        Reply::ready(answer)
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
