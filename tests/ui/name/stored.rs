use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[redis(rename = "")]
    a: String,
    #[redis(rename = "b:c")]
    b: String,
    #[redis(rename = "~v")]
    c: String,
    #[redis(rename = "{d")]
    d: String,
}

fn main() {}
