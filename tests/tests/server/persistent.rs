//! Servers of a folder, which processes share.

use std::{fs, thread};

use redis::Commands;
use redis_collections::Server;
use tempfile::TempDir;

use super::user::*;

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
fn files_left_by_a_crashed_machine_do_not_prevent_a_start() {
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
