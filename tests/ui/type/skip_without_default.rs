use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    name: String,
    #[redis(skip)]
    cache: Cache,
}

struct Cache;

fn main() {}
