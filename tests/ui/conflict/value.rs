use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(value, nested)]
    home: String,
    #[redis(value)]
    #[sync]
    settings: HashMap<String, String>,
    #[lru(maxsize = 10)]
    #[redis(value)]
    tiles: HashMap<String, String>,
    #[redis(value, maxlen = 10)]
    inbox: Vec<String>,
}

fn main() {}
