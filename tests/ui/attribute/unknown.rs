use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(nmae = "player")]
struct Player {
    #[redis(vlaue)]
    name: String,
    #[redis(ttl = "30m")]
    gold: i64,
}

fn main() {}
