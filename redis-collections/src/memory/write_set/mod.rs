//! [`WriteSet`]: the changes of any number of keys, as one atomic request.

mod operation;
pub(crate) use operation::Operation;

mod fingerprint;
pub(crate) use fingerprint::Fingerprint;

mod key_write;
pub(crate) use key_write::{Content, ListEnds, WriteKind};
use key_write::{KeyWrite, or_minus_one};

mod edit;
pub(crate) use edit::Edit;

mod stage;
use stage::Stage;

mod verdict;

use redis::Value;

use crate::{
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

/// The most words in one message: 10,000 entries of a field and a value, and the words around them.
const CHUNK_WORDS: usize = 20_500;

/// The most bytes in one message, give or take an argument.
const CHUNK_BYTES: usize = 1 << 20;

/// Changes that are made together, or not at all.
///
/// One script makes the changes of a single collection and those of a whole struct. It replies once
/// for each key, in the order in which the keys were first changed.
#[derive(Debug, Default)]
pub struct WriteSet {
    keys: Vec<Key>,
    key_writes: Vec<KeyWrite>,
    is_checked: bool,
    in_doubt: InDoubt,
    fault: Option<Error>,
    schemas: Vec<&'static Schema>,
}

impl WriteSet {
    /// Changes that are made only if no entry that they change has changed since it was loaded.
    pub(crate) fn checked() -> Self {
        WriteSet { is_checked: true, ..WriteSet::default() }
    }

    /// Returns whether the changes are checked. Each key write then expects the loaded entries.
    pub(crate) fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// Begins a change of the hash at `key`.
    pub fn hash(&mut self, key: &Key) -> Edit<'_> {
        self.entries(WriteKind::Hash, key)
    }

    /// Begins a change of single entries: of a hash, a set, a sorted set, or counts.
    pub(crate) fn entries(&mut self, kind: WriteKind, key: &Key) -> Edit<'_> {
        self.begin(kind, key)
    }

    /// Begins a change of the ends of the list at `key`. The elements to add follow: first those for the
    /// front, then those for the back.
    pub(crate) fn list_ends(&mut self, key: &Key, ends: &ListEnds<'_>) -> Edit<'_> {
        let mut edit = self.begin(WriteKind::Ends, key);
        edit.with(|write| ends.write(&mut write.args));
        edit
    }

    /// Begins to replace the elements of the list at `key`, if it still holds what was `loaded`.
    pub(crate) fn list_swap(
        &mut self,
        key: &Key,
        loaded: &[Fingerprint],
        maxlen: Option<usize>,
    ) -> Edit<'_> {
        let mut edit = self.begin(WriteKind::Swap, key);
        edit.word(Fingerprint::of_all(loaded).to_word());
        edit.word(or_minus_one(maxlen));
        edit
    }

    /// Begins to replace the content of `key`.
    pub(crate) fn replace(&mut self, key: &Key, content: Content) -> Edit<'_> {
        let mut edit = self.begin(WriteKind::Replace, key);
        edit.word(content.word());
        edit
    }

    /// Begins to expect entries at `key`, which the other key writes change as `kind`.
    pub(crate) fn expect(&mut self, kind: WriteKind, key: &Key) -> Edit<'_> {
        let mut edit = self.begin(WriteKind::Expect, key);
        edit.word(kind.word());
        edit
    }

    /// Refuses operations on `key` from now on.
    pub(crate) fn forget<'o>(
        &mut self,
        key: &Key,
        operations: impl IntoIterator<Item = &'o Operation>,
    ) {
        let mut edit = self.begin(WriteKind::Forget, key);
        operations.into_iter().for_each(|operation| edit.word(operation.id()));
    }

    fn begin(&mut self, kind: WriteKind, key: &Key) -> Edit<'_> {
        let at = self.keys.iter().position(|known| known == key).unwrap_or_else(|| {
            self.keys.push(key.clone());
            self.keys.len() - 1
        });
        self.key_writes.push(KeyWrite::new(kind, at + 1));
        Edit::new(self)
    }

    /// Keeps the first error, with the key of the last key write. The changes are not sent then.
    pub fn fail(&mut self, error: Error) {
        let key = self.key_writes.last().and_then(|write| self.keys.get(write.key - 1));
        let key = key.map(ToString::to_string).unwrap_or_default();
        self.fault.get_or_insert_with(|| error.with_location(|| (key.clone(), format!("`{key}`"))));
    }

    /// Requires a check of `schema` on the server before anything is sent.
    pub(crate) fn require(&mut self, schema: &'static Schema) {
        self.schemas.push(schema);
    }

    /// Requires a check of `schemas` on the server before anything is sent.
    pub(crate) fn with_schemas(
        mut self,
        schemas: impl IntoIterator<Item = &'static Schema>,
    ) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// Returns the flag that says whether the changes are in doubt.
    pub(crate) fn in_doubt(&self) -> InDoubt {
        self.in_doubt.clone()
    }

    /// Makes the changes, and returns what `then` makes of the replies, one for each key. One round
    /// trip, or one for each chunk of larger changes.
    ///
    /// Sends nothing if there are no changes.
    pub(crate) fn run<'a, E: Executor, T: Send + 'a>(
        mut self,
        executor: &E,
        then: impl FnOnce(Replies) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        if self.key_writes.is_empty() && self.fault.is_none() {
            return executor.ready(then(Replies::none()));
        }
        let keys = self.keys.clone();
        // The executor must get the error, so that it does not send the transaction around this
        // request.
        let fault = self.fault.take();
        let request = fault.into_iter().fold(self.request(), Request::with_error);
        let is_one = request.is_one();
        executor.run(request, move |answer| {
            let answer = if is_one { answer } else { last(answer)? };
            then(verdict::replies(answer, &keys)?)
        })
    }

    /// The request that refuses operations from now on, and returns whether each was made.
    pub(crate) fn settle<'o>(
        key: &Key,
        operations: impl IntoIterator<Item = &'o Operation>,
    ) -> Request {
        let mut writes = WriteSet::default();
        let mut edit = writes.begin(WriteKind::Settle, key);
        operations.into_iter().for_each(|operation| edit.word(operation.id()));
        writes.request()
    }

    /// Reads the reply to [`settle`](WriteSet::settle).
    pub(crate) fn settled(answer: Value, key: &Key) -> Result<Vec<bool>> {
        let mut replies = verdict::replies(answer, std::slice::from_ref(key))?;
        replies.next(key, |answer| reply::list(answer, reply::flag))
    }

    fn request(self) -> Request {
        let sizes = self.key_writes.iter().map(KeyWrite::size);
        let (words, bytes) = sizes.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let is_staged = words > CHUNK_WORDS || bytes > CHUNK_BYTES;
        let request = match (&self.key_writes[..], &self.keys[..]) {
            _ if is_staged => self.staged(),
            ([write], [key]) => write.command(key).unwrap_or_else(|| self.whole()),
            _ => self.whole(),
        };
        // The script consumes staged words, and its own writes may break what it expects: a
        // repetition would fail.
        let request = if is_staged || self.is_checked { request.without_retry() } else { request };
        request.with_in_doubt(self.in_doubt).with_schemas(self.schemas)
    }

    /// The script with all its arguments.
    fn whole(&self) -> Request {
        let (keys, positions) = self.all_keys();
        let mut request = Request::script(&SYNC, &keys).arg(&positions);
        self.key_writes.iter().for_each(|write| write.words(|word| request.push(word)));
        request
    }

    /// The script, after the requests that stage its arguments.
    fn staged(&self) -> Request {
        let (mut keys, positions) = self.all_keys();
        let stage = keys.first().map_or_else(|| Key::of_tag(""), Key::temporary);
        keys.push(stage.clone());
        let mut arguments = Stage::new(stage);
        for position in positions {
            arguments.push(position.to_string().as_bytes());
        }
        self.key_writes.iter().for_each(|write| write.words(|word| arguments.push(word)));
        arguments.before(Request::script(&SYNC, &keys))
    }

    /// All KEYS of the script, and the positions of `~op` and of the temporary key among them; 0 if
    /// the script needs no such key.
    fn all_keys(&self) -> (Vec<Key>, [usize; 2]) {
        let mut keys = self.keys.clone();
        let mut add = |key: Option<Key>| {
            let is_needed = key.is_some();
            keys.extend(key);
            if is_needed { keys.len() } else { 0 }
        };
        let has = |is_it: fn(&KeyWrite) -> bool| self.key_writes.iter().any(is_it);
        let first = self.keys.first();
        let operations = first.filter(|_| has(KeyWrite::needs_operations)).map(Key::operations);
        let replaces = |write: &KeyWrite| write.kind == WriteKind::Replace;
        let beside = first.filter(|_| has(replaces)).map(Key::temporary);
        let positions = [add(operations), add(beside)];
        (keys, positions)
    }
}

/// The reply of the last command.
fn last(answer: Value) -> Result<Value> {
    Ok(reply::items(answer)?.pop().unwrap_or_default())
}
