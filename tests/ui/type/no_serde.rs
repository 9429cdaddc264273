use redis_collections::RedisStruct;

#[derive(RedisStruct)]
struct Player {
    quests: Vec<Quest>,
    #[redis(value)]
    best: Quest,
}

struct Quest;

fn main() {}
