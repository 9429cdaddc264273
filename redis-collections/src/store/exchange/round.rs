//! [`Round`]: commands that are sent at once, and the meaning of their replies.

use redis::{Cmd, Pipeline, RedisError, Value};

use crate::{
    command::{Command, reply},
    error::{Error, Outcome, Result},
};

/// Commands that are sent at once.
#[derive(Clone, Copy)]
pub(crate) struct Round<'t> {
    pub(super) commands: &'t [Command],
    pub(super) atomic: bool,
    pub(super) whole_scripts: bool,
}

/// Why a round got no replies, and whether it may have reached the server.
pub(crate) struct ConnectionFailure {
    pub(crate) source: RedisError,
    pub(crate) outcome: Outcome,
    /// Whether connecting was repeated already.
    pub(crate) retried: bool,
}

impl Round<'_> {
    /// The only command of this round, if it can be sent as it is.
    pub(crate) fn single(&self) -> Option<&Cmd> {
        match self.commands {
            [command] if !self.atomic && !self.whole_scripts => Some(&command.words),
            _ => None,
        }
    }

    /// The round as a pipeline of redis-rs.
    pub(crate) fn pipeline(&self) -> Pipeline {
        let mut pipeline = Pipeline::with_capacity(self.commands.len());
        if self.atomic {
            pipeline.atomic();
        }
        for command in self.commands {
            let body = if self.whole_scripts { command.to_eval() } else { None };
            pipeline.add_command(body.unwrap_or_else(|| command.words.clone()));
        }
        pipeline
    }

    /// Replaces the content of `packed` with the bytes of the round.
    pub(crate) fn pack(&self, packed: &mut Vec<u8>) {
        packed.clear();
        match self.single() {
            Some(command) => command.write_packed_command(packed),
            None => packed.extend(self.pipeline().get_packed_pipeline()),
        }
    }

    /// How many replies to skip, and how many to keep after these.
    pub(crate) fn reply_counts(&self) -> (usize, usize) {
        if self.atomic { (self.commands.len() + 1, 1) } else { (0, self.commands.len()) }
    }

    /// Returns one reply a command, unless a command failed that must not fail.
    pub(super) fn check_replies(&self, replies: Vec<Value>) -> Result<Vec<Value>> {
        let replies = if self.atomic { self.exec_replies(replies)? } else { replies };
        let is_error = |reply: &Value| matches!(reply, Value::ServerError(_));
        let are_all_errors = replies.iter().all(is_error);
        let must_not_fail = |index: usize| !self.commands[index].accepts_error;
        if !replies.iter().enumerate().any(|(index, reply)| is_error(reply) && must_not_fail(index))
        {
            return Ok(replies);
        }
        let mut failed: Vec<_> = (replies.into_iter().enumerate())
            .filter_map(|(index, reply)| match reply {
                Value::ServerError(error) if must_not_fail(index) => {
                    Some((index, self.commands[index].error(error.into())))
                }
                _ => None,
            })
            .collect();
        // If all commands failed, nothing was carried out, so the error is not `Partly`.
        if are_all_errors {
            return Err(failed.remove(0).1);
        }
        Err(Error::Partly { failed })
    }

    /// The replies of a transaction, which are the elements of its last reply.
    fn exec_replies(&self, mut replies: Vec<Value>) -> Result<Vec<Value>> {
        let exec = replies.pop().unwrap_or_default();
        if let Some(Value::ServerError(error)) = replies.first() {
            // `MULTI` was refused, so each command was carried out on its own.
            let refused = self.commands[0].error(error.clone().into());
            return Err(Error::Partly { failed: vec![(0, refused)] });
        }
        // The error of the refused command says more than the `EXECABORT` that it causes.
        let refused = replies.into_iter().enumerate().find_map(|(index, reply)| match reply {
            Value::ServerError(error) => Some((index.saturating_sub(1), error)),
            _ => None,
        });
        match (refused, exec) {
            (Some((index, error)), _) => Err(self.commands[index].error(error.into())),
            (None, Value::ServerError(error)) => Err(self.commands[0].error(error.into())),
            (None, Value::Array(replies)) => Ok(replies),
            (None, other) => Err(reply::unexpected("the replies of a transaction", &other)),
        }
    }

    /// The error of a round without replies. redis-rs reports a refused transaction in this way, too.
    pub(super) fn connection_error(&self, failure: ConnectionFailure) -> Error {
        let ConnectionFailure { source, outcome, .. } = failure;
        let refused = source.clone().into_server_errors();
        match refused.as_deref().and_then(<[_]>::first) {
            Some((index, error)) => {
                let last = self.commands.len() - 1;
                self.commands[(*index).min(last)].error(error.clone().into())
            }
            None => Error::from_connection(source, self.commands[0].location().1, outcome),
        }
    }
}
