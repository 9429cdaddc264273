use std::collections::HashSet;

use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(maxlen = 10)]
    quests: Vec<String>,
    #[redis(sync, maxlen = 10)]
    friends: HashSet<String>,
}

fn main() {}
