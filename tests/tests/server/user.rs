//! A process that uses a server, and what one can ask of processes.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use redis::Connection;
use redis_collections::Server;

/// A process that uses a server until its stdin ends.
pub(crate) struct User {
    pub(crate) process: Child,
    pub(crate) pid: u32,
    pub(crate) url: String,
}

impl User {
    pub(crate) fn temporary() -> Self {
        Self::start(&mut Self::command(&["temporary"]))
    }

    pub(crate) fn open(dir: &Path) -> Self {
        Self::start(Self::command(&["open"]).arg(dir))
    }

    pub(crate) fn command(arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server_user"));
        command.args(arguments).stdin(Stdio::piped());
        command
    }

    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (pid, url) = line.trim().split_once(' ').unwrap();
        Self { pid: pid.parse().unwrap(), url: url.to_owned(), process }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        let socket = PathBuf::from(self.url.strip_prefix("redis+unix://").unwrap());
        socket.parent().unwrap().to_owned()
    }

    /// Ends as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(crate) fn leave(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn connect(url: &str) -> Connection {
    redis::Client::open(url).unwrap().get_connection().unwrap()
}

pub(crate) fn config(server: &Server, name: &str) -> String {
    let mut command = redis::cmd("CONFIG");
    let (_, value): (String, String) =
        command.arg("GET").arg(name).query(&mut connect(server.url())).unwrap();
    value
}

pub(crate) fn signal(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

/// Whether the process runs; one that has ended, and that its parent has yet to notice, does not.
pub(crate) fn is_alive(pid: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
    let state = String::from_utf8(output.stdout).unwrap();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

/// The processes that `pid` has started, and theirs.
pub(crate) fn below(pid: u32) -> Vec<u32> {
    let output = Command::new("ps").args(["-A", "-o", "ppid=,pid="]).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let pairs: Vec<(u32, u32)> = table
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().map(|number| number.parse().unwrap());
            Some((numbers.next()?, numbers.next()?))
        })
        .collect();
    let mut found = vec![pid];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(pairs.iter().filter(|pair| pair.0 == parent).map(|pair| pair.1));
        at += 1;
    }
    found.split_off(1)
}

pub(crate) fn refusal(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn until(mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "the condition never came true");
        thread::sleep(Duration::from_millis(5));
    }
}
