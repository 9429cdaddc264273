//! What a call takes beside the same work with the Python library whose successor this crate is.
//!
//! Both sides work one after the other on one server, over its unix socket, each as its users write
//! it. Prints a line a work: its name, what it took us and what it took Python in the median turn,
//! and how many times as long Python was. It needs `python3` with `pip`, which puts the library
//! into a temporary folder.

mod ours;
mod python;
mod turns;

use std::process::ExitCode;

use redis_collections::{Server, Store};

use self::{python::Python, turns::Turns};

fn main() -> ExitCode {
    let python = match Python::install() {
        Ok(python) => python,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    let server = Server::temporary().unwrap();
    let theirs = python.work(include_str!("work.py"), server.socket());
    let ours = ours::work(&Store::open(server.url()).unwrap());
    print(&ours, &theirs);
    ExitCode::SUCCESS
}

/// Prints the works that both sides have done, in our order.
fn print(ours: &Turns, theirs: &Turns) {
    println!("{:<34} {:>13} {:>13} {:>7}", "name", "ours", "python", "ratio");
    for (name, ours) in ours.medians() {
        let theirs = theirs.of(name).unwrap_or_else(|| panic!("work.py does not {name}"));
        let (micros, ratio) = (|seconds: f64| seconds * 1e6, theirs / ours);
        println!("{name:<34} {:>10.1} µs {:>10.1} µs {ratio:>7.1}", micros(ours), micros(theirs));
    }
    assert_eq!(ours.len(), theirs.len(), "work.py does more");
}
