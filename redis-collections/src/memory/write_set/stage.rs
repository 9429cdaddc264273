//! [`Stage`]: where the arguments of a script stand that are too many for one message.

use crate::command::{Key, Request};

/// How long the server keeps what was staged and never used, in milliseconds.
const STAYS: u32 = 60_000;

/// How many words one command has at the most: 500 entries of a field and a value.
const WORDS: usize = 1_000;

/// How many bytes of words one command has, give or take a word: a chunk has twenty of them.
const BYTES: usize = 50_000;

/// How many commands there are for each that lets the list stay: one at least in each chunk.
const PUSHES: usize = 18;

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
        // The list has a time to live from its first command on: that is a short one, so that both
        // go in one transaction.
        if self.words >= WORDS || self.bytes >= BYTES || self.requests.is_empty() {
            self.flush();
        }
    }

    /// What fills the list, and then sends `script`, which finds its arguments there.
    pub(super) fn before(mut self, script: Request) -> Request {
        self.flush();
        Request::staged(self.requests, script.arg("staged").arg(self.count))
    }

    /// Ends a command, and lets the list stay a while longer now and then.
    fn flush(&mut self) {
        let Some(push) = self.push.take() else { return };
        (self.words, self.bytes) = (0, 0);
        self.requests.push(push);
        if self.requests.len() % (PUSHES + 1) == 1 {
            self.requests.push(Request::once("PEXPIRE", &self.key).arg(STAYS));
        }
    }
}
