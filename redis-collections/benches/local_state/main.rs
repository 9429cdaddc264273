//! What state in memory costs, beside what it stands for.
//!
//! Both sides of a line work one after the other in one run, on one server. Prints a line a work:
//! its name, what it took us and what it took the other side in the median turn, and how many times
//! as long the other side was. It needs `python3` with `pip` for the lines about the Python library,
//! and leaves them out otherwise.

mod lru;
mod sync;

#[path = "../against_python/python.rs"]
mod python;
#[expect(dead_code, reason = "the other benchmark counts its works")]
#[path = "../against_python/turns.rs"]
mod turns;

use std::alloc::System;

use cap::Cap;
use redis_collections::Server;

use self::python::Python;

/// Counts what is allocated, for the lines about memory.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() {
    let server = Server::temporary().unwrap();
    let python = Python::install().inspect_err(|reason| eprintln!("{reason}")).ok();

    lru::compare(&server);
    sync::compare(&server, python.as_ref());
}

/// Prints a line: `ours` and `theirs` in seconds.
fn line(name: &str, ours: f64, theirs: f64) {
    let (micros, ratio) = (|seconds: f64| seconds * 1e6, theirs / ours);
    println!("{name:<58} {:>11.1} µs {:>11.1} µs {ratio:>8.2}", micros(ours), micros(theirs));
}
