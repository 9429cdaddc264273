use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(nested)]
    home: Home,
}

struct Home {
    _city: String,
}

fn main() {}
