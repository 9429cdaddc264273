use redis_collections::{Counter, RedisStruct};

#[derive(RedisStruct)]
struct Player {
    kills: Counter<String>,
}

fn main() {}
