use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player<'a> {
    name: &'a str,
}

fn main() {}
