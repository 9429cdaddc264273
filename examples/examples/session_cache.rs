//! A session cache, with the busiest sessions in memory and all of them in Redis:
//! `cargo run -p redis-collections-examples --example session_cache`.

use std::{collections::HashMap, time::Duration};

use redis_collections::{RedisStruct, Result, Store};
use serde::{Deserialize, Serialize};

/// The data of a web server. The live twin keeps a hundred `sessions` in memory, and the others in Redis.
#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "session_cache")]
struct Site {
    visits: u64,
    #[lru(maxsize = 100)]
    sessions: HashMap<u32, Session>,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Session {
    user: String,
    pages: u32,
}

fn main() -> Result<()> {
    let store = Store::connect()?;
    let site = Site::open(&store, "example.org")?;

    for number in 0..1_000 {
        let session = Session { user: format!("user {number}"), pages: 1 };
        site.sessions.set(number, session)?; // in memory; writes and evicts the least recently used in batches
        site.visits.add(1)?;
    }
    for _ in 0..50 {
        visit(&site, 999)?; // from memory, without a round trip
    }
    visit(&site, 0)?; // evicted long ago: read from Redis

    println!("{:?}", site.sessions.stats());
    site.sessions.sync()?; // writes the dirty entries, in one round trip
    println!("{} sessions after {} visits", site.sessions.len()?, site.visits.get()?);

    site.expire(Duration::from_secs(30 * 60))?; // every key of the site, in one round trip
    println!("time to live: {:?}", site.ttl()?.unwrap_or_default());
    Ok(())
}

fn visit(site: &LiveSite, number: u32) -> Result<()> {
    if let Some(mut session) = site.sessions.get(&number)? {
        session.pages += 1;
        site.sessions.set(number, session)?;
        site.visits.add(1)?;
    }
    Ok(())
}
