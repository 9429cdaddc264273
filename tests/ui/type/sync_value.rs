use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[sync]
    home: Home,
}

struct Home;

fn main() {}
