//! Servers that go with their owner.

use std::thread;

use redis::Commands;
use redis_collections::{Error, Server};

use super::user::*;

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
fn neither_the_url_nor_debug_shows_the_password() {
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
