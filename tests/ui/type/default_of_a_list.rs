use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(default)]
    quests: Vec<String>,
}

fn main() {}
