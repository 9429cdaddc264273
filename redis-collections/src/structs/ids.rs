//! [`Ids`]: the ids of all instances of a struct.

use percent_encoding::percent_decode_str;
use redis::Value;

use crate::{
    collections::{Element, KeyHandle},
    command::{Key, Request, reply},
    error::Result,
    store::{Executor, Page, Pages},
};

/// The source of the ids of all instances of a struct, for a cursor.
///
/// [`RedisStruct::ids`](crate::RedisStruct::ids) returns the cursor: an iterator over the ids on a blocking
/// store, a stream on an awaiting one.
#[derive(Clone, Debug)]
pub struct Ids<E> {
    handle: KeyHandle<E>,
    prefix: String,
}

impl<E: Executor> Ids<E> {
    pub(crate) fn new(executor: &E, namespace: &str) -> Self {
        let handle = KeyHandle::new(executor, Key::of_tag(namespace));
        Ids { handle, prefix: format!("{{{namespace}:") }
    }
}

impl<E: Executor> Pages<E> for Ids<E> {
    type Item = String;

    fn key(&self) -> &Key {
        self.handle.key()
    }

    fn page(&self, cursor: u64) -> E::Reply<'static, Page<String>> {
        let request = Request::scan_keys(cursor, &pattern(&self.prefix));
        let prefix = self.prefix.clone();
        self.handle.run(request, move |reply| {
            let (next, keys) = reply::page(reply)?;
            let own = |key: Value| {
                let element_hash = key.element_hash();
                Some((element_hash, id(&prefix, key)?))
            };
            Ok(Page { next, items: reply::items(keys)?.into_iter().filter_map(own).collect() })
        })
    }
}

/// The id of an instance, if `key` is its own hash. A collection of an instance has a longer key.
fn id(prefix: &str, key: Value) -> Option<Result<String>> {
    let key = match reply::bytes(key) {
        Ok(key) => String::from_utf8(key).ok()?,
        Err(error) => return Some(Err(error)),
    };
    let id = key.strip_prefix(prefix)?.strip_suffix('}')?;
    // An id has no colon. With one, the key belongs to a longer namespace that begins like this one.
    let is_own = !id.contains([':', '{', '}']);
    is_own.then(|| Ok(percent_decode_str(id).decode_utf8_lossy().into_owned()))
}

/// The pattern for the own hashes of all instances: the prefix with its special characters escaped.
fn pattern(prefix: &str) -> String {
    let mut pattern = String::new();
    for letter in prefix.chars() {
        if r"*?[]\^-".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "*}"
}
