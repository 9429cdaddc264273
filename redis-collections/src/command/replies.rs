//! [`Replies`]: the replies to a group of commands, read one after another.

use std::fmt;

use redis::Value;

use crate::{
    command::{Key, reply},
    error::Result,
};

/// The replies to a group of commands, in the order of the commands.
pub struct Replies(std::vec::IntoIter<Value>);

impl Replies {
    /// The replies to a group, whose own reply is the array of them.
    pub(crate) fn new(reply: Value) -> Result<Self> {
        Ok(Replies(reply::items(reply)?.into_iter()))
    }

    /// No replies, because nothing was sent.
    pub(crate) fn none() -> Self {
        Replies(Vec::new().into_iter())
    }

    /// Reads the next reply with `read`, and adds `key` to its errors.
    pub fn next<T>(&mut self, key: &Key, read: impl FnOnce(Value) -> Result<T>) -> Result<T> {
        let reply = self.0.next().ok_or_else(|| reply::unexpected("a reply", &Value::Nil));
        reply
            .and_then(read)
            .map_err(|error| error.with_location(|| (key.to_string(), format!("`{key}`"))))
    }
}

/// Omits the replies, which contain stored values.
impl fmt::Debug for Replies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replies").field("left", &self.0.len()).finish()
    }
}
