use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player;

fn main() {}
