use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    #[sync]
    #[redis(nested)]
    home: Home,
    #[lru(maxsize = 10)]
    #[redis(nested)]
    office: Home,
    #[redis(nested, default)]
    garden: Home,
    #[redis(nested, maxlen = 10)]
    garage: Home,
    #[redis(nested, codec = redis_collections::Bincode)]
    cellar: Home,
}

#[derive(RedisStruct)]
struct Home {
    city: String,
}

fn main() {}
