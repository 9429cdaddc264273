//! How long a server is held up by calls on collections of 1,000,000 entries.
//!
//! While a call runs, somebody else asks the same server for a `PING` again and again: what that had
//! to wait at the most is how long the call held up all others. Prints a line a call: its name, how
//! long it took, and the longest wait. A word on the command line picks the calls whose name has it.

mod calls;
mod watch;

use redis_collections::{Server, Store};

use self::watch::Watch;

/// How many entries each collection has.
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
