//! [`Shared`]: what all clones of an awaiting store share, and how it carries a request.

use std::sync::Arc;

use redis::{Value, aio::ConnectionManager};

use super::waiting::{Waiting, carry};
use crate::{
    command::Request,
    error::{Outcome, Result},
    store::{
        Patience,
        exchange::{Checked, Exchange, Lost, Round, Turn},
    },
};

/// What all clones of a store share.
pub(super) struct Shared {
    pub(super) manager: ConnectionManager,
    pub(super) waiting: Waiting,
    pub(super) checked: Checked,
    /// The address, without a password.
    pub(super) server: Arc<str>,
    /// The managed server, if this store keeps one; it goes after the connection.
    pub(super) _guest: Option<Guest>,
}

pub(super) type Guest = Box<dyn std::any::Any + Send + Sync>;

impl Shared {
    /// Sends `request` and whatever it needs before it, until it is answered; with patience, on a
    /// connection of its own.
    pub(super) async fn answer(
        &self,
        request: &mut Request,
        patience: Option<Patience>,
    ) -> Result<Value> {
        request.check()?;
        if request.is_empty() && request.schemas.is_empty() {
            return Ok(Value::Array(Vec::new()));
        }
        let mut exchange = Exchange::new(request, &self.checked);
        loop {
            let replies = match patience {
                Some(patience) => self.waiting.send(exchange.round(), patience).await,
                None => self.send(exchange.round()).await,
            };
            match exchange.feed(replies) {
                Turn::Again => {}
                Turn::Pause(pause) => tokio::time::sleep(pause).await,
                Turn::Done(answer) => return answer,
            }
        }
    }

    async fn send(&self, round: Round<'_>) -> Result<Vec<Value>, Lost> {
        let mut manager = self.manager.clone();
        carry(round, &mut manager).await.map_err(|source| {
            self.waiting.forget(&source);
            let refused = source.is_connection_refusal();
            let outcome = if refused { Outcome::NotApplied } else { Outcome::Unknown };
            Lost { source, outcome, waited: false }
        })
    }
}
