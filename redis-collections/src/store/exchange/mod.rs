//! [`Exchange`]: the course of one request, without I/O.
//!
//! The blocking and the awaiting store differ only in their I/O. Both use this one implementation of the
//! schema check, `NOSCRIPT`, chunks and retries.

mod round;
pub(crate) use round::{ConnectionFailure, Round};

mod schema_check;
pub(crate) use schema_check::CheckedSchemas;
use schema_check::next_schema_check;

use std::{mem, time::Duration};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use redis::Value;

use crate::{
    command::{Body, Command, Request, Retry, Schema, reply},
    error::{Error, Outcome, Result},
};

/// The maximum number of commands in one transaction of a chunked request: 10,000 entries, at 500
/// entries a command.
const CHUNK_COMMANDS: usize = 20;

/// The size of the arguments after which a transaction of a chunked request takes no more commands.
const CHUNK_BYTES: usize = 1 << 20;

/// How much longer a script blocks the server than a command with as many bytes. Measured with the
/// script of `Counter::add_all`, which needs some 400 ms for a megabyte.
const SCRIPT_WEIGHT: usize = 8;

/// The course of one request.
pub(crate) struct Exchange<'r> {
    request: &'r Request,
    checked: &'r CheckedSchemas,
    /// The schema check that comes before the request.
    schema_check: Option<(&'static Schema, Request)>,
    /// The number of commands that were carried out in earlier rounds.
    completed: usize,
    replies: Vec<Value>,
    /// Whether scripts are sent as their text, with `EVAL`.
    whole_scripts: bool,
    /// Whether the reads of a transaction are sent without `MULTI`.
    without_multi: bool,
    /// Whether an earlier attempt may have been carried out, though it failed.
    maybe_applied: bool,
    pauses: Option<ExponentialBackoff>,
}

/// What to do after a round.
pub(crate) enum Step {
    /// Send the next round.
    Again,
    /// Wait, then send the same round.
    Pause(Duration),
    /// Return this reply or error: the request is complete.
    Done(Result<Value>),
}

impl<'r> Exchange<'r> {
    pub(crate) fn new(request: &'r Request, checked: &'r CheckedSchemas) -> Self {
        Exchange {
            request,
            checked,
            schema_check: next_schema_check(request, checked),
            completed: 0,
            replies: Vec::new(),
            whole_scripts: false,
            without_multi: false,
            maybe_applied: false,
            pauses: None,
        }
    }

    /// Returns the round to send now. If it carries out the request, the outcome is in doubt from here on.
    pub(crate) fn begin_round(&self) -> Round<'_> {
        if let Some(in_doubt) = &self.request.in_doubt
            && self.round_has_effect()
        {
            in_doubt.set();
        }
        self.round()
    }

    fn round(&self) -> Round<'_> {
        let check = self.schema_check.as_ref();
        let body = check.map_or(&self.request.body, |(_, check)| &check.body);
        let whole_scripts = self.whole_scripts;
        match body {
            Body::One(command) => {
                Round { commands: std::slice::from_ref(command), atomic: false, whole_scripts }
            }
            Body::Atomic(all) => {
                Round { commands: all, atomic: !self.without_multi, whole_scripts: true }
            }
            Body::Pipeline(all) => Round { commands: all, atomic: false, whole_scripts: true },
            Body::Chunks(all) => {
                let commands = chunk(&all[self.completed..]);
                Round { commands, atomic: commands.len() > 1, whole_scripts: true }
            }
            Body::Staged(all) if self.only_prepares() => {
                let commands = chunk(&all[self.completed..all.len() - 1]);
                Round { commands, atomic: commands.len() > 1, whole_scripts }
            }
            Body::Staged(all) => {
                Round { commands: &all[self.completed..], atomic: false, whole_scripts }
            }
        }
    }

    /// Receives the replies to the round, and returns what to do next.
    pub(crate) fn receive(&mut self, replies: Result<Vec<Value>, ConnectionFailure>) -> Step {
        let step = self.next_step(replies);
        if let (Some(in_doubt), Step::Done(reply)) = (&self.request.in_doubt, &step)
            && !matches!(reply, Err(error) if error.outcome() == Outcome::Unknown)
        {
            in_doubt.clear();
        }
        step
    }

    fn next_step(&mut self, replies: Result<Vec<Value>, ConnectionFailure>) -> Step {
        let round = self.round();
        let retried = replies.as_ref().is_err_and(|failure| failure.retried);
        let replies = match replies {
            Ok(replies) => round.check_replies(replies),
            Err(failure) => Err(round.connection_error(failure)),
        };
        match replies {
            Ok(replies) if self.schema_check.is_some() => self.finish_schema_check(replies),
            Ok(replies) => self.add_replies(replies),
            Err(error) if is_unknown_script(&error) && !self.whole_scripts => {
                self.whole_scripts = true;
                Step::Again
            }
            // If its memory is full, Redis 7.0 refuses every transaction, even one of reads only.
            Err(Error::OutOfMemory { .. })
                if self.request.retry == Retry::Read && !self.without_multi =>
            {
                self.without_multi = true;
                Step::Again
            }
            Err(error) => self.retry_or_fail(error, retried),
        }
    }

    fn add_replies(&mut self, replies: Vec<Value>) -> Step {
        self.completed += replies.len();
        match &self.request.body {
            Body::One(_) => Step::Done(Ok(replies.into_iter().next().unwrap_or_default())),
            Body::Chunks(all) | Body::Staged(all) if self.completed < all.len() => {
                self.replies.extend(replies);
                Step::Again
            }
            _ if self.replies.is_empty() => Step::Done(Ok(Value::Array(replies))),
            _ => {
                self.replies.extend(replies);
                Step::Done(Ok(Value::Array(mem::take(&mut self.replies))))
            }
        }
    }

    fn finish_schema_check(&mut self, mut replies: Vec<Value>) -> Step {
        self.whole_scripts = false;
        let Some((schema, _)) = self.schema_check.take() else { return Step::Again };
        let reply = replies.pop().unwrap_or_default();
        match reply::list::<_, Vec<_>>(reply, reply::bytes).as_deref() {
            Ok([]) => {
                self.checked.insert(schema);
                self.schema_check = next_schema_check(self.request, self.checked);
                if self.schema_check.is_none() && self.request.is_empty() {
                    return Step::Done(Ok(Value::Array(Vec::new())));
                }
                Step::Again
            }
            Ok([field, found, ..]) => {
                let text = |bytes| String::from_utf8_lossy(bytes);
                Step::Done(Err(schema.mismatch(&text(field), &text(found))))
            }
            _ => Step::Done(Err(reply::unexpected("a field and its description", &Value::Nil))),
        }
    }

    /// Whether the round carries out the request. Others check a schema, or prepare the last command.
    fn round_has_effect(&self) -> bool {
        self.schema_check.is_none() && !self.only_prepares()
    }

    /// Whether the rest of the request only prepares its last command.
    fn only_prepares(&self) -> bool {
        matches!(&self.request.body, Body::Staged(all) if self.completed + 1 < all.len())
    }

    /// Repeats the round if that is safe, unless the connection was `retried` already.
    fn retry_or_fail(&mut self, error: Error, retried: bool) -> Step {
        self.maybe_applied |= self.round_has_effect() && error.outcome() == Outcome::Unknown;
        let may_repeat = !retried && may_repeat(self.request.retry, &error);
        let pause = may_repeat.then(|| self.pauses.get_or_insert_with(pauses).next()).flatten();
        match pause {
            Some(pause) => Step::Pause(pause),
            None => Step::Done(Err(self.final_error(error))),
        }
    }

    /// Makes the error of a round the error of the request: earlier rounds may have been carried out.
    fn final_error(&self, error: Error) -> Error {
        match error {
            Error::Unavailable { call, source, .. } | Error::Timeout { call, source }
                if self.only_prepares() =>
            {
                Error::Unavailable { call, source, outcome: Outcome::NotApplied }
            }
            Error::Unavailable { call, source, .. } | Error::NotReady { call, source }
                if self.maybe_applied =>
            {
                Error::Unavailable { call, source, outcome: Outcome::Unknown }
            }
            Error::Partly { mut failed } if self.only_prepares() => failed.swap_remove(0).1,
            Error::Partly { failed } => Error::Partly {
                failed: failed
                    .into_iter()
                    .map(|(index, error)| (self.completed + index, error))
                    .collect(),
            },
            error
                if self.completed > 0
                    && error.outcome() == Outcome::NotApplied
                    && !matches!(self.request.body, Body::Staged(_)) =>
            {
                Error::Partly { failed: vec![(self.completed, error)] }
            }
            error => error,
        }
    }
}

/// The commands that one transaction takes.
fn chunk(commands: &[Command]) -> &[Command] {
    let mut bytes = 0;
    let end = commands.iter().take(CHUNK_COMMANDS).take_while(|command| {
        let has_room = bytes < CHUNK_BYTES;
        bytes += command.byte_len() * if command.script.is_some() { SCRIPT_WEIGHT } else { 1 };
        has_room
    });
    &commands[..end.count().max(1)]
}

/// Whether a request of this kind may be sent again after `error`.
fn may_repeat(retry: Retry, error: &Error) -> bool {
    match error {
        Error::NotReady { .. } => true,
        Error::Unavailable { outcome, .. } => {
            retry != Retry::Once || *outcome == Outcome::NotApplied
        }
        _ => false,
    }
}

fn is_unknown_script(error: &Error) -> bool {
    matches!(error, Error::Server { source, .. } if source.code() == Some("NOSCRIPT"))
}

/// Five pauses of 10 ms to 160 ms. The sum of a third of a second is enough for a server that starts.
fn pauses() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(10))
        .with_max_times(5)
        .with_jitter()
        .build()
}
