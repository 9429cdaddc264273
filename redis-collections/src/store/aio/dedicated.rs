//! [`DedicatedConnections`]: the connections of an awaiting store on which calls wait.

use redis::{
    AsyncConnectionConfig, Client, RedisError, Value,
    aio::{ConnectionLike, MultiplexedConnection},
};

use crate::{
    error::{Outcome, Result},
    store::{
        Builder, Idle, WaitTimeout,
        exchange::{Lost, Round},
    },
};

/// As many connections as calls wait, and those that wait for a call.
///
/// A call that is dropped while it waits drops its connection, which closes it: nobody else can
/// meet its answer.
pub(super) struct DedicatedConnections {
    client: Client,
    builder: Builder,
    idle: Idle<MultiplexedConnection>,
}

impl DedicatedConnections {
    /// No connections yet, to the server of `builder`.
    pub(super) fn new(builder: &Builder) -> Result<Self> {
        Ok(DedicatedConnections {
            client: builder.client()?,
            builder: builder.clone(),
            idle: Idle::default(),
        })
    }

    /// Sends `round` on a connection of its own, and returns the replies once they are there.
    pub(super) async fn send(
        &self,
        round: Round<'_>,
        timeout: WaitTimeout,
    ) -> Result<Vec<Value>, Lost> {
        let lost = |outcome| move |source| Lost { source, outcome, waited: false };
        let connection = self.connection().await;
        let mut connection = connection.map_err(lost(Outcome::NotApplied))?;
        connection.set_response_timeout(timeout.with(self.builder.timeout));
        let replies = carry(round, &mut connection).await.inspect_err(|error| self.forget(error));
        let replies = replies.map_err(lost(Outcome::Unknown))?;
        self.idle.keep(connection);
        Ok(replies)
    }

    /// Drops the idle connections after `error`, if that means that one was lost.
    pub(super) fn forget(&self, error: &RedisError) {
        if error.is_connection_dropped() {
            self.idle.forget();
        }
    }

    /// The connection that was used last, or a new one.
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
pub(super) async fn carry(
    round: Round<'_>,
    connection: &mut impl ConnectionLike,
) -> Result<Vec<Value>, RedisError> {
    if let Some(command) = round.single() {
        return Ok(vec![connection.req_packed_command(command).await?]);
    }
    let (before, kept) = round.replies();
    connection.req_packed_commands(&round.pipeline(), before, kept).await
}
