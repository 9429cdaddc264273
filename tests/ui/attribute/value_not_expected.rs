use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(skip = true)]
    name: String,
    #[redis(value(gold))]
    gold: i64,
    #[sync(now)]
    settings: Vec<String>,
}

fn main() {}
