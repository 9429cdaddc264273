//! [`Proxy`]: stands between the clients and a server, counts what passes, and does harm to it.

mod fault;
pub use fault::Fault;

mod plan;
pub use plan::Hold;

mod link;

use std::{
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use redis_collections::Server;

use self::plan::Plan;

/// A way to a server on which round trips and commands are counted, and meet faults.
///
/// A round trip begins when a client sends while no reply is owed to it. So commands that are sent
/// together are one, in however many pieces they travel, and a command that has waited for the
/// answer to another is one more. What a client says of itself when it connects (`HELLO`, `AUTH`,
/// `SELECT`, `CLIENT`) counts for no command and meets no fault.
#[derive(Debug)]
pub struct Proxy {
    socket: PathBuf,
    url: String,
    plan: Arc<Plan>,
}

impl Proxy {
    /// Opens a way to `server`. It goes with the server, or before.
    pub fn to(server: &Server) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);

        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let socket = server.dir().join(format!("proxy{number}.sock"));
        let listener = UnixListener::bind(&socket).unwrap();
        let (plan, server) = (Arc::<Plan>::default(), server.socket().to_owned());
        let proxy = Proxy { url: format!("redis+unix://{}", socket.display()), socket, plan };
        let plan = proxy.plan.clone();
        thread::spawn(move || listen(&listener, &server, &plan));
        proxy
    }

    /// Returns the address that clients connect to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns how many round trips have begun.
    pub fn trips(&self) -> usize {
        self.plan.trips()
    }

    /// Returns how many commands have come, each of a pipeline or a transaction for itself.
    pub fn commands(&self) -> usize {
        self.plan.commands()
    }

    /// Lets the next command meet `fault`.
    pub fn fault_next(&self, fault: Fault) {
        self.fault_after(0, fault);
    }

    /// Lets `count` more commands pass, and the one after them meet `fault`.
    pub fn fault_after(&self, count: usize, fault: Fault) {
        self.plan.fault_after(count, fault);
    }

    /// Lets each command meet one of the faults, each as probable as it says, by `seed`.
    ///
    /// The seed is printed. Only clients that take turns meet the same faults again by it.
    pub fn fault_randomly(&self, seed: u64, chances: &[(Fault, f64)]) {
        println!("seed of the faults: {seed}");
        self.plan.fault_randomly(seed, chances);
    }

    /// Lets everything pass from now on.
    pub fn heal(&self) {
        self.plan.heal();
    }

    /// Lets `count` more commands pass, and holds all that come after.
    pub fn hold_after(&self, count: usize) -> Hold {
        self.plan.hold_after(count);
        Hold::new(self.plan.clone())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.plan.close();
        // Wakes the listener, which waits for a client.
        UnixStream::connect(&self.socket).ok();
    }
}

fn listen(listener: &UnixListener, server: &Path, plan: &Arc<Plan>) {
    for client in listener.incoming() {
        if plan.is_closed() {
            return;
        }
        // A server that is gone refuses; then the client finds its own connection closed.
        if let (Ok(client), Ok(server)) = (client, UnixStream::connect(server)) {
            link::join(&client, &server, plan);
        }
    }
}
