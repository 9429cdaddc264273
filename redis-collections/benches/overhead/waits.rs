//! The calls of a deque that wait for an element.

use std::time::Duration;

use redis::cmd;
use redis_collections::Deque;

use super::{
    by_hand::{decode, encoded_names, names},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn deque<P: Pair>(pair: &P, bench: &mut Bench) {
    let jobs: Deque<String, P::Store> = Deque::open(pair.store(), "jobs");
    let key = "hand:jobs";
    // Enough for all, so that neither side has to wait.
    P::answer(jobs.extend(&names(20_000))).await;
    pair.query::<()>(cmd("RPUSH").arg(key).arg(encoded_names(20_000))).await;
    let second = Duration::from_secs(1);
    let pop = async |command: &str| {
        let popped: Option<(String, Vec<u8>)> = pair.query(cmd(command).arg(key).arg(1)).await;
        popped.map(|(_, bytes)| decode::<String>(&bytes))
    };

    compare! { bench.compare:
        "Deque::pop_front_wait",
        P::answer(jobs.pop_front_wait(second)).await,
        pop("BLPOP").await;
        "Deque::pop_back_wait",
        P::answer(jobs.pop_back_wait(second)).await,
        pop("BRPOP").await;
    }
}
