use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(namespace = "player", version = 1)]
#[redis(namespace = "user")]
struct Player {
    #[sync]
    #[redis(sync)]
    settings: HashMap<String, String>,
}

fn main() {}
