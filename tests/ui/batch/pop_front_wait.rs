use std::time::Duration;

use redis_collections::{Deque, Store};

fn main() {
    let store = Store::temporary().unwrap();
    let jobs: Deque<u32> = Deque::open(&store, "jobs");

    store.pipeline(|batch| jobs.on(batch).pop_front_wait(Duration::from_secs(1))).unwrap();
}
