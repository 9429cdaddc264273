//! [`Connections`]: the connections of a blocking store.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use r2d2::{HandleError, ManageConnection, Pool};
use redis::{Client, Connection, RedisError, Value};

use crate::{
    error::{Outcome, Result},
    store::{
        Builder, IdleConnections, WaitTimeout,
        exchange::{ConnectionFailure, Round},
    },
};

/// A pool for ordinary calls, and dedicated connections for blocking commands. Each connection serves one
/// call at a time.
pub(super) struct Connections {
    pool: Pool<PoolManager>,
    last_error: LastError,
    connector: Arc<Connector>,
    idle: IdleConnections<BufferedConnection>,
}

impl Connections {
    /// Opens a pool, and its first connection, so that an unreachable server is an error now.
    pub(super) fn open(builder: &Builder) -> Result<Self> {
        let connector = Arc::new(Connector {
            client: builder.client()?,
            builder: builder.clone(),
            epoch: AtomicU64::default(),
        });
        let first = connector.connect().map_err(|source| builder.connection_error(source))?;
        let manager = PoolManager { connector: connector.clone(), first: Mutex::new(Some(first)) };
        let last_error = LastError::default();
        let pool = Pool::builder()
            .max_size(builder.connections)
            .min_idle(Some(0))
            .connection_timeout(builder.connect_timeout)
            .test_on_check_out(false)
            .error_handler(Box::new(last_error.clone()))
            .build_unchecked(manager);
        Ok(Connections { pool, last_error, connector, idle: IdleConnections::default() })
    }

    /// Sends `round` on a connection of the pool, and returns the replies.
    pub(super) fn send(&self, round: Round<'_>) -> Result<Vec<Value>, ConnectionFailure> {
        loop {
            let connection = self.pool.get();
            let mut connection =
                connection.map_err(|error| self.last_error.take_failure(&error))?;
            if self.connector.is_stale(&connection) {
                connection.broken = true;
                continue;
            }
            return connection.send(round).map_err(|source| self.connector.record_failure(source));
        }
    }

    /// Sends `round` on a connection outside the pool, and waits longer for the replies.
    pub(super) fn send_on_dedicated(
        &self,
        round: Round<'_>,
        timeout: WaitTimeout,
    ) -> Result<Vec<Value>, ConnectionFailure> {
        let mut connection = match self.idle.take() {
            Some(last) if !self.connector.is_stale(&last) => last,
            _ => self.connector.connect().map_err(not_sent)?,
        };
        let timeout = timeout.with_reply_timeout(self.connector.builder.timeout);
        connection.inner.set_read_timeout(Some(timeout)).map_err(not_sent)?;
        let replies =
            connection.send(round).map_err(|source| self.connector.record_failure(source))?;
        self.idle.put_back(connection);
        Ok(replies)
    }
}

/// Opens connections, and knows which of them are stale.
struct Connector {
    client: Client,
    builder: Builder,
    /// The number of lost connections so far. A connection from before the last loss is stale: a restart or
    /// a firewall that closed one connection has most likely closed the others.
    epoch: AtomicU64,
}

impl Connector {
    fn connect(&self) -> Result<BufferedConnection, RedisError> {
        // Before the connection is opened: what closes another one meanwhile may close this one, too.
        let epoch = self.epoch.load(Ordering::Relaxed);
        let connection = self.client.get_connection_with_timeout(self.builder.connect_timeout)?;
        connection.set_read_timeout(Some(self.builder.timeout))?;
        connection.set_write_timeout(Some(self.builder.timeout))?;
        Ok(BufferedConnection { inner: connection, packed: Vec::new(), epoch, broken: false })
    }

    fn is_stale(&self, connection: &BufferedConnection) -> bool {
        connection.epoch != self.epoch.load(Ordering::Relaxed)
    }

    /// Returns the failure of a connection on which a round may have been sent. If the connection was lost,
    /// all others are stale from now on.
    fn record_failure(&self, source: RedisError) -> ConnectionFailure {
        if source.is_connection_dropped() {
            self.epoch.fetch_add(1, Ordering::Relaxed);
        }
        ConnectionFailure { source, outcome: Outcome::Unknown, retried: false }
    }
}

/// The failure of a connection before anything was sent.
fn not_sent(source: RedisError) -> ConnectionFailure {
    ConnectionFailure { source, outcome: Outcome::NotApplied, retried: false }
}

/// Opens the connections of the pool.
struct PoolManager {
    connector: Arc<Connector>,
    /// The connection that `Connections::open` made.
    first: Mutex<Option<BufferedConnection>>,
}

impl ManageConnection for PoolManager {
    type Connection = BufferedConnection;
    type Error = RedisError;

    fn connect(&self) -> Result<BufferedConnection, RedisError> {
        let first = self.first.lock().ok().and_then(|mut slot| slot.take());
        first.map_or_else(|| self.connector.connect(), Ok)
    }

    fn is_valid(&self, connection: &mut BufferedConnection) -> Result<(), RedisError> {
        redis::cmd("PING").exec(&mut connection.inner)
    }

    fn has_broken(&self, connection: &mut BufferedConnection) -> bool {
        connection.broken
    }
}

/// A connection, and the buffer for the bytes of its commands.
struct BufferedConnection {
    inner: Connection,
    packed: Vec<u8>,
    epoch: u64,
    broken: bool,
}

impl BufferedConnection {
    fn send(&mut self, round: Round<'_>) -> Result<Vec<Value>, RedisError> {
        // Until every reply has been read, the next command would read a reply to this one.
        self.broken = true;
        round.pack(&mut self.packed);
        self.inner.send_packed_command(&self.packed)?;
        let (skipped, kept) = round.reply_counts();
        let replies = (0..skipped + kept).map(|_| self.receive()).collect::<Result<_, _>>()?;
        self.broken = false;
        Ok(replies)
    }

    fn receive(&mut self) -> Result<Value, RedisError> {
        loop {
            match self.inner.recv_response()? {
                Value::Push { .. } => {}
                reply => return Ok(reply),
            }
        }
    }
}

/// Why the last connection could not be opened. The pool itself reports only that it could not.
#[derive(Clone, Debug, Default)]
struct LastError(Arc<Mutex<Option<RedisError>>>);

impl HandleError<RedisError> for LastError {
    fn handle_error(&self, error: RedisError) {
        if let Ok(mut last) = self.0.lock() {
            *last = Some(error);
        }
    }
}

impl LastError {
    /// The failure of a pool that gave no connection.
    fn take_failure(&self, error: &r2d2::Error) -> ConnectionFailure {
        let last = self.0.lock().ok().and_then(|mut last| last.take());
        let source = last.unwrap_or_else(|| {
            (redis::ErrorKind::Io, "no connection became free in time", error.to_string()).into()
        });
        ConnectionFailure { source, outcome: Outcome::NotApplied, retried: true }
    }
}
