//! [`Inner`]: the part that all clones of an awaiting store share.

use std::sync::Arc;

use redis::{Value, aio::ConnectionManager};

use super::dedicated::{DedicatedConnections, send_round};
use crate::{
    command::Request,
    error::{Outcome, Result},
    store::{
        WaitTimeout,
        exchange::{CheckedSchemas, ConnectionFailure, Exchange, Round, Step},
    },
};

/// The part that all clones of a store share.
pub(super) struct Inner {
    /// The connection that all tasks share.
    pub(super) manager: ConnectionManager,
    pub(super) dedicated: DedicatedConnections,
    pub(super) checked: CheckedSchemas,
    /// The address, without a password.
    pub(super) server: Arc<str>,
    /// The managed server, if this store keeps one. Fields are dropped in order: connections first.
    pub(super) _guard: Option<ServerGuard>,
}

/// Keeps a managed server running until it is dropped.
pub(super) type ServerGuard = Box<dyn std::any::Any + Send + Sync>;

impl Inner {
    /// Sends `request`, with its schema checks and retries, and returns its reply. A request with a
    /// `timeout` gets a dedicated connection.
    pub(super) async fn execute(
        &self,
        request: &mut Request,
        timeout: Option<WaitTimeout>,
    ) -> Result<Value> {
        request.check()?;
        if request.is_empty() && request.schemas.is_empty() {
            return Ok(Value::Array(Vec::new()));
        }
        let mut exchange = Exchange::new(request, &self.checked);
        loop {
            let replies = match timeout {
                Some(timeout) => self.dedicated.send(exchange.begin_round(), timeout).await,
                None => self.send(exchange.begin_round()).await,
            };
            match exchange.receive(replies) {
                Step::Again => {}
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Done(reply) => return reply,
            }
        }
    }

    /// Sends `round` on the shared connection, and returns the replies.
    async fn send(&self, round: Round<'_>) -> Result<Vec<Value>, ConnectionFailure> {
        let mut manager = self.manager.clone();
        send_round(round, &mut manager).await.map_err(|source| {
            self.dedicated.drop_idle_after(&source);
            let refused = source.is_connection_refusal();
            let outcome = if refused { Outcome::NotApplied } else { Outcome::Unknown };
            ConnectionFailure { source, outcome, retried: false }
        })
    }
}
