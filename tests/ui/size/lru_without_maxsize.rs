use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[lru]
    tiles: HashMap<String, String>,
    #[lru()]
    items: HashMap<String, String>,
    #[redis(lru = 10)]
    moves: HashMap<String, String>,
    #[lru(maxsiz = 10)]
    notes: HashMap<String, String>,
}

fn main() {}
