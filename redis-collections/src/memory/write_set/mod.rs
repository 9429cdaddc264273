//! [`WriteSet`]: the changes of any number of keys, as one atomic request.

mod operation;
pub(crate) use operation::Operation;

mod key_write;
use key_write::KeyWrite;
pub(crate) use key_write::WriteKind;

mod stage;
use stage::Stage;

mod verdict;

use redis::{RedisWrite, ToRedisArgs, Value};

use crate::{
    codec::{Codec, Lookup, encode_checked},
    command::{InDoubt, Key, Replies, Request, Schema, Script, reply},
    error::{Error, Result},
    store::Executor,
};

/// Checks all changes, and makes them if none is refused.
static SYNC: Script = Script::idempotent(
    "EVALSHA",
    concat!(
        include_str!("sync/arguments.lua"),
        include_str!("sync/operations.lua"),
        include_str!("sync/checks.lua"),
        include_str!("sync/actions.lua"),
        include_str!("sync/carry_out.lua"),
    ),
);

/// How many words go in one message: 10,000 entries of a field and a value, and what is said of
/// their sections.
const CHUNK_WORDS: usize = 20_500;

/// About how many bytes go in one message.
const CHUNK_BYTES: usize = 1 << 20;

/// Changes that are made together, or not at all.
///
/// Each is a section: what to do with one key, and its arguments. One script carries out the
/// sections of a single collection and those of a whole struct. It answers once for each key, in
/// the order in which they came.
#[derive(Debug, Default)]
pub struct WriteSet {
    keys: Vec<Key>,
    sections: Vec<KeyWrite>,
    is_checked: bool,
    in_doubt: InDoubt,
    fault: Option<Error>,
    schemas: Vec<&'static Schema>,
}

impl WriteSet {
    /// Changes that are made only if Redis holds what was loaded, wherever they change it.
    pub(crate) fn checked() -> Self {
        WriteSet { is_checked: true, ..WriteSet::default() }
    }

    /// Whether that is so: each section says then what it expects.
    pub(crate) fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// Starts a section: `kind` on `key`.
    pub fn section(&mut self, kind: WriteKind, key: &Key) {
        let at = self.keys.iter().position(|known| known == key).unwrap_or_else(|| {
            self.keys.push(key.clone());
            self.keys.len() - 1
        });
        self.sections.push(KeyWrite::new(kind, at + 1));
    }

    /// Says that the section is made once, as part of `operation`, and only if `base` is the newest
    /// of the operations that it can start from and that were made; without one, if none was.
    pub(crate) fn once(&mut self, operation: &Operation, base: Option<&Operation>) {
        if let Some(section) = self.sections.last_mut() {
            section.operation = Some((operation.clone(), base.cloned()));
        }
    }

    /// Adds a word or a number to the section.
    pub fn arg(&mut self, arg: impl ToRedisArgs) {
        if let Some(section) = self.sections.last_mut() {
            section.arg(arg);
        }
    }

    /// Adds a value that stands for a `T`, encoded by `C`.
    pub fn value<C: Codec<T>, T: 'static>(&mut self, value: &(impl Lookup<T, C> + ?Sized)) {
        let Some(section) = self.sections.last_mut() else { return };
        let written = encode_checked::<C, T>(value, |bytes| section.args.write_arg(bytes));
        if let Err(error) = written {
            self.fail(error);
        }
    }

    /// Remembers that nothing must be sent; the first error is the one that is told, with the key
    /// of its section.
    pub fn fail(&mut self, error: Error) {
        let key = self.sections.last().and_then(|section| self.keys.get(section.key - 1));
        let key = key.map(ToString::to_string).unwrap_or_default();
        self.fault.get_or_insert_with(|| error.with_location(|| (key.clone(), format!("`{key}`"))));
    }

    /// Says that nothing must be sent before `schema` has been checked on the server.
    pub(crate) fn require(&mut self, schema: &'static Schema) {
        self.schemas.push(schema);
    }

    /// Says that nothing must be sent before `schemas` have been checked on the server.
    pub(crate) fn with_schemas(
        mut self,
        schemas: impl IntoIterator<Item = &'static Schema>,
    ) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// Where it will be written down what becomes of the changes.
    pub(crate) fn in_doubt(&self) -> InDoubt {
        self.in_doubt.clone()
    }

    /// Makes the changes in one round trip, or in one for each chunk if they are larger, and lets
    /// `then` read the answers at the keys.
    ///
    /// Nothing is sent if there are none.
    pub(crate) fn run<'a, E: Executor, T: Send + 'a>(
        mut self,
        executor: &E,
        then: impl FnOnce(Replies) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        if self.sections.is_empty() && self.fault.is_none() {
            return executor.ready(then(Replies::none()));
        }
        let keys = self.keys.clone();
        // The executor must hear of a fault: a transaction that this is a part of is not sent then.
        let fault = self.fault.take();
        let request = fault.into_iter().fold(self.request(), Request::with_error);
        let is_one = request.is_one();
        executor.run(request, move |answer| {
            let answer = if is_one { answer } else { last(answer)? };
            then(verdict::replies(answer, &keys)?)
        })
    }

    /// Asks whether the operations were made, and sees to it that they never will be.
    pub(crate) fn settle<'o>(
        key: &Key,
        operations: impl IntoIterator<Item = &'o Operation>,
    ) -> Request {
        let mut writes = WriteSet::default();
        writes.section(WriteKind::Settle, key);
        operations.into_iter().for_each(|operation| writes.arg(operation.id()));
        writes.request()
    }

    /// Reads the answer to that.
    pub(crate) fn settled(answer: Value, key: &Key) -> Result<Vec<bool>> {
        let mut replies = verdict::replies(answer, std::slice::from_ref(key))?;
        replies.next(key, |answer| reply::list(answer, reply::flag))
    }

    fn request(self) -> Request {
        let sizes = self.sections.iter().map(KeyWrite::size);
        let (words, bytes) = sizes.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let is_staged = words > CHUNK_WORDS || bytes > CHUNK_BYTES;
        let request = match (&self.sections[..], &self.keys[..]) {
            _ if is_staged => self.staged(),
            ([section], [key]) => section.command(key).unwrap_or_else(|| self.whole()),
            _ => self.whole(),
        };
        // What is staged is gone afterwards, and what was expected may be what was then written.
        let request = if is_staged || self.is_checked { request.without_retry() } else { request };
        request.with_in_doubt(self.in_doubt).with_schemas(self.schemas)
    }

    /// The script with all its arguments.
    fn whole(&self) -> Request {
        let (keys, positions) = self.all_keys();
        let mut request = Request::script(&SYNC, &keys).arg(&positions);
        self.sections.iter().for_each(|section| section.words(|word| request.push(word)));
        request
    }

    /// The script, and what puts its arguments where it finds them.
    fn staged(&self) -> Request {
        let (mut keys, positions) = self.all_keys();
        let stage = keys.first().map_or_else(|| Key::of_tag(""), Key::temporary);
        keys.push(stage.clone());
        let mut arguments = Stage::new(stage);
        for position in positions {
            arguments.push(position.to_string().as_bytes());
        }
        self.sections.iter().for_each(|section| section.words(|word| arguments.push(word)));
        arguments.before(Request::script(&SYNC, &keys))
    }

    /// The keys that are written and those that help, and where among them `~op` and the temporary
    /// one are; 0 for one that is not needed.
    fn all_keys(&self) -> (Vec<Key>, [usize; 2]) {
        let mut keys = self.keys.clone();
        let mut add = |key: Option<Key>| {
            let is_needed = key.is_some();
            keys.extend(key);
            if is_needed { keys.len() } else { 0 }
        };
        let has = |is_it: fn(&KeyWrite) -> bool| self.sections.iter().any(is_it);
        let first = self.keys.first();
        let operations = first.filter(|_| has(KeyWrite::needs_operations)).map(Key::operations);
        let replaces = |section: &KeyWrite| section.kind == WriteKind::Replace;
        let beside = first.filter(|_| has(replaces)).map(Key::temporary);
        let positions = [add(operations), add(beside)];
        (keys, positions)
    }
}

/// The answer of the last command.
fn last(answer: Value) -> Result<Value> {
    Ok(reply::items(answer)?.pop().unwrap_or_default())
}
