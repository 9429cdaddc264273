//! The same collections, async: `cargo run -p redis-collections-examples --example asynchronous`.
//!
//! A hundred tasks share one connection, and no task waits for another.

use redis_collections::{Collection, Counter, Deque, RedisStruct, Result, aio};
use tokio::task::JoinSet;

/// A room. Its live twin is `LiveRoom<aio::Store>` here, and `LiveRoom<Store>` on a blocking store.
#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "asynchronous:room")]
struct Room {
    topic: String,
    visitors: u32,
}

#[tokio::main]
async fn main() -> Result<()> {
    let store = aio::Store::connect().await?;
    let log: Deque<String, _> = Deque::open(&store, "asynchronous:log");
    let greetings: Counter<String, _> = Counter::open(&store, "asynchronous:greetings");
    log.clear().await?;
    greetings.clear().await?;

    let mut tasks = JoinSet::new();
    for number in 0..100 {
        tasks.spawn(greet(store.clone(), log.clone(), greetings.clone(), number));
    }
    while let Some(task) = tasks.join_next().await {
        task.expect("no task panics")?;
    }

    println!("{} lines in the log", log.len().await?);
    println!("greetings: {:?}", greetings.to_tally().await?);

    let lobby = Room::open(&store, "lobby").await?;
    lobby.topic.set("chess").await?;
    let (visitors, topic) =
        store.atomic(|tx| (lobby.visitors.on(tx).add(1), lobby.topic.on(tx).get())).await?;
    println!("visit number {visitors} to a room about {}", topic.unwrap_or_default());
    Ok(())
}

async fn greet(
    store: aio::Store,
    log: Deque<String, aio::Store>,
    greetings: Counter<String, aio::Store>,
    number: usize,
) -> Result<()> {
    let greeting = ["hello", "welcome", "good evening"][number % 3];
    let line = format!("{greeting}, guest {number}");
    store.pipeline(|p| (log.on(p).push_back(&line), greetings.on(p).add(greeting, 1))).await?;
    Ok(())
}
