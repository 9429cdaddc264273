use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[sync]
    #[lru(maxsize = 10)]
    tiles: HashMap<String, String>,
    #[redis(lru(maxsize = 10), sync)]
    items: HashMap<String, String>,
}

fn main() {}
