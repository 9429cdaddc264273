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
    pub(super) scalar: bool,
    /// Whether an error is an answer that the reader understands.
    pub(crate) may_fail: bool,
}

impl Command {
    /// The command called `name`, which begins with `words`, without arguments.
    pub(super) fn new(name: &'static str, words: Cmd, script: Option<&'static Script>) -> Self {
        Command { words, script, name, keys: 0, scalar: false, may_fail: false }
    }

    /// About how many bytes the arguments have.
    pub(crate) fn len(&self) -> usize {
        self.bytes().map(<[u8]>::len).sum()
    }

    /// The place for errors: the key with a scalar's field, and the command with it.
    pub(crate) fn location(&self) -> (String, String) {
        let words = self.bytes().skip(self.first_key()).take(1 + usize::from(self.scalar));
        let words: Vec<_> = words.map(String::from_utf8_lossy).collect();
        let location = words.join(" ");
        let call = format!("`{} {location}`", self.name);
        (location, call)
    }

    /// The error that the server's refusal of this command means.
    pub(crate) fn refused(&self, source: redis::RedisError) -> Error {
        let location = match source.code() {
            Some("WRONGTYPE") if self.keys > 1 => self.wrong_key(source.detail()),
            _ => self.location().0,
        };
        Error::from_redis(source, self.name, location)
    }

    /// The key that has another type: a script says which one, a command only that one has.
    fn wrong_key(&self, detail: Option<&str>) -> String {
        let keys = self.bytes().skip(self.first_key()).take(self.keys);
        let keys: Vec<_> = keys.map(String::from_utf8_lossy).collect();
        let said = detail.and_then(|detail| detail.strip_prefix("of key "));
        let at = said.and_then(|at| at.split(' ').next()?.parse::<usize>().ok());
        match at.and_then(|at| keys.get(at.checked_sub(1)?)) {
            Some(key) => key.clone().into_owned(),
            None => keys.join("` or `"),
        }
    }

    fn first_key(&self) -> usize {
        if self.script.is_some() { 3 } else { 1 }
    }

    /// The same call with the script's whole text, for a server that does not know its hash.
    pub(crate) fn with_body(&self) -> Option<Cmd> {
        let script = self.script?;
        let mut command = redis::cmd("EVAL");
        command.arg(script.body);
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

/// Without the arguments, which hold what is stored.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command")
            .field("call", &self.location().1)
            .field("bytes", &self.len())
            .finish()
    }
}
