//! [`Inner`]: what all clones of an awaiting store share, and how it carries a request.

use std::sync::Arc;

use redis::{Value, aio::ConnectionManager};

use super::dedicated::{DedicatedConnections, carry};
use crate::{
    command::Request,
    error::{Outcome, Result},
    store::{
        WaitTimeout,
        exchange::{Checked, Exchange, Lost, Round, Step},
    },
};

/// What all clones of a store share.
pub(super) struct Inner {
    pub(super) manager: ConnectionManager,
    pub(super) dedicated: DedicatedConnections,
    pub(super) checked: Checked,
    /// The address, without a password.
    pub(super) server: Arc<str>,
    /// The managed server, if this store keeps one; it goes after the connection.
    pub(super) _guard: Option<ServerGuard>,
}

pub(super) type ServerGuard = Box<dyn std::any::Any + Send + Sync>;

impl Inner {
    /// Sends `request` and whatever it needs before it, until it is answered; with patience, on a
    /// connection of its own.
    pub(super) async fn answer(
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
                Some(timeout) => self.dedicated.send(exchange.round(), timeout).await,
                None => self.send(exchange.round()).await,
            };
            match exchange.feed(replies) {
                Step::Again => {}
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Done(answer) => return answer,
            }
        }
    }

    async fn send(&self, round: Round<'_>) -> Result<Vec<Value>, Lost> {
        let mut manager = self.manager.clone();
        carry(round, &mut manager).await.map_err(|source| {
            self.dedicated.forget(&source);
            let refused = source.is_connection_refusal();
            let outcome = if refused { Outcome::NotApplied } else { Outcome::Unknown };
            Lost { source, outcome, waited: false }
        })
    }
}
