use std::collections::HashMap;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    heights: HashMap<f64, String>,
}

fn main() {}
