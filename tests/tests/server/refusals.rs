//! The folder of the shared server, and the errors of a user who cannot have one.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use redis_collections::{Error, Server};
use tempfile::TempDir;

use super::user::*;

/// Where the program of the server may be, for a user whose home is another one.
fn cache() -> PathBuf {
    let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from)
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
fn the_shared_server_keeps_its_data_in_the_chosen_folder() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let mut command = User::command(&["shared"]);

    let user = User::start(command.env("REDIS_COLLECTIONS_DIR", &data));

    assert!(data.join("appendonlydir").is_dir());
    user.leave();
}

#[test]
fn the_error_without_a_home_names_the_variables() {
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
fn the_error_without_a_server_lists_the_places_searched() {
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
