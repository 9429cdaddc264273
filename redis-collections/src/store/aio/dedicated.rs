//! [`DedicatedConnections`]: an awaiting store's connections for blocking commands.

use redis::{
    AsyncConnectionConfig, Client, RedisError, Value,
    aio::{ConnectionLike, MultiplexedConnection},
};

use crate::{
    error::{Outcome, Result},
    store::{
        Builder, IdleConnections, WaitTimeout,
        exchange::{ConnectionFailure, Round},
    },
};

/// One connection for each waiting call, and idle ones.
///
/// A call that is dropped while it waits closes its connection, so that no other call can read its reply.
pub(super) struct DedicatedConnections {
    client: Client,
    builder: Builder,
    idle: IdleConnections<MultiplexedConnection>,
}

impl DedicatedConnections {
    /// Creates the set for the server of `builder`. Opens no connection.
    pub(super) fn new(builder: &Builder) -> Result<Self> {
        Ok(DedicatedConnections {
            client: builder.client()?,
            builder: builder.clone(),
            idle: IdleConnections::default(),
        })
    }

    /// Sends `round` on a connection that no other call uses, and returns the replies.
    pub(super) async fn send(
        &self,
        round: Round<'_>,
        timeout: WaitTimeout,
    ) -> Result<Vec<Value>, ConnectionFailure> {
        let failure = |outcome| move |source| ConnectionFailure { source, outcome, retried: false };
        let connection = self.connection().await;
        let mut connection = connection.map_err(failure(Outcome::NotApplied))?;
        connection.set_response_timeout(timeout.with_reply_timeout(self.builder.timeout));
        let replies = send_round(round, &mut connection).await;
        let replies = replies.inspect_err(|error| self.drop_idle_after(error));
        let replies = replies.map_err(failure(Outcome::Unknown))?;
        self.idle.put_back(connection);
        Ok(replies)
    }

    /// Drops the idle connections if `error` is a lost connection.
    pub(super) fn drop_idle_after(&self, error: &RedisError) {
        if error.is_connection_dropped() {
            self.idle.clear();
        }
    }

    /// The idle connection that was used last, or a new one.
    async fn connection(&self) -> Result<MultiplexedConnection, RedisError> {
        if let Some(last) = self.idle.take() {
            return Ok(last);
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.builder.connect_timeout))
            .set_response_timeout(Some(self.builder.timeout));
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }
}

/// Sends `round` on `connection`, and returns the replies.
pub(super) async fn send_round(
    round: Round<'_>,
    connection: &mut impl ConnectionLike,
) -> Result<Vec<Value>, RedisError> {
    if let Some(command) = round.single() {
        return Ok(vec![connection.req_packed_command(command).await?]);
    }
    let (skipped, kept) = round.reply_counts();
    connection.req_packed_commands(&round.pipeline(), skipped, kept).await
}
