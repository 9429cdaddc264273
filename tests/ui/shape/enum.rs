use redis_collections::RedisStruct;

#[derive(RedisStruct)]
enum Player {
    Ada,
    Bob,
}

fn main() {}
