//! Uses a managed server until its stdin ends: what the tests of `Server` start, and kill.
//!
//! `server_user temporary`, `server_user shared` or `server_user open DIR`; it prints the server's process and its URL.

use std::{
    env,
    io::{self, Read},
    process::ExitCode,
};

use redis_collections::{Result, Server};

fn main() -> ExitCode {
    let server = match start() {
        Ok(server) => server,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!("{} {}", server.pid(), server.url());
    match io::stdin().read_to_end(&mut Vec::new()) {
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn start() -> Result<Server> {
    match env::args_os().nth(2) {
        Some(dir) => Server::open(dir),
        None if env::args().any(|word| word == "shared") => Server::shared(),
        None => Server::temporary(),
    }
}
