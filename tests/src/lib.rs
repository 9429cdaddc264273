//! What the tests share: one server for each test binary, and a namespace for each test.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

pub mod board;

mod frames;

mod proxy;
pub use proxy::{Fault, Hold, Proxy};

pub mod public;

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use redis::Value;
use redis_collections::{
    Executor, Server, Store,
    raw::{Key, Request},
};

/// A store in a namespace that nobody else uses, on the server that the whole binary shares.
pub fn store() -> Store {
    static SHARED: LazyLock<Store> = LazyLock::new(|| Store::temporary().unwrap());
    static NEXT: AtomicUsize = AtomicUsize::new(0);

    SHARED.namespace(&format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// A store on the server that the whole binary shares, and the proxy that it goes through.
pub fn proxied() -> (Proxy, Store) {
    static SHARED: LazyLock<Server> = LazyLock::new(|| Server::temporary().unwrap());
    static NEXT: AtomicUsize = AtomicUsize::new(0);

    let proxy = Proxy::to(&SHARED);
    let store = Store::open(proxy.url()).unwrap();
    let namespace = format!("proxied{}", NEXT.fetch_add(1, Ordering::Relaxed));
    (proxy, store.namespace(&namespace))
}

/// Sends a command on `key` as any client would, and returns the server's own answer.
pub fn send(store: &Store, command: &'static str, key: &str, args: &[&str]) -> Value {
    let request = Request::once(command, &Key::of_name(None, key)).arg(args);
    store.run(request, Ok).unwrap()
}

/// The text that `field` of the hash at `key` holds, as any client would read it.
pub fn text(store: &Store, key: &str, field: &str) -> Option<String> {
    match send(store, "HGET", key, &[field]) {
        Value::BulkString(bytes) => Some(String::from_utf8(bytes).unwrap()),
        _ => None,
    }
}
