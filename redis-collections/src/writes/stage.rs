//! [`Stage`]: where the arguments of a script stand that are too many for one message.

use crate::{Key, Request};

/// How long the server keeps what was staged and never used, in milliseconds.
const STAYS: u32 = 60_000;

/// How many words one command has at the most.
const WORDS: usize = 500;

/// How many bytes of words one command has, give or take a word: a chunk is twenty of them.
const BYTES: usize = 50_000;

/// A list in the slot of what is written, filled a chunk at a time.
pub(super) struct Stage {
    key: Key,
    requests: Vec<Request>,
    push: Option<Request>,
    words: usize,
    bytes: usize,
    count: usize,
}

impl Stage {
    /// An empty one at `key`.
    pub(super) fn new(key: Key) -> Self {
        Stage { key, requests: Vec::new(), push: None, words: 0, bytes: 0, count: 0 }
    }

    /// Adds a word.
    pub(super) fn push(&mut self, word: &[u8]) {
        let push = self.push.take().unwrap_or_else(|| Request::once("RPUSH", &self.key));
        self.push = Some(push.arg(word));
        self.words += 1;
        self.bytes += word.len();
        self.count += 1;
        if self.words >= WORDS || self.bytes >= BYTES {
            self.flush();
        }
    }

    /// Ends a command, and lets the list vanish if the last one never comes.
    pub(super) fn flush(&mut self) {
        let Some(push) = self.push.take() else { return };
        (self.words, self.bytes) = (0, 0);
        self.requests.push(push);
        self.requests.push(Request::once("PEXPIRE", &self.key).arg(STAYS));
    }

    /// What fills the list, and then sends `script`, which finds its arguments there.
    pub(super) fn before(mut self, script: Request) -> Request {
        self.flush();
        Request::staged(self.requests, script.arg("staged").arg(self.count))
    }
}
