use std::collections::{BTreeSet, HashMap};

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    bags: BTreeSet<Vec<HashMap<String, u32>>>,
}

fn main() {}
