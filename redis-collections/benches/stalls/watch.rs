//! [`Watch`]: another client, which uses the server while a call runs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use redis_collections::{Result, Server};

/// Measures calls and prints the results.
pub(crate) struct Watch {
    url: String,
    wanted: Option<String>,
}

impl Watch {
    /// Watches `server`. If there is a word in `wanted`, only calls whose name contains it are made.
    pub(crate) fn new(server: &Server, wanted: Option<String>) -> Self {
        println!("{:<52} {:>10} {:>10}", "of 1,000,000 entries", "call", "stall");
        Watch { url: server.url().to_owned(), wanted }
    }

    /// Makes the call `name`, and prints how long it took and the longest wait of the other client.
    pub(crate) fn call<T>(&self, name: &str, call: impl FnOnce() -> Result<T>) {
        if self.wanted.as_ref().is_some_and(|wanted| !name.contains(wanted)) {
            return;
        }
        self.until_free();
        let is_over = Arc::new(AtomicBool::new(false));
        let waiting = self.wait(is_over.clone());
        let started = Instant::now();
        let outcome = call().map(drop);
        let took = started.elapsed();
        is_over.store(true, Ordering::Relaxed);
        let stall = waiting.join().unwrap();
        let failure = outcome.err().map(|error| format!("  {error}")).unwrap_or_default();
        println!("{name:<52} {:>7} ms {:>7} ms{failure}", took.as_millis(), stall.as_millis());
    }

    /// Waits until the server has freed the keys that earlier calls removed. It frees them in the
    /// background, which delays other clients.
    fn until_free(&self) {
        let mut connection = self.connect();
        let mut is_free = || {
            let info: String = redis::cmd("INFO").arg("memory").query(&mut connection).unwrap();
            info.lines().any(|line| line == "lazyfree_pending_objects:0")
        };
        while !is_free() {
            thread::yield_now();
        }
    }

    /// Sends `PING` again and again until the call is over, and returns the longest wait.
    fn wait(&self, is_over: Arc<AtomicBool>) -> thread::JoinHandle<Duration> {
        let mut connection = self.connect();
        thread::spawn(move || {
            let mut longest = Duration::ZERO;
            while !is_over.load(Ordering::Relaxed) {
                let asked = Instant::now();
                // During a script of more than 5 seconds, the server answers `BUSY`.
                while redis::cmd("PING").exec(&mut connection).is_err() {}
                longest = longest.max(asked.elapsed());
            }
            longest
        })
    }

    fn connect(&self) -> redis::Connection {
        redis::Client::open(self.url.as_str()).unwrap().get_connection().unwrap()
    }
}
