use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis]
struct Player {
    #[redis = "name"]
    name: String,
    #[redis("gold")]
    gold: i64,
    #[redis(value nested)]
    level: i64,
}

fn main() {}
