use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(namespace = "game {player}", nmae = "player")]
struct Player {
    #[redis(vlaue)]
    name: String,
    #[sync]
    #[lru(maxsize = 0)]
    tiles: HashMap<String, String>,
    #[redis(rename = "a:b")]
    gold: i64,
}

fn main() {}
