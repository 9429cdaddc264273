use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[lru(maxsize = 10)]
    quests: Vec<String>,
}

fn main() {}
