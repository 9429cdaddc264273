//! A struct whose fields live in Redis: `cargo run -p redis-collections-examples --example quickstart`.
//!
//! Run it twice: the second run finds the gold of the first.

use std::collections::{HashMap, VecDeque};

use redis_collections::{RedisStruct, Result, Store, Tally};
use serde::{Deserialize, Serialize};

/// A player: a plain struct. The derive adds `LivePlayer`, whose fields are collections in Redis.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "quickstart:player")]
struct Player {
    name: String,
    gold: i64,
    inventory: HashMap<String, Item>,
    kills: Tally<String>,
    #[redis(maxlen = 3)]
    inbox: VecDeque<String>,
    #[sync]
    settings: HashMap<String, String>,
}

/// Any type that serde can serialise can be a value.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Item {
    damage: u32,
    durability: f32,
}

fn main() -> Result<()> {
    let store = Store::connect()?; // REDIS_URL, else a local server that the library starts
    let mut ada = Player::open(&store, "ada")?;

    ada.name.set("Ada")?; // HSET
    let gold = ada.gold.add(5)?; // HINCRBY
    println!(
        "{} has {gold} gold, up from {} before this run",
        ada.name.get()?.unwrap_or_default(),
        gold - 5
    );

    let sword = Item { damage: 7, durability: 0.9 };
    let old = ada.inventory.insert("sword", &sword)?; // one script, which returns the old sword
    println!("the sword was {old:?} and is now {:?}", ada.inventory.get("sword")?);

    ada.kills.add("orc", 2)?; // HINCRBY
    ada.inbox.push_back("the orcs are back")?; // RPUSH + LTRIM in one script: keeps the latest three
    println!("most killed: {:?}", ada.kills.most_common(1)?);

    let (gold, messages) = store.atomic(|tx| (ada.gold.on(tx).add(-3), ada.inbox.on(tx).len()))?; // one MULTI
    println!("a message costs 3 gold: {gold} left; messages in the inbox: {messages}");

    ada.settings.insert("lang".into(), "en".into()); // in memory: a #[sync] field is std's own HashMap
    ada.sync()?; // writes the changes, in one round trip

    let whole: Option<Player> = Player::load(&store, "ada")?; // the plain struct, in one round trip
    println!("{whole:#?}");
    Ok(())
}
