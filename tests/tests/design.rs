//! A struct with every kind of field, like that of the README, on both stores.

#![expect(missing_docs, reason = "an example, not a library")]

#[rustfmt::skip]
use std::collections::{HashMap, HashSet, VecDeque};
#[rustfmt::skip]
use redis_collections::{RedisStruct, Scores, Store, Tally};

use redis_collections::{Error, Server};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Item(u32);

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Quest(String);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
struct PlayerId(String);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Monster {
    Orc,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Message(String);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Point(i32, i32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Tile {
    Grass,
    Water,
}

#[rustfmt::skip]
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "game:player")]
pub struct Player {
    name: String,                              // a field of the struct's own hash
    gold: i64,                                 // a native Redis number
    inventory: HashMap<String, Item>,          // becomes a Dict
    quests: Vec<Quest>,                        // becomes a List
    friends: HashSet<PlayerId>,                // becomes a Set
    kills: Tally<Monster>,                     // becomes a Counter
    inbox: VecDeque<Message>,                  // becomes a Deque
    ladder: Scores<PlayerId>,                  // becomes a SortedSetCounter
    #[sync] settings: HashMap<String, String>, // becomes a SyncableDict
    #[lru(maxsize = 1_000)] tiles: HashMap<Point, Tile>, // becomes an LruDict
}

#[rustfmt::skip]
fn main_of_the_example() -> Result<(), Error> {
    let sword = Item(5);
    let store = Store::temporary()?;
    let mut ada = Player::open(&store, "ada")?;           // LivePlayer: reads only what #[sync] needs, in one round trip
    ada.inventory.insert("sword", &sword)?;               // written at once, atomic
    ada.gold.add(5)?;                                     // HINCRBY
    ada.settings.insert("lang".into(), "en".into());      // in memory, std's own HashMap
    ada.sync()?;                                          // every #[sync] field, changed entries only, one round trip

    let all: Option<Player> = Player::load(&store, "ada")?; // the whole struct, one consistent round trip
    Player { name: "Bob".into(), ..Default::default() }.save(&store, "bob")?;
    let (gold, first) = store.atomic(|tx| (ada.gold.on(tx).add(-3), ada.quests.on(tx).get(0)))?; // typed, one MULTI

    let all = all.unwrap();
    assert_eq!((all.gold, &all.inventory["sword"], &*all.settings["lang"]), (5, &sword, "en"));
    assert_eq!((gold, first), (2, None));
    assert_eq!(Player::load(&store, "bob")?.unwrap().name, "Bob");
    Ok(())
}

#[test]
fn the_example_runs() {
    main_of_the_example().unwrap();
}

#[tokio::test]
async fn the_example_is_the_same_when_it_is_awaited() -> Result<(), Error> {
    let sword = Item(5);
    let server = Server::temporary()?;
    let store = redis_collections::aio::Store::open(server.url()).await?;
    let mut ada = Player::open(&store, "ada").await?;
    ada.inventory.insert("sword", &sword).await?;
    ada.gold.add(5).await?;
    ada.kills.add(&Monster::Orc, 1).await?;
    ada.inbox.push_back(&Message("hi".into())).await?;
    ada.settings.insert("lang".into(), "en".into());
    ada.tiles.set(Point(1, 2), Tile::Grass).await?;
    ada.sync().await?;

    let all: Option<Player> = Player::load(&store, "ada").await?;
    Player { name: "Bob".into(), ..Default::default() }.save(&store, "bob").await?;
    let (gold, first) =
        store.atomic(|tx| (ada.gold.on(tx).add(-3), ada.quests.on(tx).get(0))).await?;

    let all = all.unwrap();
    assert_eq!((all.gold, &all.inventory["sword"], &*all.settings["lang"]), (5, &sword, "en"));
    assert_eq!((gold, first), (2, None));
    assert_eq!(ada.tiles.remote().get(&Point(1, 2)).await?, Some(Tile::Grass));
    assert_eq!(ada.tiles.insert(Point(1, 2), Tile::Water).await?, Some(Tile::Grass));
    Ok(())
}

#[test]
fn a_task_can_hold_a_twin() {
    fn is_send<T: Send>(_: T) {}

    let start = |store: redis_collections::aio::Store| async move {
        let mut ada = Player::open(&store, "ada").await?;
        ada.settings.insert("lang".into(), "en".into());
        ada.sync().await?;
        ada.discard().await
    };

    let server = Server::temporary().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(redis_collections::aio::Store::open(server.url())).unwrap();
    is_send(start(store.clone()));
    runtime.block_on(start(store)).unwrap();
}
