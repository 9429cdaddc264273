use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(namespace, live = , version, codec =, removed, crate)]
struct Player {
    #[redis(rename)]
    name: String,
    #[redis(maxlen =)]
    inbox: Vec<String>,
    #[redis(default =)]
    gold: i64,
}

fn main() {}
