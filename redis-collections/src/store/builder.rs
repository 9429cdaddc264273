//! [`Builder`]: the settings of a store.

use std::{sync::Arc, time::Duration};

use redis::{Client, IntoConnectionInfo, RedisError, io::tcp::TcpSettings};

use crate::error::{Error, Outcome, Result};

/// The settings of a store, from [`Store::builder`](crate::Store::builder).
///
/// ```
/// # use std::time::Duration;
/// # use redis_collections::{Server, Store};
/// # let server = Server::temporary()?;
/// let store = Store::builder(server.url())
///     .namespace("game")
///     .timeout(Duration::from_secs(2))
///     .connections(16)
///     .open()?;
/// store.ping()?;
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    url: String,
    pub(crate) namespace: Option<Arc<str>>,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) connections: u32,
}

impl Builder {
    /// Creates the default settings for the server at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Builder {
            url: url.into(),
            namespace: None,
            timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(5),
            connections: 10,
        }
    }

    /// Puts `namespace` and a colon before the names of collections.
    pub fn namespace(mut self, namespace: &str) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// Sets how long a call waits for its reply. The default is 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long a call waits for a connection. The default is 5 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the maximum size of a blocking store's connection pool. The default is 10.
    ///
    /// Calls that wait, such as `pop_front_wait`, use connections outside the pool. An awaiting store
    /// ignores this setting: its calls share one connection.
    pub fn connections(mut self, connections: u32) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// The address and the database, without a password.
    pub(crate) fn address(&self) -> Result<Arc<str>> {
        let client = self.client()?;
        let info = client.get_connection_info();
        Ok(format!("{} {}", info.addr(), info.redis_settings().db()).into())
    }

    /// The error for a connection that could not be opened. It names the address.
    pub(crate) fn connection_error(&self, source: RedisError) -> Error {
        let address = self.address();
        let call = match &address {
            Ok(address) => format!("a new connection to `{}`", address.trim_end_matches(" 0")),
            Err(_) => "a new connection".into(),
        };
        Error::from_connection(source, call, Outcome::NotApplied)
    }

    /// A client for the URL, with `TCP_NODELAY`: Nagle's algorithm would delay commands.
    pub(crate) fn client(&self) -> Result<Client> {
        self.url
            .as_str()
            .into_connection_info()
            .map(|info| info.set_tcp_settings(TcpSettings::default().set_nodelay(true)))
            .and_then(Client::open)
            .map_err(|source| {
                Error::from_connection(source, "a new connection".into(), Outcome::NotApplied)
            })
    }
}

impl std::fmt::Debug for Builder {
    /// Without the URL, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("namespace", &self.namespace)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}
