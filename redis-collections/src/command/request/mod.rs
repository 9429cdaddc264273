//! [`Request`]: one or more commands to send.

mod command;
pub(crate) use command::Command;

mod group;

mod bulk;

use std::slice;

use redis::ToRedisArgs;

use crate::{
    codec::{Codec, Lookup},
    command::{InDoubt, Key, Retry, Schema, Script},
    error::{Error, Result},
};

/// A command or a script with its keys and arguments, ready to be sent.
///
/// [`Executor::run`](crate::Executor::run) sends it. Building cannot fail: the first value that cannot
/// be encoded, and the first invalid key, are kept in the request, and `run` returns that error instead
/// of sending.
///
/// The constructor says whether the request can be sent again after a lost reply: [`read`](Self::read)
/// and [`idempotent`](Self::idempotent) can, [`once`](Self::once) cannot, and a
/// [`script`](Self::script) has its own rule.
///
/// ```
/// use redis_collections::{
///     Bincode, Dict, Executor, Store,
///     raw::{Request, key_of, reply},
/// };
///
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// ages.set("ada", &36)?; //                                   HSET ages "ada" 36
///
/// let length = Request::read("HSTRLEN", &key_of(&ages)).value::<Bincode, String>("ada");
/// assert_eq!(store.run(length, reply::size)?, 1); //          HSTRLEN ages "ada"
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct Request {
    pub(crate) body: Body,
    pub(crate) retry: Retry,
    pub(crate) schemas: Vec<&'static Schema>,
    /// Records whether the request was carried out, for a caller that needs it without a reply.
    pub(crate) in_doubt: Option<InDoubt>,
    /// The request that is sent before this one in a batch.
    probe: Option<Box<Request>>,
    error: Option<Box<Error>>,
}

/// The commands of a request, and how they are sent.
#[derive(Debug)]
pub(crate) enum Body {
    /// One command; the request's reply is the command's.
    One(Command),
    /// Commands in one `MULTI`; the reply is the array of their replies.
    Atomic(Vec<Command>),
    /// Commands sent together but not atomically; the reply is the array of their replies.
    Pipeline(Vec<Command>),
    /// Commands in one `MULTI` for each chunk; the reply is the array of their replies.
    Chunks(Vec<Command>),
    /// As `Chunks`, but only the last command has an effect: those before it prepare it.
    Staged(Vec<Command>),
}

impl Request {
    /// Returns the command `name key`, which only reads. It is sent again if its reply was lost.
    pub fn read(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Read, name, key)
    }

    /// Returns the command `name key`, a write that gives the same state and the same reply if it is
    /// repeated. It is sent again if its reply was lost.
    pub fn idempotent(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Idempotent, name, key)
    }

    /// Returns the command `name key`, a write that must not be repeated. If its reply was lost, the
    /// call fails, and the error's outcome is [`Unknown`](crate::Outcome::Unknown).
    pub fn once(name: &'static str, key: &Key) -> Self {
        Self::command(Retry::Once, name, key)
    }

    /// Returns a call of `script` on `keys`. The script says whether it can be sent again.
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

    /// Checks that the server replies.
    pub(crate) fn ping() -> Self {
        Self::keyless("PING")
    }

    /// Reads a page of the keys that match `pattern`.
    pub(crate) fn scan_keys(cursor: u64, pattern: &str) -> Self {
        let request = Self::keyless("SCAN").arg(cursor).arg("MATCH").arg(pattern);
        request.arg("COUNT").arg(1000)
    }

    /// Adds a value, encoded by the codec `C` as a `T`. A `str` is accepted for a `String`, a `[T]` for a
    /// `Vec<T>`.
    ///
    /// To match what a collection stores, use its codec: `Bincode`, unless you chose another one.
    pub fn value<C: Codec<T>, T: 'static>(mut self, value: &(impl Lookup<T, C> + ?Sized)) -> Self {
        self.push_value::<C, T>(value);
        self
    }

    /// Adds a word, a number or bytes without a codec.
    pub fn arg(mut self, arg: impl ToRedisArgs) -> Self {
        self.push(arg);
        self
    }

    /// Adds a word, a number or bytes without a codec.
    pub(crate) fn push(&mut self, arg: impl ToRedisArgs) {
        if let Some(command) = self.command_mut() {
            command.words.arg(arg);
        }
    }

    /// Adds another key as the next argument.
    ///
    /// In a cluster, all keys of a request must be in one hash slot.
    pub fn key(self, key: &Key) -> Self {
        let mut request = self.arg(key.as_str());
        if let Some(command) = request.command_mut() {
            command.keys += 1;
        }
        if let Some(error) = key.error() {
            request.fail(error);
        }
        request
    }

    /// Keeps `error`, so that the executor returns it instead of sending the request. The first error
    /// counts.
    pub(crate) fn with_error(mut self, error: Error) -> Self {
        self.fail(error);
        self
    }

    /// Keeps `error`, so that the executor returns it instead of sending the request. The first error
    /// counts.
    pub(crate) fn fail(&mut self, error: Error) {
        self.error.get_or_insert_with(|| Box::new(error));
    }

    /// Adds the field of a scalar, which error messages name beside the key.
    pub(crate) fn field(mut self, field: &str) -> Self {
        if let Some(command) = self.command_mut() {
            command.has_field = true;
        }
        self.arg(field)
    }

    /// Passes an error of the command to the reader, as its reply.
    pub(crate) fn accept_error(mut self) -> Self {
        if let Some(command) = self.command_mut() {
            command.accepts_error = true;
        }
        self
    }

    /// Sends the request at most once, even if its script can be repeated.
    pub(crate) fn without_retry(mut self) -> Self {
        self.retry = Retry::Once;
        self
    }

    /// Records in `in_doubt` whether the request may have been carried out.
    pub(crate) fn with_in_doubt(mut self, in_doubt: InDoubt) -> Self {
        self.in_doubt = Some(in_doubt);
        self
    }

    /// Sends `probe` before this script in a batch. It is a command that some servers do not know.
    ///
    /// Such a server refuses the whole transaction because of the probe. Without it, the script would
    /// fail in the middle of a transaction whose other commands are carried out.
    pub(crate) fn with_probe(mut self, probe: Request) -> Self {
        self.probe = Some(Box::new(probe));
        self
    }

    /// The request as part of a batch: after its probe, if it has one.
    pub(crate) fn into_batched(mut self) -> Self {
        match self.probe.take() {
            Some(probe) => Self::pipeline([*probe, self]),
            None => self,
        }
    }

    /// Requires that `schema` is checked on the server before the request is sent.
    pub(crate) fn require(&mut self, schema: &'static Schema) {
        self.schemas.push(schema);
    }

    /// Requires that `schemas` are checked on the server before the request is sent.
    pub(crate) fn with_schemas(
        mut self,
        schemas: impl IntoIterator<Item = &'static Schema>,
    ) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// Returns the error that was kept while building, if there is one.
    pub(crate) fn check(&mut self) -> Result<()> {
        let Some(error) = self.error.take() else { return Ok(()) };
        Err(error.with_location(|| self.location()))
    }

    /// The location for errors of the whole request: that of its first command.
    pub(crate) fn location(&self) -> (String, String) {
        self.commands().first().map(Command::location).unwrap_or_default()
    }

    /// Whether there is no command to send.
    pub(crate) fn is_empty(&self) -> bool {
        self.commands().is_empty()
    }

    /// Whether the reply is that of one command, and not an array.
    pub(crate) fn is_one(&self) -> bool {
        matches!(self.body, Body::One(_))
    }

    /// All commands, in order.
    pub(crate) fn commands(&self) -> &[Command] {
        match &self.body {
            Body::One(command) => slice::from_ref(command),
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
        Request { body, retry, schemas: Vec::new(), in_doubt: None, probe: None, error: None }
    }

    /// The command to which arguments are added; a group takes no more.
    fn command_mut(&mut self) -> Option<&mut Command> {
        match &mut self.body {
            Body::One(command) => Some(command),
            _ => None,
        }
    }
}
