use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[sync]
    gold: i64,
}

fn main() {}
