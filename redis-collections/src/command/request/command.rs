//! [`Command`]: one command with its arguments.

use std::fmt;

use redis::{Cmd, RedisWrite};

use crate::{command::Script, error::Error};

/// One command with its arguments.
pub(crate) struct Command {
    pub(crate) words: Cmd,
    pub(crate) script: Option<&'static Script>,
    pub(super) name: &'static str,
    /// How many of the first arguments are keys.
    pub(super) keys: usize,
    pub(super) has_field: bool,
    /// Whether the reader accepts an error as the reply.
    pub(crate) accepts_error: bool,
}

impl Command {
    /// A command without arguments. It begins with `words`, and errors call it `name`.
    pub(super) fn new(name: &'static str, words: Cmd, script: Option<&'static Script>) -> Self {
        Command { words, script, name, keys: 0, has_field: false, accepts_error: false }
    }

    /// The number of bytes of all words.
    pub(crate) fn byte_len(&self) -> usize {
        self.bytes().map(<[u8]>::len).sum()
    }

    /// The location for errors: the key with a scalar's field, and the command with both.
    pub(crate) fn location(&self) -> (String, String) {
        let words = self.bytes().skip(self.first_key()).take(1 + usize::from(self.has_field));
        let words: Vec<_> = words.map(String::from_utf8_lossy).collect();
        let key = words.join(" ");
        let call = format!("`{} {key}`", self.name);
        (key, call)
    }

    /// The error for the server's error reply to this command.
    pub(crate) fn error(&self, source: redis::RedisError) -> Error {
        let key = match source.code() {
            Some("WRONGTYPE") if self.keys > 1 => self.wrong_key(source.detail()),
            _ => self.location().0,
        };
        Error::from_redis(source, self.name, key)
    }

    /// The key of another type. A script names its position; for a command it can be any of its keys.
    fn wrong_key(&self, detail: Option<&str>) -> String {
        let keys = self.bytes().skip(self.first_key()).take(self.keys);
        let keys: Vec<_> = keys.map(String::from_utf8_lossy).collect();
        let position = detail.and_then(|detail| detail.strip_prefix("of key "));
        let at = position.and_then(|at| at.split(' ').next()?.parse::<usize>().ok());
        match at.and_then(|at| keys.get(at.checked_sub(1)?)) {
            Some(key) => key.clone().into_owned(),
            None => keys.join("` or `"),
        }
    }

    fn first_key(&self) -> usize {
        if self.script.is_some() { 3 } else { 1 }
    }

    /// The call of the script as `EVAL` with its text, for a server that does not know its hash.
    pub(crate) fn to_eval(&self) -> Option<Cmd> {
        let script = self.script?;
        let mut command = redis::cmd("EVAL");
        command.arg(script.text);
        for bytes in self.bytes().skip(2) {
            command.write_arg(bytes);
        }
        Some(command)
    }

    fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.words.args_iter().filter_map(|arg| match arg {
            redis::Arg::Simple(bytes) => Some(bytes),
            _ => None,
        })
    }
}

/// Omits the arguments, which contain stored values.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command")
            .field("call", &self.location().1)
            .field("bytes", &self.byte_len())
            .finish()
    }
}
