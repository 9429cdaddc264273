//! [`Writes`]: the changes of any number of keys, as one atomic request.

use std::fmt;

use redis::{Cmd, RedisWrite, ToRedisArgs, Value};

use crate::{
    Codec, Error, Executor, Key, Lookup, Request, Result, Script, answers::Answers,
    codec::encode_checked, reply, schema::Schema,
};

/// Checks all changes, and makes them if none is refused.
static SYNC: Script = Script::idempotent("EVALSHA", include_str!("scripts/sync.lua"));

/// Changes that are made together, or not at all.
///
/// Each is a section: what to do with one key, and its arguments. One script carries out the
/// sections of a single collection and those of a whole struct.
#[derive(Debug, Default)]
pub struct Writes {
    keys: Vec<Key>,
    sections: Vec<Section>,
    fault: Option<Error>,
    schemas: Vec<&'static Schema>,
}

/// What to do with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sets fields of a hash, and deletes others.
    Hash,
    /// Adds members to a set, and removes others.
    Set,
    /// Sets scores in a sorted set, and removes members.
    SortedSet,
    /// Increments counts in a hash.
    Count,
    /// Takes elements from the ends of a list, and adds others there.
    Ends,
    /// Puts other elements into a list, if it is as it was loaded.
    Swap,
    /// Puts something else at the key, whatever is there.
    Replace,
}

struct Section {
    action: Action,
    /// The position of its key among the keys, counted from 1 as Lua counts.
    key: usize,
    args: Cmd,
}

impl Writes {
    /// Starts a section: `action` on `key`.
    pub fn section(&mut self, action: Action, key: &Key) {
        let at = self.keys.iter().position(|known| known == key).unwrap_or_else(|| {
            self.keys.push(key.clone());
            self.keys.len() - 1
        });
        self.sections.push(Section { action, key: at + 1, args: Cmd::new() });
    }

    /// Adds a word or a number to the section.
    pub fn arg(&mut self, arg: impl ToRedisArgs) {
        if let Some(section) = self.sections.last_mut() {
            section.args.arg(arg);
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
        self.fault.get_or_insert_with(|| error.at(|| (key.clone(), format!("`{key}`"))));
    }

    /// Says that nothing must be sent before `schema` has been checked on the server.
    pub(crate) fn require(&mut self, schema: &'static Schema) {
        self.schemas.push(schema);
    }

    /// Says that nothing must be sent before `schemas` have been checked on the server.
    pub(crate) fn requiring(mut self, schemas: impl IntoIterator<Item = &'static Schema>) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// Makes the changes in one round trip, and lets `then` read the answers of the sections.
    ///
    /// Nothing is sent if there are none.
    pub(crate) fn run<'a, E: Executor, T: Send + 'a>(
        mut self,
        executor: &E,
        then: impl FnOnce(Answers) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        if self.sections.is_empty() && self.fault.is_none() {
            return executor.ready(then(Answers::none()));
        }
        let keys = self.keys.clone();
        // The executor must hear of a fault: a transaction that this is a part of is not sent then.
        let fault = self.fault.take();
        let request = fault.into_iter().fold(self.request(), Request::fail);
        executor.run(request, move |answer| then(answers(answer, &keys)?))
    }

    fn request(self) -> Request {
        let once = self.sections.iter().any(|section| !section.action.is_repeatable());
        let request = Request::script(&SYNC, &self.keys);
        let request = self.sections.into_iter().fold(request, |request, section| {
            let args = section.args.args_iter();
            let request = request.arg(section.action.word()).arg(section.key).arg(args.len());
            args.fold(request, |request, arg| match arg {
                redis::Arg::Simple(bytes) => request.arg(bytes),
                _ => request,
            })
        });
        let request = if once { request.only_once() } else { request };
        request.requiring(self.schemas)
    }
}

impl Action {
    /// Whether state and answer are the same when it is repeated.
    fn is_repeatable(self) -> bool {
        !matches!(self, Action::Count | Action::Ends | Action::Swap)
    }

    fn word(self) -> &'static str {
        match self {
            Action::Hash => "hash",
            Action::Set => "set",
            Action::SortedSet => "zset",
            Action::Count => "count",
            Action::Ends => "ends",
            Action::Swap => "swap",
            Action::Replace => "replace",
        }
    }
}

/// The answers of the sections, if all changes were made.
fn answers(answer: Value, keys: &[Key]) -> Result<Answers> {
    let mut words = reply::items(answer)?.into_iter();
    let verdict = reply::bytes(words.next().unwrap_or_default())?;
    if verdict == b"ok" {
        return Answers::new(Value::Array(words.collect()));
    }
    let details: Vec<Value> = words.collect();
    let named = |word: &Value| {
        let at = reply::size(word.clone()).unwrap_or_default();
        keys.get(at.wrapping_sub(1)).map(ToString::to_string).unwrap_or_default()
    };
    let key = details.first().map(named).unwrap_or_default();
    Err(match &*verdict {
        b"conflict" => Error::Conflict { keys: details.iter().map(named).collect() },
        b"overflow" => Error::Overflow { key },
        b"number" => Error::NotANumber { key },
        _ => Error::WrongType { key, expected: expected(details.get(1)) },
    })
}

fn expected(kind: Option<&Value>) -> &'static str {
    match kind {
        Some(Value::BulkString(kind)) => match &**kind {
            b"hash" => "a hash",
            b"set" => "a set",
            b"zset" => "a sorted set",
            _ => "a list",
        },
        _ => "this collection's type",
    }
}

/// Without the arguments, which hold what is stored.
impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Section").field("action", &self.action).finish_non_exhaustive()
    }
}
