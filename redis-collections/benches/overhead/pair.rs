//! [`Pair`]: a store of ours and a bare connection of redis-rs, of one kind and on one server.

use std::{cell::RefCell, time::Duration};

use redis::{
    Client, Cmd, Connection, FromRedisValue, Pipeline, ScriptInvocation, Value,
    aio::{ConnectionManager, ConnectionManagerConfig},
    cmd,
};
use redis_collections::{Batch, Bincode, Connected, Executor, Redeem, Server, Store, aio};

/// How long either side waits: what a store waits unless it is told otherwise.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What a call on a collection gives back, before it is answered.
type Reply<P, T> = <<P as Pair>::Store as Executor>::Reply<'static, T>;

/// The two sides that are compared. What blocks is a future that is ready at once.
pub(crate) trait Pair {
    /// Our side.
    type Store: Executor<Codec = Bincode> + Connected;

    /// What the calls on this pair are called by.
    const KIND: &'static str;

    /// Our side.
    fn store(&self) -> &Self::Store;

    /// The answer to a call of ours.
    async fn answer<T: Send + 'static>(reply: Reply<Self, T>) -> T;

    /// The answers to a pipeline of ours.
    async fn pipeline<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output;

    /// The answers to a transaction of ours.
    async fn atomic<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output;

    /// The answer to a command of theirs.
    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> T;

    /// Whether the server knows `command`.
    async fn has(&self, command: &str) -> bool {
        let known: Vec<Value> = self.query(cmd("COMMAND").arg("INFO").arg(command)).await;
        known != [Value::Nil]
    }

    /// The answers to a pipeline or a transaction of theirs.
    async fn query_all<T: FromRedisValue>(&self, pipeline: &Pipeline) -> T;

    /// The answer to a script of theirs.
    async fn invoke<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> T;
}

/// Both sides block.
pub(crate) struct Blocking {
    store: Store,
    connection: RefCell<Connection>,
}

/// Both sides are awaited.
pub(crate) struct Awaiting {
    store: aio::Store,
    manager: ConnectionManager,
}

impl Blocking {
    pub(crate) fn connect(server: &Server) -> Self {
        let store = Store::open(server.url()).unwrap().namespace("ours");
        let connection = Client::open(server.url()).unwrap().get_connection().unwrap();
        connection.set_read_timeout(Some(TIMEOUT)).unwrap();
        connection.set_write_timeout(Some(TIMEOUT)).unwrap();
        Blocking { store, connection: RefCell::new(connection) }
    }
}

impl Awaiting {
    pub(crate) async fn connect(server: &Server) -> Self {
        let store = aio::Store::open(server.url()).await.unwrap().namespace("ours");
        let config = ConnectionManagerConfig::new().set_response_timeout(Some(TIMEOUT));
        let client = Client::open(server.url()).unwrap();
        let manager = ConnectionManager::new_with_config(client, config).await.unwrap();
        Awaiting { store, manager }
    }
}

impl Pair for Blocking {
    type Store = Store;

    const KIND: &'static str = "blocking";

    fn store(&self) -> &Store {
        &self.store
    }

    async fn answer<T: Send + 'static>(reply: Reply<Self, T>) -> T {
        reply.unwrap()
    }

    async fn pipeline<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output {
        self.store.pipeline(calls).unwrap()
    }

    async fn atomic<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output {
        self.store.atomic(calls).unwrap()
    }

    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> T {
        command.query(&mut *self.connection.borrow_mut()).unwrap()
    }

    async fn query_all<T: FromRedisValue>(&self, pipeline: &Pipeline) -> T {
        pipeline.query(&mut *self.connection.borrow_mut()).unwrap()
    }

    async fn invoke<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> T {
        script.invoke(&mut *self.connection.borrow_mut()).unwrap()
    }
}

impl Pair for Awaiting {
    type Store = aio::Store;

    const KIND: &'static str = "async";

    fn store(&self) -> &aio::Store {
        &self.store
    }

    async fn answer<T: Send + 'static>(reply: Reply<Self, T>) -> T {
        reply.await.unwrap()
    }

    async fn pipeline<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output {
        self.store.pipeline(calls).await.unwrap()
    }

    async fn atomic<R: Redeem + Send + 'static>(
        &self,
        calls: impl FnOnce(&Batch<Bincode>) -> R,
    ) -> R::Output {
        self.store.atomic(calls).await.unwrap()
    }

    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> T {
        command.query_async(&mut self.manager.clone()).await.unwrap()
    }

    async fn query_all<T: FromRedisValue>(&self, pipeline: &Pipeline) -> T {
        pipeline.query_async(&mut self.manager.clone()).await.unwrap()
    }

    async fn invoke<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> T {
        script.invoke_async(&mut self.manager.clone()).await.unwrap()
    }
}
