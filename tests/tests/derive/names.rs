//! Names: of keys, of fields, and of the twin.

use std::collections::HashMap;

use redis_collections::{RedisStruct, Store};
use redis_collections_tests::{
    public::{LeaguePlayer, LiveLeaguePlayer},
    store, text,
};

#[test]
fn the_namespace_is_the_name_in_snake_case() {
    assert_eq!(LeaguePlayer::NAMESPACE, "league_player");
}

#[test]
fn fields_are_known_by_their_stored_names() {
    assert_eq!(LeaguePlayer::FIELDS, ["name", "coins", "type", "inbox", "settings", "tiles"]);
}

#[test]
fn a_renamed_field_is_stored_under_its_new_name() {
    let store = store();
    let ada = LeaguePlayer::open(&store, "renamed").unwrap();

    ada.gold.add(5).unwrap();
    ada.r#type.set("knight").unwrap();

    assert_eq!(text(&store, "{league_player:renamed}", "coins").as_deref(), Some("5"));
    assert_eq!(LeaguePlayer::load(&store, "renamed").unwrap().unwrap().r#type, "knight");
}

#[test]
fn a_skipped_field_is_loaded_as_its_default() {
    let store = store();
    let mut player = LeaguePlayer::default();
    (player.cache, player.gold) = (7, 1);

    player.save(&store, "skipped").unwrap();

    let loaded = LeaguePlayer::load(&store, "skipped").unwrap().unwrap();
    assert_eq!((loaded.cache, loaded.gold), (0, 1));
}

#[test]
fn the_twin_shows_its_name_and_its_id() {
    let ada: LiveLeaguePlayer = LeaguePlayer::open(&store(), "ada").unwrap();

    assert_eq!(format!("{ada:?}"), r#"LiveLeaguePlayer { id: "ada", .. }"#);
}

#[derive(RedisStruct, Debug, Default)]
#[redis(live = "UserInRedis", namespace = "names:user")]
struct User {
    visits: u64,
}

#[test]
fn the_twin_has_the_name_that_it_is_given() {
    let user: UserInRedis = User::open(&store(), "ada").unwrap();

    assert_eq!(user.visits.add(1).unwrap(), 1);
}

mod inner {
    use redis_collections::RedisStruct;

    #[derive(RedisStruct, Debug, Default)]
    #[redis(namespace = "names:visible")]
    pub(super) struct Visible {
        pub(super) shown: i64,
        pub(in crate::names) named: i64,
        hidden: i64,
    }

    pub(super) fn hidden(visible: &LiveVisible) -> i64 {
        visible.hidden.add(1).unwrap()
    }
}

#[test]
fn the_twin_and_its_fields_are_as_visible_as_the_struct_and_its() {
    let visible: inner::LiveVisible = inner::Visible::open(&store(), "ada").unwrap();

    assert_eq!(visible.shown.add(1).unwrap(), 1);
    assert_eq!(visible.named.add(1).unwrap(), 1);
    assert_eq!(inner::hidden(&visible), 1);
    assert_eq!(visible.id(), "ada");
}

/// Fields that are called like the methods of the twin, and like what generated code uses.
#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "names:methods")]
struct Methods {
    id: i64,
    sync: i64,
    delete: i64,
    base: i64,
    keys: Vec<String>,
    answers: i64,
    #[sync]
    instance: HashMap<String, i64>,
}

#[test]
fn a_field_may_be_called_like_a_method() {
    let store = store();
    let mut methods = Methods::open(&store, "a").unwrap();

    methods.id.add(1).unwrap();
    methods.sync.add(2).unwrap();
    methods.delete.add(3).unwrap();
    methods.base.add(4).unwrap();
    methods.answers.add(5).unwrap();
    methods.keys.push("six").unwrap();
    methods.instance.insert("seven".into(), 7);
    methods.sync().unwrap();

    let plain = methods.snapshot().unwrap().unwrap();
    assert_eq!((plain.id, plain.sync, plain.delete, plain.base, plain.answers), (1, 2, 3, 4, 5));
    assert_eq!((plain.keys.len(), plain.instance["seven"]), (1, 7));
    assert!(methods.delete().unwrap());
}

/// A type that is not spelled as what it is.
type Bag<T = u32> = HashMap<String, T>;

#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "names:alias")]
struct Aliased {
    bag: Bag,
    #[sync]
    synced: Bag<String>,
}

#[test]
fn a_field_is_known_by_its_type_and_not_by_its_spelling() {
    let mut aliased = Aliased::open(&store(), "a").unwrap();

    assert_eq!(aliased.bag.insert("sword", &1).unwrap(), None);
    aliased.synced.insert("lang".into(), "en".into());
    aliased.sync().unwrap();
    assert_eq!(aliased.snapshot().unwrap().unwrap().synced["lang"], "en");
}

/// Defines a struct from types that a macro has parsed.
macro_rules! structure {
    ($name:ident, $($field:ident: $type:ty),+) => {
        #[derive(RedisStruct, Debug, Default)]
        #[redis(namespace = "names:macro")]
        struct $name {
            $($field: $type,)+
        }
    };
}

structure!(Generated, gold: i64, items: Vec<String>);

#[test]
fn a_macro_may_define_the_struct() {
    let store: Store = store();
    let generated = Generated::open(&store, "a").unwrap();

    generated.gold.add(1).unwrap();
    generated.items.push("sword").unwrap();

    let plain = Generated::load(&store, "a").unwrap().unwrap();
    assert_eq!((plain.gold, plain.items), (1, vec!["sword".to_string()]));
}
