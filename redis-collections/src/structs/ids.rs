//! [`Ids`]: the ids of all instances of a struct.

use percent_encoding::percent_decode_str;
use redis::Value;

use crate::{
    collections::{Element, KeyHandle},
    command::{Key, Request, reply},
    error::Result,
    store::{Executor, Page, Pages},
};

/// The ids of all instances at a namespace, as a cursor reads them.
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
        self.handle.run(request, move |answer| {
            let (next, keys) = reply::page(answer)?;
            let own = |key: Value| {
                let element_hash = key.element_hash();
                Some((element_hash, id(&prefix, key)?))
            };
            Ok(Page { next, items: reply::items(keys)?.into_iter().filter_map(own).collect() })
        })
    }
}

/// The id of the instance whose own hash is at `key`, if it is one.
fn id(prefix: &str, key: Value) -> Option<Result<String>> {
    let key = match reply::bytes(key) {
        Ok(key) => String::from_utf8(key).ok()?,
        Err(error) => return Some(Err(error)),
    };
    let id = key.strip_prefix(prefix)?.strip_suffix('}')?;
    // A colon stands in no id: it ends a namespace that is longer than this one.
    let is_own = !id.contains([':', '{', '}']);
    is_own.then(|| Ok(percent_decode_str(id).decode_utf8_lossy().into_owned()))
}

/// The pattern of all own hashes: the prefix, with what is special in a pattern escaped.
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
