//! Attributes: what each of them changes.

use std::collections::{BTreeMap, HashMap, VecDeque};

use redis_collections::{Codec, Encode, Error, KeyCodec, RedisStruct, Result};
use redis_collections_tests::{send, store, text};
use serde::{Deserialize, Serialize};

#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "attributes:synonyms")]
struct Synonyms {
    #[redis(sync)]
    settings: HashMap<String, String>,
    #[redis(lru(maxsize = 1_000))]
    tiles: BTreeMap<u8, String>,
    #[redis(sync, maxlen = 2)]
    inbox: VecDeque<u8>,
}

#[test]
fn each_attribute_is_allowed_in_the_redis_list() {
    let mut synonyms = Synonyms::open(&store(), "a").unwrap();

    synonyms.settings.insert("lang".into(), "en".into());
    synonyms.tiles.set(1, "grass".into()).unwrap();
    synonyms.inbox.extend([1, 2, 3]);
    assert!(synonyms.is_dirty());
    synonyms.sync().unwrap();

    let plain = synonyms.snapshot().unwrap().unwrap();
    assert_eq!(plain.settings["lang"], "en");
    assert_eq!(plain.inbox, [2, 3]);
    assert_eq!(synonyms.tiles.get(&1).unwrap().as_deref(), Some("grass"));
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "attributes:defaults")]
struct Defaults {
    #[redis(default = 7)]
    level: u32,
    #[redis(default)]
    gold: i64,
    #[redis(default = format!("{}-{}", "a", "b"))]
    name: String,
    #[redis(value, default = Home { rooms: 4 })]
    home: Home,
    #[redis(value, default = HashMap::<u8, u8>::new().len())]
    visits: usize,
    #[redis(default = 3, rename = "life")]
    lives: HashMap<String, u32>,
    #[redis(sync, default = 5)]
    stock: HashMap<String, u32>,
}

#[derive(Serialize, Deserialize, Debug, Default, PartialEq)]
struct Home {
    rooms: u8,
}

#[test]
fn a_default_is_the_value_of_a_missing_field() {
    let store = store();
    let defaults = Defaults::open(&store, "a").unwrap();

    defaults.gold.add(1).unwrap();

    let plain = Defaults::load(&store, "a").unwrap().unwrap();
    assert_eq!((plain.level, plain.name.as_str(), plain.home.rooms), (7, "a-b", 4));
    assert_eq!((plain.gold, plain.visits), (1, 0));
    assert_eq!(defaults.lives.get("cat").unwrap(), 3);
}

#[derive(RedisStruct, Debug)]
#[redis(namespace = "attributes:value")]
struct Values {
    #[redis(value)]
    home: Place,
    gold: i64,
}

#[derive(Serialize, Deserialize, Debug)]
struct Place(u8);

#[test]
fn a_value_without_a_default_is_missing() {
    let store = store();
    let values = Values::open(&store, "a").unwrap();

    values.gold.add(1).unwrap();
    assert!(matches!(Values::load(&store, "a"), Err(Error::Missing { .. })));

    values.home.set(&Place(2)).unwrap();
    assert_eq!(Values::load(&store, "a").unwrap().unwrap().home.0, 2);
}

mod versions {
    use redis_collections::RedisStruct;

    #[derive(RedisStruct, Debug)]
    #[redis(namespace = "attributes:version")]
    pub(super) struct First {
        pub(super) _gold: i64,
    }

    #[derive(RedisStruct, Debug)]
    #[redis(namespace = "attributes:version", version = 1)]
    pub(super) struct Second {
        pub(super) _gold: i64,
    }

    #[derive(RedisStruct, Debug)]
    #[redis(namespace = "attributes:version")]
    pub(super) struct Renamed {
        #[redis(rename = "_gold")]
        pub(super) _coins: i64,
    }
}

#[test]
fn a_version_is_part_of_the_fingerprint_and_a_rust_name_is_not() {
    assert_ne!(versions::First::FINGERPRINT, versions::Second::FINGERPRINT);
    assert_eq!(versions::First::FINGERPRINT, versions::Renamed::FINGERPRINT);
}

#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "attributes:removed", removed("friends", "enemies"))]
struct Removed {
    gold: i64,
}

#[test]
fn a_removed_field_is_deleted_with_the_rest() {
    let store = store();
    send(&store, "RPUSH", "{attributes:removed:a}:friends", &["bob"]);

    assert!(Removed::exists(&store, "a").unwrap());
    assert!(Removed::delete(&store, "a").unwrap());
    assert!(!Removed::exists(&store, "a").unwrap());
}

/// Stores text as it is, so that any client can read it.
#[derive(Debug)]
struct Plain;

impl Encode<str> for Plain {
    const NAME: &'static str = "plain";

    fn encode(value: &str, bytes: &mut Vec<u8>) -> Result<()> {
        bytes.extend_from_slice(value.as_bytes());
        Ok(())
    }
}

impl Encode<String> for Plain {
    const NAME: &'static str = "plain";

    fn encode(value: &String, bytes: &mut Vec<u8>) -> Result<()> {
        <Self as Encode<str>>::encode(value, bytes)
    }
}

impl Codec<String> for Plain {
    fn decode(bytes: &[u8]) -> Result<String> {
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

impl KeyCodec<String> for Plain {}

#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "attributes:codec", codec = Plain)]
struct Coded {
    name: String,
    #[redis(codec = redis_collections::Bincode)]
    title: String,
    items: HashMap<String, String>,
}

#[test]
fn a_codec_is_that_of_the_struct_or_of_the_field() {
    let store = store();
    let coded = Coded::open(&store, "a").unwrap();

    coded.name.set("Ada").unwrap();
    coded.title.set("Countess").unwrap();
    coded.items.set("sword", "sharp").unwrap();

    assert_eq!(text(&store, "{attributes:codec:a}", "name").as_deref(), Some("Ada"));
    assert_eq!(text(&store, "{attributes:codec:a}", "title").as_deref(), Some("\u{8}Countess"));
    assert_eq!(text(&store, "{attributes:codec:a}:items", "sword").as_deref(), Some("sharp"));
    assert_eq!(Coded::load(&store, "a").unwrap().unwrap().title, "Countess");
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "attributes:nothing")]
struct Nothing {
    #[redis(skip)]
    cache: u8,
}

#[test]
fn a_struct_may_hold_nothing_in_redis() {
    let store = store();

    assert_eq!(Nothing::load(&store, "a").unwrap(), None);
    Nothing { cache: 3 }.save(&store, "a").unwrap();
    assert_eq!(Nothing::load(&store, "a").unwrap(), Some(Nothing { cache: 0 }));
    assert!(!Nothing::open(&store, "a").unwrap().is_dirty());
}
