use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(default = "seven")]
    level: u32,
}

fn main() {}
