//! The server is killed, and comes back with all acknowledged writes.

use std::{
    process::Command,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
};

use redis_collections::{LruDict, Server, Store};
use redis_collections_tests::send;

const MAXSIZE: usize = 200;

/// Starts the server of a folder, which writes down each change before it answers.
fn careful(dir: &std::path::Path) -> Server {
    let server = Server::open(dir).unwrap();
    send(&Store::open(server.url()).unwrap(), "CONFIG", "SET", &["appendfsync", "always"]);
    server
}

fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-KILL", &pid.to_string()]).status().unwrap().success());
}

#[test]
fn no_value_is_lost_when_the_server_is_killed_while_memory_spills() {
    let dir = tempfile::tempdir().unwrap();
    let mut servers = vec![careful(dir.path())];
    let store = Store::open(servers[0].url()).unwrap();
    let tiles: LruDict<u32, u32> = LruDict::open(&store, "tiles", MAXSIZE);
    let (written, is_over) = (AtomicU32::new(0), AtomicBool::new(false));

    let last = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut failures = 0;
            while !is_over.load(Ordering::Relaxed) {
                let tile = written.load(Ordering::Relaxed);
                failures += u32::from(tiles.set(tile, tile + 1).is_err());
                written.store(tile + 1, Ordering::Release);
            }
            println!("{failures} calls found no server");
        });
        for _ in 0..5 {
            // The server is killed while it writes what leaves memory, not before.
            let goal = written.load(Ordering::Acquire) + 3_000 + fastrand::u32(0..500);
            while written.load(Ordering::Acquire) < goal {
                thread::yield_now();
            }
            kill(servers[servers.len() - 1].pid());
            servers.push(careful(dir.path()));
        }
        is_over.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        written.load(Ordering::Acquire)
    });

    assert!(tiles.stats().writes > 5 * MAXSIZE as u64, "{:?}", tiles.stats());
    let all: Vec<u32> = (0..last).collect();
    let found = tiles.get_many(&all).unwrap();
    assert!(found.into_iter().zip(1..).all(|(found, tile)| found == Some(tile)));
    tiles.sync().unwrap();
    assert_eq!(tiles.remote().len().unwrap(), last as usize);
}
