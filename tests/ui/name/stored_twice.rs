use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(rename = "gold")]
    coins: i64,
    gold: i64,
    level: u32,
    #[redis(rename = "level")]
    rank: u32,
}

fn main() {}
