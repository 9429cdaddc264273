use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(namespace = "")]
struct Empty {
    name: String,
}

#[derive(RedisStruct)]
#[redis(namespace = "game:{player}")]
struct Braces {
    name: String,
}

#[derive(RedisStruct)]
#[redis(namespace = "game player")]
struct Space {
    name: String,
}

#[derive(RedisStruct)]
#[redis(namespace = "player\n")]
struct Line {
    name: String,
}

fn main() {}
