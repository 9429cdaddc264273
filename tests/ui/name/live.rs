use redis_collections::RedisStruct;

#[derive(RedisStruct)]
#[redis(live = "Player")]
struct Player {
    name: String,
}

#[derive(RedisStruct)]
#[redis(live = "Live User")]
struct User {
    name: String,
}

#[derive(RedisStruct)]
#[redis(live = "struct")]
struct Game {
    name: String,
}

fn main() {}
