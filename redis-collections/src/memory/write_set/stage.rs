//! [`Stage`]: a list in Redis for arguments that are too many for one message.

use crate::command::{Key, Request};

/// How long the server keeps staged arguments that no script has used, in milliseconds.
const STAYS: u32 = 60_000;

/// The most words in one command: 500 entries of a field and a value.
const WORDS: usize = 1_000;

/// The most bytes in one command, give or take a word. A chunk has twenty commands.
const BYTES: usize = 50_000;

/// How many commands follow each renewal of the time to live. Each chunk has at least one renewal.
const PUSHES: usize = 18;

/// A list in the hash slot of the written keys, filled a chunk at a time.
pub(super) struct Stage {
    key: Key,
    requests: Vec<Request>,
    push: Option<Request>,
    words: usize,
    bytes: usize,
    count: usize,
}

impl Stage {
    /// An empty stage at `key`.
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
        // The first command is short, so that it and the time to live fit in one transaction.
        if self.words >= WORDS || self.bytes >= BYTES || self.requests.is_empty() {
            self.flush();
        }
    }

    /// The requests that fill the list, and then `script`, which reads its arguments there.
    pub(super) fn before(mut self, script: Request) -> Request {
        self.flush();
        Request::staged(self.requests, script.arg("staged").arg(self.count))
    }

    /// Ends a command, and renews the time to live from time to time.
    fn flush(&mut self) {
        let Some(push) = self.push.take() else { return };
        (self.words, self.bytes) = (0, 0);
        self.requests.push(push);
        if self.requests.len() % (PUSHES + 1) == 1 {
            self.requests.push(Request::once("PEXPIRE", &self.key).arg(STAYS));
        }
    }
}
