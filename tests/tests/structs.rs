//! Derived structs on a real server: what their keys are, and what their calls do.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use redis_collections::{Coordinates, Places, RedisStruct, Scores, Store, Tally};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Item {
    weight: u32,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "home")]
struct Home {
    city: String,
    rooms: u8,
    guests: Vec<String>,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "game:player")]
struct Player {
    name: String,
    gold: i64,
    speed: f64,
    title: Option<String>,
    #[redis(default = 7)]
    level: u32,
    #[redis(value)]
    best: Item,
    #[redis(nested)]
    home: Home,
    inventory: HashMap<String, Item>,
    sorted: BTreeMap<u8, String>,
    #[redis(default = 3)]
    lives: HashMap<String, u32>,
    quests: Vec<String>,
    friends: HashSet<u64>,
    badges: BTreeSet<String>,
    kills: Tally<String>,
    #[redis(maxlen = 3)]
    inbox: VecDeque<String>,
    ladder: Scores<String>,
    towns: Places<String>,
    #[sync]
    settings: HashMap<String, String>,
    #[sync]
    notes: Vec<String>,
    #[sync]
    tags: HashSet<String>,
    #[sync]
    counts: Tally<String>,
    #[sync]
    scores: Scores<String>,
    #[sync]
    queue: VecDeque<u8>,
    #[sync]
    #[redis(default)]
    stock: HashMap<String, u32>,
    #[redis(skip)]
    cache: u8,
}

fn full() -> Player {
    Player {
        name: "Ada".into(),
        gold: -3,
        speed: 1.5,
        title: Some("Countess".into()),
        level: 9,
        best: Item { weight: 2 },
        home: Home { city: "London".into(), rooms: 4, guests: vec!["Alan".into()] },
        inventory: [("sword".into(), Item { weight: 5 })].into(),
        sorted: [(2, "b".into()), (1, "a".into())].into(),
        lives: [("cat".into(), 9)].into(),
        quests: vec!["go".into(), "stay".into()],
        friends: [1, 2].into(),
        badges: ["gold".into()].into(),
        kills: [("orc".to_string(), 4)].into_iter().collect(),
        inbox: ["hi".into(), "ho".into()].into(),
        ladder: [("ada".to_string(), 3.5)].into_iter().collect(),
        towns: [("berlin".to_string(), Coordinates::new(52.52, 13.405))].into_iter().collect(),
        settings: [("lang".into(), "en".into())].into(),
        notes: vec!["first".into()],
        tags: ["new".into()].into(),
        counts: [("step".to_string(), 2)].into_iter().collect(),
        scores: [("x".to_string(), 0.5)].into_iter().collect(),
        queue: [1, 2].into(),
        stock: [("apple".into(), 5)].into(),
        cache: 0,
    }
}

#[test]
fn what_is_saved_is_loaded_again() {
    let store = Store::temporary().unwrap();
    let mut ada = full();

    ada.save(&store, "ada").unwrap();

    let mut loaded = Player::load(&store, "ada").unwrap().unwrap();
    let town = loaded.towns.get("berlin").unwrap();
    assert!(town.distance(ada.towns.get("berlin").unwrap()) < 1.0);
    (loaded.towns, ada.towns) = (Places::new(), Places::new());
    assert_eq!(loaded, ada);
}

#[test]
fn a_struct_that_was_never_saved_is_none() {
    let store = Store::temporary().unwrap();

    assert_eq!(Player::load(&store, "ada").unwrap(), None);
    assert!(!Player::exists(&store, "ada").unwrap());
    assert!(!Player::delete(&store, "ada").unwrap());
}

#[test]
fn live_fields_are_written_at_once_and_synced_ones_on_sync() {
    let store = Store::temporary().unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();

    ada.inventory.insert("sword", &Item { weight: 5 }).unwrap();
    ada.gold.add(5).unwrap();
    ada.name.set("Ada").unwrap();
    ada.home.city.set("London").unwrap();
    ada.settings.insert("lang".into(), "en".into());
    ada.notes.push("one".into());
    ada.counts.add("step".into(), 2);
    *ada.stock.get_or_default("apple".into()) += 1;
    assert!(ada.is_dirty());
    assert!(Player::load(&store, "ada").unwrap().unwrap().settings.is_empty());
    ada.sync().unwrap();

    assert!(!ada.is_dirty());
    let loaded = Player::load(&store, "ada").unwrap().unwrap();
    assert_eq!(loaded.settings["lang"], "en");
    assert_eq!((loaded.gold, loaded.level, &*loaded.home.city), (5, 7, "London"));
    assert_eq!((loaded.notes, loaded.counts.get("step")), (vec!["one".to_string()], 2));
    assert_eq!(loaded.stock["apple"], 1);
    assert_eq!(ada.lives.get("cat").unwrap(), 3);
}

#[test]
fn calls_of_several_fields_are_one_transaction() {
    let store = Store::temporary().unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    ada.quests.push("go").unwrap();

    let (gold, first) =
        store.atomic(|tx| (ada.gold.on(tx).add(-3), ada.quests.on(tx).get(0))).unwrap();

    assert_eq!((gold, first.as_deref()), (-3, Some("go")));
}

#[test]
fn ids_are_listed_once_each() {
    let store = Store::temporary().unwrap();
    for id in ["ada", "a:b}", "x y", "ü"] {
        Home::default().save(&store, id).unwrap();
    }

    let mut ids: Vec<String> = Home::ids(&store).collect::<Result<_, _>>().unwrap();

    ids.sort();
    assert_eq!(ids, ["a:b}", "ada", "x y", "ü"]);
}

#[test]
fn changes_of_two_owners_both_survive() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut one = Player::open(&store, "ada").unwrap();
    let mut two = Player::open(&store, "ada").unwrap();

    one.settings.insert("a".into(), "1".into());
    one.notes.push("one".into());
    one.counts.add("step".into(), 1);
    two.settings.remove("lang");
    two.notes.push("two".into());
    two.counts.add("step".into(), 10);
    one.sync().unwrap();
    two.sync().unwrap();

    let all = Player::load(&store, "ada").unwrap().unwrap();
    assert_eq!(all.settings, [("a".into(), "1".into())].into());
    assert_eq!(all.notes, ["first", "one", "two"]);
    assert_eq!(*two.notes, ["first", "one", "two"]);
    assert_eq!(all.counts.get("step"), 13);
}

#[test]
fn load_many_keeps_the_order_of_the_ids() {
    let store = Store::temporary().unwrap();
    let home = |city: &str| Home { city: city.into(), ..Home::default() };
    home("Rome").save(&store, "b").unwrap();
    home("Oslo").save(&store, "a").unwrap();

    let homes = Home::load_many(&store, ["a", "nobody", "b"]).unwrap();

    assert_eq!(homes, [Some(home("Oslo")), None, Some(home("Rome"))]);
}
