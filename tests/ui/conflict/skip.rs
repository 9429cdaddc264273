use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(skip, rename = "x")]
    name: String,
    #[redis(default = 7, skip)]
    gold: i64,
    #[sync]
    #[redis(skip)]
    settings: HashMap<String, String>,
}

fn main() {}
