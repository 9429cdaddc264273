use std::collections::{HashMap, VecDeque};

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[lru(maxsize = 0)]
    tiles: HashMap<String, String>,
    #[redis(maxlen = 0)]
    inbox: VecDeque<String>,
}

fn main() {}
