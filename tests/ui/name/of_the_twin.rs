use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    __instance: String,
}

fn main() {}
