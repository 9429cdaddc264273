use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(codec = Json)]
struct Player {
    name: String,
    quests: Vec<String>,
}

struct Json;

fn main() {}
