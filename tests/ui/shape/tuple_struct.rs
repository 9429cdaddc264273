use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player(String, i64);

fn main() {}
