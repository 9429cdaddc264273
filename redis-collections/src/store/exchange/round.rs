//! [`Round`]: what is sent at one time, and what its replies mean.

use redis::{Cmd, Pipeline, RedisError, Value};

use crate::{
    command::{Command, reply},
    error::{Error, Outcome, Result},
};

/// Commands that are sent together.
#[derive(Clone, Copy)]
pub(crate) struct Round<'t> {
    pub(super) commands: &'t [Command],
    pub(super) atomic: bool,
    pub(super) whole_scripts: bool,
}

/// A connection that failed: what it said, and whether the round can have reached the server.
pub(crate) struct Lost {
    pub(crate) source: RedisError,
    pub(crate) outcome: Outcome,
    /// Whether it was tried again and again already.
    pub(crate) waited: bool,
}

impl Round<'_> {
    /// The only command of this round, if it goes as it stands.
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

    /// The round as bytes, in place of what `packed` held.
    pub(crate) fn pack(&self, packed: &mut Vec<u8>) {
        packed.clear();
        match self.single() {
            Some(command) => command.write_packed_command(packed),
            None => packed.extend(self.pipeline().get_packed_pipeline()),
        }
    }

    /// How many replies come before those that matter, and how many matter.
    pub(crate) fn replies(&self) -> (usize, usize) {
        if self.atomic { (self.commands.len() + 1, 1) } else { (0, self.commands.len()) }
    }

    /// The replies, one a command, if none of them is an error that must not be.
    pub(super) fn settle(&self, replies: Vec<Value>) -> Result<Vec<Value>> {
        let replies = if self.atomic { self.executed(replies)? } else { replies };
        let is_error = |reply: &Value| matches!(reply, Value::ServerError(_));
        let are_all_errors = replies.iter().all(is_error);
        let must_not_fail = |at: usize| !self.commands[at].accepts_error;
        if !replies.iter().enumerate().any(|(at, reply)| is_error(reply) && must_not_fail(at)) {
            return Ok(replies);
        }
        let mut failed: Vec<_> = (replies.into_iter().enumerate())
            .filter_map(|(at, reply)| match reply {
                Value::ServerError(error) if must_not_fail(at) => {
                    Some((at, self.commands[at].error(error.into())))
                }
                _ => None,
            })
            .collect();
        // Where all have failed, nothing was carried out: that is no part.
        if are_all_errors {
            return Err(failed.remove(0).1);
        }
        Err(Error::Partly { failed })
    }

    /// The replies of a transaction, which its last reply holds.
    fn executed(&self, mut replies: Vec<Value>) -> Result<Vec<Value>> {
        let exec = replies.pop().unwrap_or_default();
        if let Some(Value::ServerError(error)) = replies.first() {
            // Without their `MULTI`, the commands were carried out each for itself.
            let refused = self.commands[0].error(error.clone().into());
            return Err(Error::Partly { failed: vec![(0, refused)] });
        }
        // The refusal of a command tells more than the `EXECABORT` that follows from it.
        let refused = replies.into_iter().enumerate().find_map(|(at, reply)| match reply {
            Value::ServerError(error) => Some((at.saturating_sub(1), error)),
            _ => None,
        });
        match (refused, exec) {
            (Some((at, error)), _) => Err(self.commands[at].error(error.into())),
            (None, Value::ServerError(error)) => Err(self.commands[0].error(error.into())),
            (None, Value::Array(replies)) => Ok(replies),
            (None, other) => Err(reply::unexpected("the replies of a transaction", &other)),
        }
    }

    /// What a connection's error means: redis-rs gives a refused transaction as one, too.
    pub(super) fn lost(&self, Lost { source, outcome, .. }: Lost) -> Error {
        let refused = source.clone().into_server_errors();
        match refused.as_deref().and_then(<[_]>::first) {
            Some((at, error)) => {
                self.commands[(*at).min(self.commands.len() - 1)].error(error.clone().into())
            }
            None => Error::from_connection(source, self.commands[0].location().1, outcome),
        }
    }
}
