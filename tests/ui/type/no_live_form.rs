use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    name: String,
    home: Home,
}

struct Home;

fn main() {}
