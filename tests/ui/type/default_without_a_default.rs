use std::collections::HashMap;

use redis_collections::RedisStruct;
use serde::{Deserialize, Serialize};

#[derive(RedisStruct)]
struct Player {
    #[redis(default)]
    items: HashMap<String, Item>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Item;

fn main() {}
