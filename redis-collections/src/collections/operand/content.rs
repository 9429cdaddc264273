//! [`Content`]: the elements of a collection as words; [`Form`]: how words are read and written.

use std::fmt;

use redis::Value;

use crate::{
    codec::{Codec, Lookup, encode_checked},
    collections::KeyHandle,
    command::{Key, Request, Script, reply},
    error::Result,
};

/// The maximum number of entries in one command.
const ENTRIES: usize = 500;

/// The maximum number of entries, and of bytes, that a script is sent with: more are staged.
const MOST_ENTRIES: usize = 10_000;
const MOST_BYTES: usize = 1 << 20;

/// The time to live of staged entries, in milliseconds, in case nothing uses them.
const STAYS: u32 = 60_000;

/// How collections of one Redis type are read and written.
pub(crate) struct Form {
    /// Returns the request that reads all of it.
    pub(crate) read: fn(&Key) -> Request,
    /// Splits a reply into words.
    words: fn(Value) -> Result<Vec<Vec<u8>>>,
    /// The command that adds entries.
    pub(crate) write: &'static str,
    /// The number of words of an entry.
    width: usize,
    ordered: bool,
}

pub(crate) static SET: Form = Form {
    read: |key| Request::read("SMEMBERS", key),
    words: singles,
    write: "SADD",
    width: 1,
    ordered: false,
};

pub(crate) static HASH: Form = Form {
    read: |key| Request::read("HGETALL", key),
    words: |answer| pairs(answer, |field, value| Ok([reply::bytes(field)?, reply::bytes(value)?])),
    write: "HSET",
    width: 2,
    ordered: false,
};

pub(crate) static LIST: Form = Form {
    read: |key| Request::read("LRANGE", key).arg(0).arg(-1),
    words: singles,
    write: "RPUSH",
    width: 1,
    ordered: true,
};

pub(crate) static SORTED_SET: Form = Form {
    read: |key| Request::read("ZRANGE", key).arg(0).arg(-1).arg("WITHSCORES"),
    words: |answer| {
        pairs(answer, |member, score| Ok([score_text(reply::float(score)?), reply::bytes(member)?]))
    },
    write: "ZADD",
    width: 2,
    ordered: false,
};

impl Form {
    /// Returns the content of a collection, from the `answer` to [`read`](Form::read).
    pub(crate) fn content(&self, answer: Value) -> Result<Content> {
        (self.words)(answer).map(Content)
    }

    /// Returns the commands that add `content`, each started by `start`.
    pub(crate) fn add(&self, content: &Content, start: impl Fn() -> Request) -> Vec<Request> {
        let parts = content.0.chunks(ENTRIES * self.width);
        parts.map(|words| words.iter().fold(start(), Request::arg)).collect()
    }

    /// Returns the request that adds all of `contents`, in as few transactions as the size of a
    /// chunk allows.
    pub(crate) fn extend(&self, contents: &[Content], start: impl Fn() -> Request) -> Request {
        let mut adding: Vec<_> =
            contents.iter().flat_map(|content| self.add(content, &start)).collect();
        match adding.len() {
            1 => adding.remove(0),
            _ => Request::chunks(adding),
        }
    }

    /// Returns whether both have the same entries, in the same order if the collection has one.
    pub(crate) fn is_same(&self, one: &Content, other: &Content) -> bool {
        if self.ordered || one.0.len() != other.0.len() {
            return one.0 == other.0;
        }
        self.sorted(one) == self.sorted(other)
    }

    fn sorted<'c>(&self, Content(words): &'c Content) -> Vec<&'c [Vec<u8>]> {
        let mut entries: Vec<_> = words.chunks(self.width).collect();
        entries.sort_unstable();
        entries
    }

    /// Returns a call of `script` on `keys` and on a temporary key for each of `others`, with
    /// `head` as its first arguments.
    pub(crate) fn call<E: crate::store::Executor>(
        &self,
        handle: &KeyHandle<E>,
        script: &'static Script,
        keys: &[Key],
        others: &[Content],
        head: &[&str],
    ) -> Request {
        let temporary: Vec<Key> = others.iter().map(|_| handle.key().temporary()).collect();
        let keys: Vec<&Key> = [handle.key()].into_iter().chain(keys).chain(&temporary).collect();
        let request = Request::script(script, keys).arg(head);
        let entries: usize = others.iter().map(|content| content.0.len() / self.width).sum();
        let bytes: usize = others.iter().flat_map(|content| &content.0).map(Vec::len).sum();
        if entries <= MOST_ENTRIES && bytes <= MOST_BYTES {
            return others.iter().fold(request, |request, Content(words)| {
                words.iter().fold(request.arg(words.len()), Request::arg)
            });
        }
        let stage = others.iter().zip(&temporary).flat_map(|(content, key)| {
            let adding = self.add(content, || Request::once(self.write, key));
            adding.into_iter().flat_map(|add| [add, Request::once("PEXPIRE", key).arg(STAYS)])
        });
        Request::staged(stage, others.iter().fold(request, |request, _| request.arg(0)))
    }
}

/// The elements of a collection, as the words of the command that adds them.
#[derive(Default)]
pub struct Content(pub(crate) Vec<Vec<u8>>);

impl Content {
    /// Returns the words of `values`.
    pub(crate) fn of<'v, C: Codec<T>, T: 'static>(
        values: impl IntoIterator<Item = &'v T>,
    ) -> Result<Self> {
        let mut content = Content::default();
        values.into_iter().try_for_each(|value| content.value::<C, T>(value))?;
        Ok(content)
    }

    /// Adds a value that is encoded as a `T` by `C`.
    pub(crate) fn value<C: Codec<T>, T: 'static>(
        &mut self,
        value: &(impl Lookup<T, C> + ?Sized),
    ) -> Result<()> {
        encode_checked::<C, T>(value, |bytes| self.0.push(bytes.to_vec()))
    }

    /// Returns the words in the form of a server's reply.
    pub(crate) fn into_answer(self) -> Value {
        Value::Array(self.0.into_iter().map(Value::BulkString).collect())
    }

    /// Adds a score.
    pub(crate) fn score(&mut self, score: f64) {
        self.0.push(score_text(score));
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: i64) {
        self.0.push(number.to_string().into_bytes());
    }
}

/// Omits the words, which are stored values.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("words", &self.0.len()).finish()
    }
}

/// Returns the text of a score; equal scores have the same text.
fn score_text(score: f64) -> Vec<u8> {
    // Redis keeps the sign of zero, but 0 and -0 are equal.
    (score + 0.0).to_string().into_bytes()
}

fn singles(answer: Value) -> Result<Vec<Vec<u8>>> {
    reply::list(answer, reply::bytes)
}

fn pairs(
    answer: Value,
    words: impl Fn(Value, Value) -> Result<[Vec<u8>; 2]>,
) -> Result<Vec<Vec<u8>>> {
    let pairs = reply::raw_pairs(answer)?.into_iter();
    let words: Vec<_> = pairs.map(|(first, second)| words(first, second)).collect::<Result<_>>()?;
    Ok(words.into_iter().flatten().collect())
}
