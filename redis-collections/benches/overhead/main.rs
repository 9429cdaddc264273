//! What the collections cost beside the same commands written by hand for bare redis-rs.
//!
//! Both sides take turns in one run, over one server's unix socket, so that whatever else the
//! machine does meets both. Prints a line a call: its name, what it took us and what it took them,
//! and how many times as long we were. A word on the command line picks the calls whose name has
//! it, as in `cargo bench -p redis-collections --bench overhead -- Dict`.
//!
//! A call takes 10 µs while the system lets both ends share a core, and 100 µs while it does not;
//! `taskset -c 1` before the command keeps to the first, where our part shows most.

/// Compares calls of ours with the same by hand, one after another.
macro_rules! compare {
    ($bench:ident.$way:ident: $($name:literal, $ours:expr, $theirs:expr;)+) => {
        $($bench.$way($name, async || $ours, async || $theirs).await;)+
    };
}

mod by_hand;
mod comparison;
mod hashes;
mod keyed;
mod keys;
mod listed;
mod lists;
mod pair;
mod places;
mod sets;
mod sorted_sets;
mod waits;

use redis::cmd;
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
        let pair = Blocking::connect(&server);
        bench.start(Blocking::KIND);
        ping(&mut bench, &pair, async || pair.store().ping().unwrap()).await;
        all(&pair, &mut bench).await;
        let pair = Awaiting::connect(&server).await;
        bench.start(Awaiting::KIND);
        ping(&mut bench, &pair, async || pair.store().ping().await.unwrap()).await;
        all(&pair, &mut bench).await;
    });
    bench.finish();
}

/// Compares every call.
async fn all<P: Pair>(pair: &P, bench: &mut Bench) {
    keyed::dict(pair, bench).await;
    keyed::counter(pair, bench).await;
    keyed::scalars(pair, bench).await;
    keyed::batches(pair, bench).await;
    listed::list(pair, bench).await;
    listed::deque(pair, bench).await;
    listed::set(pair, bench).await;
    listed::sorted_set_counter(pair, bench).await;
    listed::geo_db(pair, bench).await;
    keys::collection(pair, bench).await;
    keys::structs(pair, bench).await;
    hashes::dict(pair, bench).await;
    hashes::dict_in_bulk(pair, bench).await;
    if pair.has("HPEXPIRE").await {
        hashes::lifetimes(pair, bench).await;
    } else {
        println!("{} Dict's entry lifetimes: this server has none", P::KIND);
    }
    hashes::counter(pair, bench).await;
    hashes::counter_in_bulk(pair, bench).await;
    hashes::scalars(pair, bench).await;
    lists::ends(pair, bench).await;
    lists::elements(pair, bench).await;
    waits::deque(pair, bench).await;
    sets::members(pair, bench).await;
    sets::at_random(pair, bench).await;
    sets::algebra(pair, bench).await;
    sorted_sets::members(pair, bench).await;
    sorted_sets::ranges(pair, bench).await;
    sorted_sets::ends(pair, bench).await;
    places::single(pair, bench).await;
    places::search(pair, bench).await;
}

async fn ping<P: Pair>(bench: &mut Bench, pair: &P, ours: impl AsyncFn()) {
    bench
        .compare("Store::ping", ours, async || {
            assert_eq!(pair.query::<String>(&cmd("PING")).await, "PONG");
        })
        .await;
}
