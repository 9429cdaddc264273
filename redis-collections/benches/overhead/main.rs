//! What the collections cost beside the same commands written by hand for bare redis-rs.
//!
//! Both sides take turns in one run, over one server's unix socket, so that whatever else the
//! machine does meets both. Prints a line a call: its name, what it took us and what it took them,
//! and how many times as long we were. A word on the command line picks the calls whose name has
//! it, as in `cargo bench -p redis-collections --bench overhead -- Dict`.
//!
//! A call takes 10 µs while the system lets both ends share a core, and 100 µs while it does not;
//! `taskset -c 1` before the command keeps to the first, where our part shows most.

mod by_hand;
mod comparison;
mod keyed;
mod listed;
mod pair;

use redis_collections::Server;

use self::{
    comparison::Bench,
    pair::{Awaiting, Blocking, Pair},
};

fn main() {
    let server = Server::temporary().unwrap();
    let mut bench = Bench::new(std::env::args().skip(1).find(|word| !word.starts_with('-')));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();

    runtime.block_on(async {
        all(&Blocking::connect(&server), &mut bench).await;
        all(&Awaiting::connect(&server).await, &mut bench).await;
    });
    bench.finish();
}

/// Compares every call.
async fn all<P: Pair>(pair: &P, bench: &mut Bench) {
    bench.start(P::KIND);
    keyed::dict(pair, bench).await;
    keyed::counter(pair, bench).await;
    keyed::scalars(pair, bench).await;
    keyed::batches(pair, bench).await;
    listed::list(pair, bench).await;
    listed::deque(pair, bench).await;
    listed::set(pair, bench).await;
    listed::sorted_set_counter(pair, bench).await;
    listed::geo_db(pair, bench).await;
}
