//! Measures how long calls on collections of 1,000,000 entries stall a server.
//!
//! While a call runs, another client sends `PING` to the same server again and again. Its longest
//! wait is the time for which the call stalled all others. Prints one line per call: its name, how
//! long it took, and the longest wait. A word on the command line selects the calls whose name
//! contains it.

mod calls;
mod watch;

use redis_collections::{Server, Store};

use self::watch::Watch;

/// The number of entries in each collection.
const ENTRIES: u32 = 1_000_000;

fn main() {
    let server = Server::temporary().unwrap();
    let store = Store::open(server.url()).unwrap();
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let watch = Watch::new(&server, wanted);

    calls::dict(&store, &watch);
    calls::counter(&store, &watch);
    calls::list(&store, &watch);
    calls::set(&store, &watch);
    calls::sorted_set_counter(&store, &watch);
    calls::geo_db(&store, &watch);
}
