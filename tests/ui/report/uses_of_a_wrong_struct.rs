use redis_collections::{RedisStruct, Result, Store};

#[derive(RedisStruct)]
#[redis(nmae = "player")]
struct Player {
    gold: i64,
}

fn play(store: &Store) -> Result<()> {
    let mut ada: LivePlayer = Player::open(store, "ada")?;
    ada.gold.add(5)?;
    ada.sync()?;
    Player { gold: 1 }.save(store, "bob")
}

fn main() {}
