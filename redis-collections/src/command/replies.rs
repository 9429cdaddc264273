//! [`Replies`]: the replies to several requests, read one after another.

use std::fmt;

use redis::Value;

use crate::{
    command::{Key, reply},
    error::Result,
};

/// The replies to requests that were sent together, in their order.
pub struct Replies(std::vec::IntoIter<Value>);

impl Replies {
    /// The replies of a transaction.
    pub(crate) fn new(answer: Value) -> Result<Self> {
        Ok(Replies(reply::items(answer)?.into_iter()))
    }

    /// No replies, where nothing was asked.
    pub(crate) fn none() -> Self {
        Replies(Vec::new().into_iter())
    }

    /// Reads the next reply with `read`, whose errors get `key`.
    pub fn next<T>(&mut self, key: &Key, read: impl FnOnce(Value) -> Result<T>) -> Result<T> {
        let answer = self.0.next().ok_or_else(|| reply::unexpected("a reply", &Value::Nil));
        answer
            .and_then(read)
            .map_err(|error| error.located(|| (key.to_string(), format!("`{key}`"))))
    }
}

/// Without the replies, which hold what is stored.
impl fmt::Debug for Replies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replies").field("left", &self.0.len()).finish()
    }
}
