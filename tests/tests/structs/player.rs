//! A struct with a field of each kind.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use redis_collections::{Coordinates, Places, RedisStruct, Scores, Tally};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) weight: u32,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "home")]
pub(crate) struct Home {
    pub(crate) city: String,
    pub(crate) rooms: u8,
    pub(crate) guests: Vec<String>,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "game:player")]
pub(crate) struct Player {
    pub(crate) name: String,
    pub(crate) gold: i64,
    pub(crate) speed: f64,
    pub(crate) title: Option<String>,
    #[redis(default = 7)]
    pub(crate) level: u32,
    #[redis(value)]
    pub(crate) best: Item,
    #[redis(nested)]
    pub(crate) home: Home,
    pub(crate) inventory: HashMap<String, Item>,
    pub(crate) sorted: BTreeMap<u8, String>,
    #[redis(default = 3)]
    pub(crate) lives: HashMap<String, u32>,
    pub(crate) quests: Vec<String>,
    pub(crate) friends: HashSet<u64>,
    pub(crate) badges: BTreeSet<String>,
    pub(crate) kills: Tally<String>,
    #[redis(maxlen = 3)]
    pub(crate) inbox: VecDeque<String>,
    pub(crate) ladder: Scores<String>,
    pub(crate) towns: Places<String>,
    #[sync]
    pub(crate) settings: HashMap<String, String>,
    #[sync]
    pub(crate) notes: Vec<String>,
    #[sync]
    pub(crate) tags: HashSet<String>,
    #[sync]
    pub(crate) counts: Tally<String>,
    #[sync]
    pub(crate) scores: Scores<String>,
    #[sync]
    pub(crate) queue: VecDeque<u8>,
    #[sync]
    #[redis(default)]
    pub(crate) stock: HashMap<String, u32>,
    #[redis(skip)]
    pub(crate) cache: u8,
}

pub(crate) fn full() -> Player {
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
