//! A cache of sessions: the busy ones in memory, all of them in Redis:
//! `cargo run -p redis-collections-examples --example session_cache`.

use std::{collections::HashMap, time::Duration};

use redis_collections::{RedisStruct, Result, Store};
use serde::{Deserialize, Serialize};

/// All that a web server keeps. The live twin's `sessions` holds a hundred in memory; the rest is in Redis.
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
        site.sessions.set(number, session)?; // in memory; the least recently used leave for Redis in batches
        site.visits.add(1)?;
    }
    for _ in 0..50 {
        visit(&site, 999)?; // from memory, without a round trip
    }
    visit(&site, 0)?; // left memory long ago, and comes back from Redis

    println!("{:?}", site.sessions.stats());
    site.sessions.sync()?; // what is in memory only, in one round trip
    println!("{} sessions after {} visits", site.sessions.len()?, site.visits.get()?);

    site.expire(Duration::from_secs(30 * 60))?; // every key of the site, in one round trip
    println!("they are kept for {:?}", site.ttl()?.unwrap_or_default());
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
