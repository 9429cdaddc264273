//! [`Exchange`]: what is sent for one request, and what its answers mean; no input or output here.
//!
//! The blocking and the awaiting store differ only in who carries the bytes. Everything else that
//! a request goes through stands here once: the schema check, `NOSCRIPT`, chunks, retries.

mod round;
pub(crate) use round::{Lost, Round};

use std::{collections::HashSet, mem, sync::RwLock, time::Duration};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use redis::Value;

use crate::{
    command::{Body, Command, Request, Retry, Schema, Script, reply},
    error::{Error, Outcome, Result},
};

/// How many commands one transaction of a chunked request has at the most; with 500 entries a
/// command, that is 10,000 entries.
const CHUNK_COMMANDS: usize = 20;

/// How many bytes of arguments one transaction of a chunked request has, give or take a command.
const CHUNK_BYTES: usize = 1 << 20;

/// How many times as long as a command a script may hold up the server, for as many bytes: that of
/// `Counter::add_all` was measured, with which a megabyte takes some 400 ms.
const SCRIPT_WEIGHT: usize = 8;

/// Gives nothing if all fields are as they are defined, else the first that is not, and what
/// it was stored as.
static CHECK_SCHEMA: Script = Script::idempotent("HGETALL", include_str!("check_schema.lua"));

/// The schemas that one server is known to agree with.
#[derive(Debug, Default)]
pub(crate) struct Checked(RwLock<HashSet<u64>>);

/// The course of one request.
pub(crate) struct Exchange<'r> {
    request: &'r Request,
    checked: &'r Checked,
    /// What has to be true before the request is sent.
    check: Option<(&'static Schema, Request)>,
    sent: usize,
    replies: Vec<Value>,
    whole_scripts: bool,
    /// Whether the reads of a transaction go each for itself.
    apart: bool,
    /// Whether a round was lost that may have been carried out.
    doubtful: bool,
    pauses: Option<ExponentialBackoff>,
}

/// How to go on after a round.
pub(crate) enum Step {
    /// Send the next round.
    Again,
    /// Wait, then send the same round.
    Pause(Duration),
    /// The request is answered.
    Done(Result<Value>),
}

impl<'r> Exchange<'r> {
    pub(crate) fn new(request: &'r Request, checked: &'r Checked) -> Self {
        let check = next_check(request, checked);
        Exchange {
            request,
            checked,
            check,
            sent: 0,
            replies: Vec::new(),
            whole_scripts: false,
            apart: false,
            doubtful: false,
            pauses: None,
        }
    }

    /// The commands that are to be sent next.
    pub(crate) fn round(&self) -> Round<'_> {
        if let Some(in_doubt) = &self.request.in_doubt
            && self.check.is_none()
            && !self.only_prepares()
        {
            in_doubt.set();
        }
        self.next()
    }

    fn next(&self) -> Round<'_> {
        let body = self.check.as_ref().map_or(&self.request.body, |(_, check)| &check.body);
        let whole_scripts = self.whole_scripts;
        match body {
            Body::One(command) => {
                Round { commands: std::slice::from_ref(command), atomic: false, whole_scripts }
            }
            Body::Atomic(all) => Round { commands: all, atomic: !self.apart, whole_scripts: true },
            Body::Pipeline(all) => Round { commands: all, atomic: false, whole_scripts: true },
            Body::Chunks(all) => {
                let commands = chunk(&all[self.sent..]);
                Round { commands, atomic: commands.len() > 1, whole_scripts: true }
            }
            Body::Staged(all) if self.only_prepares() => {
                let commands = chunk(&all[self.sent..all.len() - 1]);
                Round { commands, atomic: commands.len() > 1, whole_scripts }
            }
            Body::Staged(all) => {
                Round { commands: &all[self.sent..], atomic: false, whole_scripts }
            }
        }
    }

    /// Takes what came back for the round, and says how to go on.
    pub(crate) fn feed(&mut self, answer: Result<Vec<Value>, Lost>) -> Step {
        let step = self.take(answer);
        if let (Some(in_doubt), Step::Done(answer)) = (&self.request.in_doubt, &step)
            && !matches!(answer, Err(error) if error.outcome() == Outcome::Unknown)
        {
            in_doubt.clear();
        }
        step
    }

    fn take(&mut self, answer: Result<Vec<Value>, Lost>) -> Step {
        let round = self.next();
        let waited = answer.as_ref().is_err_and(|lost| lost.waited);
        let replies = match answer {
            Ok(replies) => round.settle(replies),
            Err(lost) => Err(round.lost(lost)),
        };
        match replies {
            Ok(replies) if self.check.is_some() => self.settle_check(replies),
            Ok(replies) => self.settle(replies),
            Err(error) if is_unknown_script(&error) && !self.whole_scripts => {
                self.whole_scripts = true;
                Step::Again
            }
            // A full Redis 7.0 takes no transactions, not even of reads, and reads have to go on.
            Err(Error::OutOfMemory { .. }) if self.request.retry == Retry::Read && !self.apart => {
                self.apart = true;
                Step::Again
            }
            Err(error) => self.retry(error, waited),
        }
    }

    fn settle(&mut self, replies: Vec<Value>) -> Step {
        self.sent += replies.len();
        match &self.request.body {
            Body::One(_) => Step::Done(Ok(replies.into_iter().next().unwrap_or_default())),
            Body::Chunks(all) | Body::Staged(all) if self.sent < all.len() => {
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

    fn settle_check(&mut self, mut replies: Vec<Value>) -> Step {
        self.whole_scripts = false;
        let Some((schema, _)) = self.check.take() else { return Step::Again };
        let reply = replies.pop().unwrap_or_default();
        match reply::list::<_, Vec<_>>(reply, reply::bytes).as_deref() {
            Ok([]) => {
                self.checked.add(schema);
                self.check = next_check(self.request, self.checked);
                if self.check.is_none() && self.request.is_empty() {
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

    /// Whether what is sent next has no effect before something else is sent.
    fn only_prepares(&self) -> bool {
        matches!(&self.request.body, Body::Staged(all) if self.sent + 1 < all.len())
    }

    /// Repeats the round if that can do no harm; `waited` tells that it was tried long enough.
    fn retry(&mut self, error: Error, waited: bool) -> Step {
        let has_effect = self.check.is_none() && !self.only_prepares();
        self.doubtful |= has_effect && error.outcome() == Outcome::Unknown;
        let may_repeat = !waited && may_repeat(self.request.retry, &error);
        let pause = may_repeat.then(|| self.pauses.get_or_insert_with(pauses).next()).flatten();
        match pause {
            Some(pause) => Step::Pause(pause),
            None => Step::Done(Err(self.last_word(error))),
        }
    }

    /// The error for the whole request, of which earlier rounds may have been carried out.
    fn last_word(&self, error: Error) -> Error {
        match error {
            Error::Unavailable { call, source, .. } | Error::Timeout { call, source }
                if self.only_prepares() =>
            {
                Error::Unavailable { call, source, outcome: Outcome::NotApplied }
            }
            Error::Unavailable { call, source, .. } | Error::NotReady { call, source }
                if self.doubtful =>
            {
                Error::Unavailable { call, source, outcome: Outcome::Unknown }
            }
            Error::Partly { mut failed } if self.only_prepares() => failed.swap_remove(0).1,
            Error::Partly { failed } => Error::Partly {
                failed: failed.into_iter().map(|(at, error)| (self.sent + at, error)).collect(),
            },
            error
                if self.sent > 0
                    && error.outcome() == Outcome::NotApplied
                    && !matches!(self.request.body, Body::Staged(_)) =>
            {
                Error::Partly { failed: vec![(self.sent, error)] }
            }
            error => error,
        }
    }
}

impl Checked {
    fn has(&self, schema: &Schema) -> bool {
        self.0.read().is_ok_and(|checked| checked.contains(&schema.fingerprint))
    }

    fn add(&self, schema: &Schema) {
        if let Ok(mut checked) = self.0.write() {
            checked.insert(schema.fingerprint);
        }
    }
}

/// As many of `words` as one transaction should have.
fn chunk(commands: &[Command]) -> &[Command] {
    let mut bytes = 0;
    let end = commands.iter().take(CHUNK_COMMANDS).take_while(|command| {
        let room = bytes < CHUNK_BYTES;
        bytes += command.byte_len() * if command.script.is_some() { SCRIPT_WEIGHT } else { 1 };
        room
    });
    &commands[..end.count().max(1)]
}

/// The check that has to be passed next.
fn next_check(request: &Request, checked: &Checked) -> Option<(&'static Schema, Request)> {
    let schema = request.schemas.iter().find(|schema| !checked.has(schema))?;
    Some((schema, check_request(schema)))
}

fn check_request(schema: &'static Schema) -> Request {
    schema.fields.iter().fold(Request::script(&CHECK_SCHEMA, [&schema.key()]), |request, field| {
        request.arg(field.name).arg(field.text())
    })
}

/// Whether a request of this kind may be sent again after this error.
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

/// Five pauses of 10 ms to 160 ms, a third of a second in all: enough for a server that starts.
fn pauses() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(10))
        .with_max_times(5)
        .with_jitter()
        .build()
}
