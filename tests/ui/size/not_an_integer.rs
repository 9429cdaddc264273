use std::collections::{HashMap, VecDeque};

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[lru(maxsize = "10")]
    tiles: HashMap<String, String>,
    #[lru(maxsize = -10)]
    items: HashMap<String, String>,
    #[redis(maxlen = 1.5)]
    inbox: VecDeque<String>,
    #[redis(maxlen = 10u8)]
    outbox: VecDeque<String>,
    #[redis(maxlen = 100_000_000_000_000_000_000)]
    moves: VecDeque<String>,
}

fn main() {}
