use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(namespace = player, live = 1, version = "1", codec = "Json", removed(old), crate = "x")]
struct Player {
    #[redis(rename = name)]
    name: String,
    #[redis(rename("coins"))]
    gold: i64,
}

fn main() {}
