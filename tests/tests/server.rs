//! `Server`: real processes that come, go, and are killed.
#![cfg(unix)]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use redis::{Commands, Connection};
use redis_collections::{Error, Server};
use tempfile::TempDir;

#[test]
fn a_temporary_server_answers() {
    let server = Server::temporary().unwrap();

    let pong: String = redis::cmd("PING").query(&mut connect(server.url())).unwrap();

    assert_eq!(pong, "PONG");
}

#[test]
fn a_temporary_server_keeps_nothing_and_listens_on_no_port() {
    let server = Server::temporary().unwrap();

    assert_eq!(config(&server, "save"), "");
    assert_eq!(config(&server, "appendonly"), "no");
    assert_eq!(config(&server, "port"), "0");
}

#[test]
fn a_temporary_server_goes_with_its_folder_when_it_is_dropped() {
    let server = Server::temporary().unwrap();
    let (pid, dir) = (server.pid(), server.dir().to_owned());

    drop(server);

    assert!(!is_alive(pid));
    assert!(!dir.exists());
}

#[test]
fn a_temporary_server_goes_when_its_owner_is_killed() {
    let mut owner = User::temporary();

    owner.kill();

    until(|| !is_alive(owner.pid) && !owner.dir().exists());
}

#[test]
fn a_temporary_server_goes_when_its_owner_is_interrupted() {
    let mut owner = User::temporary();

    signal("-INT", owner.process.id());
    owner.process.wait().unwrap();

    until(|| !is_alive(owner.pid) && !owner.dir().exists());
}

#[test]
fn temporary_servers_know_nothing_of_each_other() {
    let (one, other) = (Server::temporary().unwrap(), Server::temporary().unwrap());

    connect(one.url()).set::<_, _, ()>("name", "one").unwrap();

    assert!(!connect(other.url()).exists::<_, bool>("name").unwrap());
    assert_ne!(one.pid(), other.pid());
}

#[test]
fn more_arguments_reach_the_server() {
    let server = Server::temporary_with(["--requirepass", "secret", "--maxclients", "77"]).unwrap();

    let mut connection = connect(&format!("{}?pass=secret", server.url()));
    let (_, found): (String, String) =
        redis::cmd("CONFIG").arg("GET").arg("maxclients").query(&mut connection).unwrap();

    assert_eq!(found, "77");
}

#[test]
fn neither_the_url_nor_debug_tells_the_password() {
    let server = Server::temporary_with(["--requirepass", "secret"]).unwrap();

    assert!(!format!("{server:?} {}", server.url()).contains("secret"));
}

#[test]
fn arguments_that_the_server_refuses_are_shown_with_its_words() {
    let error = Server::temporary_with(["--no-such-option", "1"]).unwrap_err();

    assert!(matches!(error, Error::NoServer { .. }));
    let words = error.to_string();
    assert!(words.contains("stopped as soon as it was started"), "{words}");
    assert!(words.contains("no-such-option"), "{words}");
}

#[test]
fn a_busy_temporary_server_goes_too() {
    let server = Server::temporary().unwrap();
    let pid = server.pid();
    let mut connection = connect(server.url());
    let endless = thread::spawn(move || {
        redis::cmd("EVAL").arg("while true do end").arg(0).query::<()>(&mut connection)
    });

    drop(server);

    assert!(!is_alive(pid));
    assert!(endless.join().unwrap().is_err());
}

#[test]
fn data_survives_a_reopen() {
    let dir = TempDir::new().unwrap();
    let server = Server::open(dir.path()).unwrap();
    connect(server.url()).set::<_, _, ()>("name", "Ada").unwrap();
    drop(server);

    let server = Server::open(dir.path()).unwrap();

    assert_eq!(connect(server.url()).get::<_, String>("name").unwrap(), "Ada");
}

#[test]
fn data_survives_a_killed_server() {
    let dir = TempDir::new().unwrap();
    let server = Server::open(dir.path()).unwrap();
    connect(server.url()).set::<_, _, ()>("name", "Ada").unwrap();
    signal("-KILL", server.pid());

    let again = Server::open(dir.path()).unwrap();

    assert_eq!(connect(again.url()).get::<_, String>("name").unwrap(), "Ada");
    assert_ne!(again.pid(), server.pid());
    assert_eq!(again.url(), server.url());
}

#[test]
fn data_survives_a_killed_server_and_its_killed_watcher() {
    let dir = TempDir::new().unwrap();
    let mut user = User::open(dir.path());
    connect(&user.url).set::<_, _, ()>("name", "Ada").unwrap();
    for pid in below(user.process.id()) {
        signal("-KILL", pid);
    }
    user.kill();

    let server = Server::open(dir.path()).unwrap();

    assert_eq!(connect(server.url()).get::<_, String>("name").unwrap(), "Ada");
}

#[test]
fn a_server_whose_watcher_was_killed_is_stopped_by_the_last_one_out() {
    let dir = TempDir::new().unwrap();
    let user = User::open(dir.path());
    for pid in below(user.process.id()).into_iter().filter(|pid| *pid != user.pid) {
        signal("-KILL", pid);
    }
    let server = Server::open(dir.path()).unwrap();
    let pid = server.pid();
    assert_eq!(pid, user.pid);
    user.leave();

    drop(server);

    assert!(!is_alive(pid));
}

#[test]
fn two_processes_share_one_server_and_the_last_one_out_stops_it() {
    let dir = TempDir::new().unwrap();
    let (one, other) = (User::open(dir.path()), User::open(dir.path()));
    assert_eq!((one.pid, &one.url), (other.pid, &other.url));
    let pid = one.pid;

    one.leave();
    connect(&other.url).set::<_, _, ()>("name", "Ada").unwrap();
    other.leave();

    assert!(!is_alive(pid));
}

#[test]
fn a_server_goes_when_its_last_user_is_killed_and_not_before() {
    let dir = TempDir::new().unwrap();
    let (mut one, mut other) = (User::open(dir.path()), User::open(dir.path()));

    one.kill();
    connect(&other.url).set::<_, _, ()>("name", "Ada").unwrap();
    other.kill();

    until(|| !is_alive(other.pid));
    let server = Server::open(dir.path()).unwrap();
    assert_eq!(connect(server.url()).get::<_, String>("name").unwrap(), "Ada");
}

#[test]
fn a_server_goes_even_if_its_folder_was_removed() {
    let dir = TempDir::new().unwrap();
    let mut user = User::open(dir.path());

    dir.close().unwrap();
    user.kill();

    until(|| !is_alive(user.pid));
}

#[test]
fn processes_that_come_and_are_killed_at_the_same_moment_lose_nothing() {
    let dir = TempDir::new().unwrap();
    let path = dir.path();

    thread::scope(|scope| {
        for name in 0..4 {
            scope.spawn(move || {
                for turn in 0..8 {
                    let mut user = User::open(path);
                    connect(&user.url).rpush::<_, _, ()>(name, turn).unwrap();
                    if turn % 2 == 0 { user.kill() } else { user.leave() }
                }
            });
        }
    });

    let server = Server::open(path).unwrap();
    let mut connection = connect(server.url());
    for name in 0..4 {
        let turns: Vec<i32> = connection.lrange(name, 0, -1).unwrap();
        assert_eq!(turns, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}

#[test]
fn threads_that_open_one_folder_share_one_server() {
    let dir = TempDir::new().unwrap();

    let pids = thread::scope(|scope| {
        let opened: Vec<_> =
            (0..6).map(|_| scope.spawn(|| Server::open(dir.path()).unwrap())).collect();
        let servers: Vec<_> = opened.into_iter().map(|opened| opened.join().unwrap()).collect();
        servers.iter().map(Server::pid).collect::<Vec<_>>()
    });

    assert!(pids.iter().all(|pid| *pid == pids[0]));
    assert!(!is_alive(pids[0]));
}

#[test]
fn what_a_lost_machine_leaves_behind_is_no_hindrance() {
    let dir = TempDir::new().unwrap();
    for name in ["server.lock", "users.lock", "server.log", "server.sock"] {
        fs::write(dir.path().join(name), "left").unwrap();
    }
    fs::write(dir.path().join("server.pid"), "1\n").unwrap();

    let server = Server::open(dir.path()).unwrap();

    assert_ne!(server.pid(), 1);
}

#[test]
fn a_folder_whose_path_is_too_long_for_a_socket_just_works() {
    let dir = TempDir::new().unwrap();
    let long = dir.path().join("long ".repeat(30)).join("dätä");
    let server = Server::open(&long).unwrap();
    let (pid, socket) = (server.pid(), server.socket().to_owned());

    let again = Server::open(&long).unwrap();
    assert_eq!(again.pid(), pid);
    connect(again.url()).set::<_, _, ()>("name", "Ada").unwrap();
    drop((server, again));

    assert!(!is_alive(pid));
    assert!(!socket.parent().unwrap().exists());
    let server = Server::open(&long).unwrap();
    assert_eq!(connect(server.url()).get::<_, String>("name").unwrap(), "Ada");
}

#[test]
fn a_folder_may_have_any_name() {
    let dir = TempDir::new().unwrap();

    let server = Server::open(dir.path().join("it's 100% \"täglich\" ?#{}")).unwrap();

    connect(server.url()).set::<_, _, ()>("name", "Ada").unwrap();
}

/// Where the program of the server may be, for a user whose home is another one.
fn cache() -> PathBuf {
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache"))
}

#[test]
fn the_shared_server_keeps_its_data_in_the_users_home() {
    let home = TempDir::new().unwrap();
    let mut command = User::command(&["shared"]);
    command.env("HOME", home.path()).env("XDG_CACHE_HOME", cache());
    command.env_remove("XDG_DATA_HOME").env_remove("REDIS_COLLECTIONS_DIR");

    let (one, other) = (User::start(&mut command), User::start(&mut command));

    assert_eq!(one.pid, other.pid);
    assert!(home.path().join(".local/share/redis-collections/appendonlydir").is_dir());
}

#[test]
fn the_shared_server_keeps_its_data_where_it_is_told() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let mut command = User::command(&["shared"]);

    let user = User::start(command.env("REDIS_COLLECTIONS_DIR", &data));

    assert!(data.join("appendonlydir").is_dir());
    user.leave();
}

#[test]
fn a_user_without_a_home_is_told_what_to_set() {
    let output = User::command(&["shared"]).env_clear().output().unwrap();

    let words = refusal(&output);
    assert!(words.contains("neither `REDIS_COLLECTIONS_DIR` nor `HOME`"), "{words}");
}

#[test]
fn a_file_instead_of_a_folder_is_refused() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "not a folder").unwrap();

    let error = Server::open(&file).unwrap_err();

    assert!(matches!(&error, Error::Io { path, .. } if Path::new(path) == file), "{error}");
}

#[test]
fn a_machine_without_a_server_is_told_what_to_install() {
    let output = User::command(&["temporary"])
        .env("PATH", "")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("REDIS_COLLECTIONS_SERVER")
        .output()
        .unwrap();

    let words = refusal(&output);
    assert!(words.contains("neither `valkey-server` nor `redis-server` on PATH"), "{words}");
    assert!(words.contains("/nonexistent/.cache/redis-collections/bin"), "{words}");
    assert!(words.contains("apt install valkey-server"), "{words}");
}

#[test]
fn a_variable_that_names_no_program_is_refused() {
    let output = User::command(&["temporary"])
        .env("REDIS_COLLECTIONS_SERVER", "/nonexistent/server")
        .output()
        .unwrap();

    let words = refusal(&output);
    assert!(words.contains("`/nonexistent/server`, which is not an executable file"), "{words}");
}

#[test]
fn a_program_that_is_no_server_is_refused_with_its_words() {
    let output = User::command(&["temporary"])
        .env("REDIS_COLLECTIONS_SERVER", "/bin/echo")
        .output()
        .unwrap();

    assert!(refusal(&output).contains("stopped as soon as it was started"));
}

/// A process that uses a server until its stdin ends.
struct User {
    process: Child,
    pid: u32,
    url: String,
}

impl User {
    fn temporary() -> Self {
        Self::start(&mut Self::command(&["temporary"]))
    }

    fn open(dir: &Path) -> Self {
        Self::start(Self::command(&["open"]).arg(dir))
    }

    fn command(arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server_user"));
        command.args(arguments).stdin(Stdio::piped());
        command
    }

    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (pid, url) = line.trim().split_once(' ').unwrap();
        Self { pid: pid.parse().unwrap(), url: url.to_owned(), process }
    }

    fn dir(&self) -> PathBuf {
        let socket = PathBuf::from(self.url.strip_prefix("redis+unix://").unwrap());
        socket.parent().unwrap().to_owned()
    }

    /// Ends as `kill -9` does.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn leave(mut self) {
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

fn connect(url: &str) -> Connection {
    redis::Client::open(url).unwrap().get_connection().unwrap()
}

fn config(server: &Server, name: &str) -> String {
    let mut command = redis::cmd("CONFIG");
    let (_, value): (String, String) =
        command.arg("GET").arg(name).query(&mut connect(server.url())).unwrap();
    value
}

fn signal(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

/// Whether the process runs; one that has ended, and that its parent has yet to notice, does not.
fn is_alive(pid: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
    let state = String::from_utf8(output.stdout).unwrap();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

/// The processes that `pid` has started, and theirs.
fn below(pid: u32) -> Vec<u32> {
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

fn refusal(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn until(mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < deadline, "the condition never came true");
        thread::sleep(Duration::from_millis(5));
    }
}
