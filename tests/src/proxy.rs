//! [`Proxy`]: stands between the clients and a server, and counts round trips.

use std::{
    io::{Read, Write},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use redis_collections::Server;

use crate::frames::Frames;

/// A way to a server on which round trips are counted.
///
/// A round trip begins when a client sends while no reply is owed to it. So commands that are sent
/// together are one, in however many pieces they travel, and a command that has waited for the
/// answer to another is one more.
#[derive(Debug)]
pub struct Proxy {
    socket: PathBuf,
    url: String,
    seen: Arc<Seen>,
}

/// What is known of all connections.
#[derive(Debug, Default)]
struct Seen {
    trips: AtomicUsize,
    is_closed: AtomicBool,
}

impl Proxy {
    /// Opens a way to `server`. It goes with the server, or before.
    pub fn to(server: &Server) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);

        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let socket = server.dir().join(format!("proxy{number}.sock"));
        let listener = UnixListener::bind(&socket).unwrap();
        let (seen, server) = (Arc::<Seen>::default(), server.socket().to_owned());
        let proxy = Proxy { url: format!("redis+unix://{}", socket.display()), socket, seen };
        let seen = proxy.seen.clone();
        thread::spawn(move || listen(&listener, &server, &seen));
        proxy
    }

    /// Returns the address that clients connect to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns how many round trips have begun.
    pub fn trips(&self) -> usize {
        self.seen.trips.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.seen.is_closed.store(true, Ordering::SeqCst);
        // Wakes the listener, which waits for a client.
        UnixStream::connect(&self.socket).ok();
    }
}

/// What one connection has carried, and what its server owes.
#[derive(Debug, Default)]
struct Ledger {
    asked: Frames,
    answered: Frames,
    owed: usize,
}

impl Ledger {
    /// Takes what the client sends, and returns whether a round trip begins with it.
    fn ask(&mut self, bytes: &[u8]) -> bool {
        let begins = self.owed == 0 && self.asked.is_complete();
        self.owed += self.asked.take(bytes);
        begins
    }

    /// Takes what the server sends.
    fn answer(&mut self, bytes: &[u8]) {
        // A server that is full refuses a client that has asked nothing yet.
        self.owed = self.owed.saturating_sub(self.answered.take(bytes));
    }
}

fn listen(listener: &UnixListener, server: &Path, seen: &Arc<Seen>) {
    for client in listener.incoming() {
        if seen.is_closed.load(Ordering::SeqCst) {
            return;
        }
        // A server that is gone refuses; then the client finds its own connection closed.
        if let (Ok(client), Ok(server)) = (client, UnixStream::connect(server)) {
            join(&client, &server, seen.clone());
        }
    }
}

/// Carries bytes both ways, until either end is closed.
///
/// They are counted before they are carried on: nobody can have seen what has not been counted.
fn join(client: &UnixStream, server: &UnixStream, seen: Arc<Seen>) {
    let ledger = Arc::<Mutex<Ledger>>::default();
    let asked = ledger.clone();
    carry(client, server, move |bytes| {
        if asked.lock().unwrap().ask(bytes) {
            seen.trips.fetch_add(1, Ordering::SeqCst);
        }
    });
    carry(server, client, move |bytes| ledger.lock().unwrap().answer(bytes));
}

fn carry(from: &UnixStream, to: &UnixStream, mut see: impl FnMut(&[u8]) + Send + 'static) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(len @ 1..) = from.read(&mut bytes) {
            see(&bytes[..len]);
            if to.write_all(&bytes[..len]).is_err() {
                break;
            }
        }
        to.shutdown(Shutdown::Both).ok();
        from.shutdown(Shutdown::Both).ok();
    });
}
