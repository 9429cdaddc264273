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
        Builder, Idle, WaitTimeout,
        exchange::{Lost, Round},
    },
};

/// A pool of connections, each used by one call at a time, and beside it those on which calls wait.
pub(super) struct Connections {
    pool: Pool<Manager>,
    refusal: Refusal,
    maker: Arc<Maker>,
    idle: Idle<Socket>,
}

impl Connections {
    /// Makes a first connection, to be certain that the server can be reached.
    pub(super) fn open(builder: &Builder) -> Result<Self> {
        let maker = Arc::new(Maker {
            client: builder.client()?,
            builder: builder.clone(),
            epoch: AtomicU64::default(),
        });
        let first = maker.make().map_err(|source| builder.not_connected(source))?;
        let manager = Manager { maker: maker.clone(), first: Mutex::new(Some(first)) };
        let refusal = Refusal::default();
        let pool = Pool::builder()
            .max_size(builder.connections)
            .min_idle(Some(0))
            .connection_timeout(builder.connect_timeout)
            .test_on_check_out(false)
            .error_handler(Box::new(refusal.clone()))
            .build_unchecked(manager);
        Ok(Connections { pool, refusal, maker, idle: Idle::default() })
    }

    /// Sends `round` on a connection of the pool, and returns the replies.
    pub(super) fn send(&self, round: Round<'_>) -> Result<Vec<Value>, Lost> {
        loop {
            let mut socket = self.pool.get().map_err(|error| self.refusal.take(&error))?;
            if self.maker.is_old(&socket) {
                socket.broken = true;
                continue;
            }
            return socket.send(round).map_err(|source| self.maker.lost(source));
        }
    }

    /// Sends `round` on a connection beside the pool, and returns the replies, for which the server
    /// may take longer.
    pub(super) fn wait(&self, round: Round<'_>, timeout: WaitTimeout) -> Result<Vec<Value>, Lost> {
        let mut socket = match self.idle.take() {
            Some(last) if !self.maker.is_old(&last) => last,
            _ => self.maker.make().map_err(not_sent)?,
        };
        let timeout = timeout.with(self.maker.builder.timeout);
        socket.connection.set_read_timeout(Some(timeout)).map_err(not_sent)?;
        let replies = socket.send(round).map_err(|source| self.maker.lost(source))?;
        self.idle.keep(socket);
        Ok(replies)
    }
}

/// Makes connections, and knows which are of use.
struct Maker {
    client: Client,
    builder: Builder,
    /// How often a connection was lost: those from before are not used again, since whatever
    /// closed one (a restart, a firewall) has most likely closed the others.
    epoch: AtomicU64,
}

impl Maker {
    fn make(&self) -> Result<Socket, RedisError> {
        let connection = self.client.get_connection_with_timeout(self.builder.connect_timeout)?;
        connection.set_read_timeout(Some(self.builder.timeout))?;
        connection.set_write_timeout(Some(self.builder.timeout))?;
        let epoch = self.epoch.load(Ordering::Relaxed);
        Ok(Socket { connection, packed: Vec::new(), epoch, broken: false })
    }

    fn is_old(&self, socket: &Socket) -> bool {
        socket.epoch != self.epoch.load(Ordering::Relaxed)
    }

    /// What it means that `source` was met after something was sent.
    fn lost(&self, source: RedisError) -> Lost {
        if source.is_connection_dropped() {
            self.epoch.fetch_add(1, Ordering::Relaxed);
        }
        Lost { source, outcome: Outcome::Unknown, waited: false }
    }
}

/// What it means that `source` was met before anything was sent.
fn not_sent(source: RedisError) -> Lost {
    Lost { source, outcome: Outcome::NotApplied, waited: false }
}

/// Makes the connections of the pool.
struct Manager {
    maker: Arc<Maker>,
    /// The connection that proved at the start that the server can be reached.
    first: Mutex<Option<Socket>>,
}

impl ManageConnection for Manager {
    type Connection = Socket;
    type Error = RedisError;

    fn connect(&self) -> Result<Socket, RedisError> {
        let first = self.first.lock().ok().and_then(|mut slot| slot.take());
        first.map_or_else(|| self.maker.make(), Ok)
    }

    fn is_valid(&self, socket: &mut Socket) -> Result<(), RedisError> {
        redis::cmd("PING").exec(&mut socket.connection)
    }

    fn has_broken(&self, socket: &mut Socket) -> bool {
        socket.broken
    }
}

/// One connection, with the buffer that its commands are packed into.
struct Socket {
    connection: Connection,
    packed: Vec<u8>,
    epoch: u64,
    broken: bool,
}

impl Socket {
    fn send(&mut self, round: Round<'_>) -> Result<Vec<Value>, RedisError> {
        // Until every reply has been read, the next command would read a reply that is not its own.
        self.broken = true;
        round.pack(&mut self.packed);
        self.connection.send_packed_command(&self.packed)?;
        let (before, kept) = round.replies();
        let replies = (0..before + kept).map(|_| self.receive()).collect::<Result<_, _>>()?;
        self.broken = false;
        Ok(replies)
    }

    fn receive(&mut self) -> Result<Value, RedisError> {
        loop {
            match self.connection.recv_response()? {
                Value::Push { .. } => {}
                reply => return Ok(reply),
            }
        }
    }
}

/// Why the last connection could not be made; the pool itself tells only that it could not.
#[derive(Clone, Debug, Default)]
struct Refusal(Arc<Mutex<Option<RedisError>>>);

impl HandleError<RedisError> for Refusal {
    fn handle_error(&self, error: RedisError) {
        if let Ok(mut last) = self.0.lock() {
            *last = Some(error);
        }
    }
}

impl Refusal {
    fn take(&self, error: &r2d2::Error) -> Lost {
        let last = self.0.lock().ok().and_then(|mut last| last.take());
        let source = last.unwrap_or_else(|| {
            (redis::ErrorKind::Io, "no connection became free in time", error.to_string()).into()
        });
        Lost { source, outcome: Outcome::NotApplied, waited: true }
    }
}
