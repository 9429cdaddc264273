use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(namespace = "player")]
    name: String,
    #[redis(removed("old"))]
    gold: i64,
}

fn main() {}
