use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(removed("gold", "coins", "coins", "a:b", ""))]
struct Player {
    gold: i64,
}

fn main() {}
