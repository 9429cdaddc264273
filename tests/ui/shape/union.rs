use redis_collections::RedisStruct;

#[derive(RedisStruct)]
union Player {
    gold: i64,
    level: u64,
}

fn main() {}
