use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[sync]
#[lru(maxsize = 10)]
#[redis(rename = "player")]
struct Player {
    name: String,
}

fn main() {}
