//! [`Request`]: the words to send, before anyone has sent them.

mod bulk;

mod command;
pub(crate) use command::Command;

use std::slice;

use redis::ToRedisArgs;

use crate::{
    codec::{Codec, Lookup},
    command::{InDoubt, Key, Retry, Schema, Script},
    error::{Error, Result},
};

/// What to ask of Redis: a command, a script, or a group of them.
///
/// Building never fails: the first value that cannot be encoded is remembered, and the executor
/// reports it instead of sending. So a collection's method stays one expression.
#[derive(Debug)]
#[must_use]
pub struct Request {
    pub(crate) body: Body,
    pub(crate) retry: Retry,
    pub(crate) schemas: Vec<&'static Schema>,
    /// Where it is written down what becomes of it, if somebody wants to know.
    pub(crate) in_doubt: Option<InDoubt>,
    /// What goes before this script in a batch.
    probe: Option<Box<Request>>,
    fault: Option<Box<Error>>,
}

/// How the words of a request travel.
#[derive(Debug)]
pub(crate) enum Body {
    /// One command; the answer is its reply.
    One(Command),
    /// Commands in one `MULTI`; the answer is the array of their replies.
    Atomic(Vec<Command>),
    /// Commands sent together, each for itself; the answer is the array of their replies.
    Pipeline(Vec<Command>),
    /// Commands in as few `MULTI`s as the size of a chunk allows; the answer is the same array.
    Chunks(Vec<Command>),
    /// As chunks, but all commands before the last one only prepare it: it alone has an effect.
    Staged(Vec<Command>),
}

impl Request {
    /// Starts a command that only reads.
    pub fn read(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Read, name, key)
    }

    /// Starts a write that gives the same state and answer when it is repeated.
    pub fn idempotent(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Idempotent, name, key)
    }

    /// Starts a write that must not be repeated.
    pub fn once(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Once, name, key)
    }

    /// Starts a call of `script` on `keys`.
    pub fn script<'k>(
        script: &'static Script,
        keys: impl IntoIterator<Item = &'k Key, IntoIter: ExactSizeIterator>,
    ) -> Self {
        let keys = keys.into_iter();
        let mut words = redis::cmd("EVALSHA");
        words.arg(script.hash()).arg(keys.len());
        let command = Command::new(script.name, words, Some(script));
        keys.fold(Self::new(Body::One(command), script.retry), Request::key)
    }

    /// Asks whether the server is there.
    pub(crate) fn ping() -> Self {
        Self::keyless("PING")
    }

    /// Asks for a page of all keys that match `pattern`.
    pub(crate) fn scan_keys(cursor: u64, pattern: &str) -> Self {
        let request = Self::keyless("SCAN").arg(cursor).arg("MATCH").arg(pattern);
        request.arg("COUNT").arg(1000)
    }

    /// Puts `requests` into one transaction.
    pub fn atomic(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Atomic)
    }

    /// Sends `requests` together, as few transactions as the size of a chunk allows.
    pub fn chunks(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Chunks)
    }

    /// Sends `requests` as chunks that only prepare what `last` does.
    pub(crate) fn staged(requests: impl IntoIterator<Item = Request>, last: Request) -> Self {
        Self::group(requests.into_iter().chain([last]), Body::Staged)
    }

    /// Sends `requests` together, each for itself.
    pub(crate) fn pipeline(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Pipeline)
    }

    /// Adds a value that stands for a `T`, encoded by `C`.
    pub fn value<C: Codec<T>, T: 'static>(mut self, value: &(impl Lookup<T, C> + ?Sized)) -> Self {
        self.push_value::<C, T>(value);
        self
    }

    /// Adds a word, a number or bytes, as they are.
    pub fn arg(mut self, arg: impl ToRedisArgs) -> Self {
        self.push(arg);
        self
    }

    /// Adds a word, a number or bytes, as they are.
    pub(crate) fn push(&mut self, arg: impl ToRedisArgs) {
        if let Some(command) = self.command_mut() {
            command.words.arg(arg);
        }
    }

    /// Adds another key.
    pub fn key(self, key: &Key) -> Self {
        let fault = key.fault();
        let mut request = self.arg(key.as_str());
        if let Some(command) = request.command_mut() {
            command.keys += 1;
        }
        match fault {
            Some(error) => request.fail(error),
            None => request,
        }
    }

    /// Remembers that this request must not be sent; the first error is the one that is told.
    pub fn fail(mut self, error: Error) -> Self {
        self.refuse(error);
        self
    }

    /// Remembers that this request must not be sent; the first error is the one that is told.
    pub(crate) fn refuse(&mut self, error: Error) {
        self.fault.get_or_insert_with(|| Box::new(error));
    }

    /// Says that the word after the key is a field, and part of the place.
    pub(crate) fn scalar(mut self, field: &str) -> Self {
        if let Some(command) = self.command_mut() {
            command.scalar = true;
        }
        self.arg(field)
    }

    /// Says that the reader understands an error of the command as well as an answer.
    pub(crate) fn that_may_fail(mut self) -> Self {
        if let Some(command) = self.command_mut() {
            command.may_fail = true;
        }
        self
    }

    /// Says that it must not be repeated, whatever its script says of itself.
    pub(crate) fn only_once(mut self) -> Self {
        self.retry = Retry::Once;
        self
    }

    /// Says that what becomes of it is to be written down in `in_doubt`.
    pub(crate) fn reporting_to(mut self, in_doubt: InDoubt) -> Self {
        self.in_doubt = Some(in_doubt);
        self
    }

    /// Says that `probe` goes before it in a batch, a command that not every server knows.
    ///
    /// Such a server refuses a transaction as a whole, while the script alone would fail in its
    /// midst, and leave what stands around it.
    pub(crate) fn probed_by(mut self, probe: Request) -> Self {
        self.probe = Some(Box::new(probe));
        self
    }

    /// The same request as part of a batch.
    pub(crate) fn in_batch(mut self) -> Self {
        match self.probe.take() {
            Some(probe) => Self::pipeline([*probe, self]),
            None => self,
        }
    }

    /// Says that it must not be sent before `schema` has been checked on the server.
    pub(crate) fn require(&mut self, schema: &'static Schema) {
        self.schemas.push(schema);
    }

    /// Says that it must not be sent before `schemas` have been checked on the server.
    pub(crate) fn requiring(mut self, schemas: impl IntoIterator<Item = &'static Schema>) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// The fault that was met while building, if any.
    pub(crate) fn check(&mut self) -> Result<()> {
        let Some(fault) = self.fault.take() else { return Ok(()) };
        Err(fault.located(|| self.location()))
    }

    /// The place for the errors of the whole request: the first command's.
    pub(crate) fn location(&self) -> (String, String) {
        self.all().first().map(Command::location).unwrap_or_default()
    }

    /// Whether there is nothing to send: a batch that recorded no call.
    pub(crate) fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    /// Whether the answer is one reply, and not an array of them.
    pub(crate) fn is_one(&self) -> bool {
        matches!(self.body, Body::One(_))
    }

    /// All commands, in order.
    pub(crate) fn all(&self) -> &[Command] {
        match &self.body {
            Body::One(command) => slice::from_ref(command),
            Body::Atomic(all) | Body::Pipeline(all) | Body::Chunks(all) | Body::Staged(all) => all,
        }
    }

    fn into_all(self) -> Vec<Command> {
        match self.body {
            Body::One(command) => vec![command],
            Body::Atomic(all) | Body::Pipeline(all) | Body::Chunks(all) | Body::Staged(all) => all,
        }
    }

    fn keyless(name: &'static str) -> Self {
        let command = Command::new(name, redis::cmd(name), None);
        Self::new(Body::One(command), Retry::Read)
    }

    fn command(retry: Retry, name: &'static str, key: &Key) -> Self {
        let command = Command::new(name, redis::cmd(name), None);
        Self::new(Body::One(command), retry).key(key)
    }

    fn new(body: Body, retry: Retry) -> Self {
        Request { body, retry, schemas: Vec::new(), in_doubt: None, probe: None, fault: None }
    }

    fn group(requests: impl IntoIterator<Item = Request>, body: fn(Vec<Command>) -> Body) -> Self {
        let mut group = Self::new(body(Vec::new()), Retry::Read);
        let mut commands = Vec::new();
        for mut request in requests {
            group.retry = group.retry.max(request.retry);
            group.schemas.append(&mut request.schemas);
            if let Err(error) = request.check() {
                group = group.fail(error);
            }
            commands.extend(request.into_all());
        }
        group.body = body(commands);
        group
    }

    /// The words under construction; a group is complete.
    fn command_mut(&mut self) -> Option<&mut Command> {
        match &mut self.body {
            Body::One(command) => Some(command),
            _ => None,
        }
    }
}
