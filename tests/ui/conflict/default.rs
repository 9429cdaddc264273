use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[lru(maxsize = 10)]
    #[redis(default)]
    tiles: HashMap<String, String>,
    #[redis(default, maxlen = 10)]
    inbox: HashMap<String, String>,
    #[lru(maxsize = 10)]
    #[redis(maxlen = 10)]
    items: HashMap<String, String>,
}

fn main() {}
