//! Derived structs on a real server: what their keys are, and what their calls do.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    time::Duration,
};

use redis_collections::{
    Collection, Coordinates, Error, Places, RedisStruct, Scores, Store, Tally,
};
use redis_collections_tests::{send, text};
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

#[test]
fn keys_and_types_are_those_of_the_design() {
    let store = Store::temporary().unwrap();

    full().save(&store, "a:b").unwrap();

    let hash = "{game:player:a%3Ab}";
    let kinds = [
        ("", "hash"),
        (":home", "hash"),
        (":home:guests", "list"),
        (":inventory", "hash"),
        (":sorted", "hash"),
        (":lives", "hash"),
        (":quests", "list"),
        (":friends", "set"),
        (":badges", "set"),
        (":kills", "hash"),
        (":inbox", "list"),
        (":ladder", "zset"),
        (":towns", "zset"),
        (":settings", "hash"),
        (":notes", "list"),
        (":tags", "set"),
        (":counts", "hash"),
        (":scores", "zset"),
        (":queue", "list"),
        (":stock", "hash"),
    ];
    let mut expected: Vec<_> = kinds.iter().map(|(field, _)| format!("{hash}{field}")).collect();
    expected.push("{game:player}:~schema".into());
    expected.sort();
    assert_eq!(keys(&store), expected);
    for (field, kind) in kinds {
        let found = send(&store, "TYPE", &format!("{hash}{field}"), &[]);
        assert_eq!(found, redis::Value::SimpleString(kind.into()), "{field}");
    }
}

#[test]
fn numbers_and_counts_are_readable_by_any_client() {
    let store = Store::temporary().unwrap();

    full().save(&store, "ada").unwrap();

    let scalar = |field| text(&store, "{game:player:ada}", field);
    assert_eq!(["gold", "speed", "level"].map(scalar), ["-3", "1.5", "9"].map(|n| Some(n.into())));
    assert_eq!(scalar("~v").as_deref(), Some("1"));
    let orc = send(&store, "HVALS", "{game:player:ada}:kills", &[]);
    assert_eq!(orc, redis::Value::Array(vec![redis::Value::BulkString(b"4".into())]));
}

#[test]
fn saving_keeps_times_to_live_and_replaces_all_else() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    ada.expire(Duration::from_secs(60)).unwrap();

    Player { name: "Bob".into(), ..Player::default() }.save(&store, "ada").unwrap();
    Player { quests: vec!["new".into()], ..full() }.save(&store, "ada").unwrap();

    assert!(ada.ttl().unwrap().is_some());
    assert!(ada.inventory.ttl().unwrap().is_none(), "it was gone in between");
    assert_eq!(ada.quests.to_vec().unwrap(), ["new"]);
    assert_eq!(ada.title.get().unwrap().as_deref(), Some("Countess"));
}

#[test]
fn an_expired_or_deleted_instance_has_no_key_left() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    assert!(ada.exists().unwrap() && ada.persist().is_ok_and(|had| !had));

    assert!(ada.delete().unwrap());

    assert!(!ada.delete().unwrap() && !ada.exists().unwrap());
    assert_eq!(keys(&store), ["{game:player}:~schema"]);
}

#[test]
fn an_empty_instance_exists_once_it_is_saved() {
    let store = Store::temporary().unwrap();

    Home::default().save(&store, "none").unwrap();

    assert!(Home::exists(&store, "none").unwrap());
    assert_eq!(Home::load(&store, "none").unwrap(), Some(Home::default()));
}

#[test]
fn discarding_forgets_unsynced_changes() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();
    ada.settings.clear();
    ada.notes.push("lost".into());

    ada.discard().unwrap();

    assert!(!ada.is_dirty());
    assert_eq!(ada.settings["lang"], "en");
    assert_eq!(ada.snapshot().unwrap().unwrap().notes, ["first"]);
}

#[test]
fn a_conflict_in_one_field_writes_none() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();
    ada.notes.remote().push("second").unwrap();
    ada.notes[0] = "changed".into();
    ada.settings.insert("a".into(), "1".into());

    let error = ada.sync().unwrap_err();

    assert!(matches!(error, Error::Conflict { keys } if keys == ["{game:player:ada}:notes"]));
    assert!(!ada.settings.remote().contains_key("a").unwrap());
    assert!(ada.is_dirty());
}

/// All keys of the server, in order.
fn keys(store: &Store) -> Vec<String> {
    let redis::Value::Array(keys) = send(store, "KEYS", "*", &[]) else { panic!("no keys") };
    let mut keys: Vec<String> =
        keys.into_iter().map(|key| redis::from_redis_value(key).unwrap()).collect();
    keys.sort();
    keys
}
