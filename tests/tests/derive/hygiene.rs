//! Generated code among names of the user's own.

use redis_collections_tests::store;

/// Names of the prelude, of the standard library and of ours, each for something else.
mod shadows {
    #![allow(non_camel_case_types, dead_code, unused_macros, reason = "they are there to disturb")]

    pub(crate) struct Result;
    pub(crate) struct Option;
    pub(crate) struct Vec;
    pub(crate) struct Box;
    pub(crate) struct String;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Store;
    pub(crate) struct Bincode;
    pub(crate) struct Key;
    pub(crate) struct E;
    pub(crate) trait Send {}
    pub(crate) trait Default {}
    pub(crate) trait Debug {}
    pub(crate) trait Executor {}
    pub(crate) trait LiveStruct {}
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod redis_collections {}
    pub(crate) struct bool;
    pub(crate) struct str;
    pub(crate) struct usize;
    macro_rules! unimplemented {
        () => {};
    }
}

mod structs {
    #[allow(unused_imports, clippy::wildcard_imports, reason = "they are there to disturb")]
    use super::shadows::*;

    #[derive(::redis_collections::RedisStruct)]
    #[redis(namespace = "hygiene:player", version = 1, removed("old"))]
    pub(super) struct Player<F: ::core::cmp::PartialEq> {
        pub(super) name: ::std::string::String,
        #[redis(default = 1 + 2)]
        pub(super) gold: i64,
        #[redis(value)]
        pub(super) e: ::std::option::Option<F>,
        pub(super) bag: ::std::collections::HashMap<::std::string::String, F>,
        #[redis(maxlen = 3)]
        pub(super) inbox: ::std::collections::VecDeque<F>,
        #[sync]
        pub(super) settings: ::std::collections::HashMap<::std::string::String, u8>,
        #[lru(maxsize = 3)]
        pub(super) tiles: ::std::collections::HashMap<u8, u8>,
        #[redis(nested)]
        pub(super) home: Home,
        #[redis(skip)]
        pub(super) cache: ::std::vec::Vec<u8>,
    }

    #[derive(::redis_collections::RedisStruct)]
    #[redis(namespace = "hygiene:home")]
    pub(super) struct Home {
        pub(super) rooms: u8,
    }
}

#[test]
fn names_of_the_user_disturb_nothing() {
    use redis_collections::RedisStruct;

    let store = store();
    let mut player = structs::Player::<u8>::open(&store, "a").unwrap();

    player.settings.insert("lang".into(), 1);
    player.sync().unwrap();
    player.tiles.set(1, 2).unwrap();
    player.home.rooms.add(4).unwrap();
    player.bag.set("sword", &5).unwrap();
    player.inbox.push_back(&6).unwrap();

    let plain = structs::Player::<u8>::load(&store, "a").unwrap().unwrap();
    assert_eq!((plain.gold, plain.e, plain.home.rooms), (3, None, 4));
    assert_eq!((plain.bag["sword"], plain.inbox[0], plain.settings["lang"]), (5, 6, 1));
    assert!(plain.name.is_empty() && plain.tiles.is_empty() && plain.cache.is_empty());
}

/// A crate that exports the library under another name.
mod facade {
    pub(crate) mod renamed {
        pub(crate) use redis_collections::codegen;
    }
}

mod user_of_the_facade {
    #[derive(::redis_collections::RedisStruct, Debug)]
    #[redis(namespace = "hygiene:facade", crate = super::facade::renamed)]
    pub(super) struct Player {
        pub(super) gold: i64,
        #[sync]
        pub(super) quests: Vec<String>,
    }
}

#[test]
fn the_library_may_be_reached_by_another_path() {
    use redis_collections::RedisStruct;

    let player = user_of_the_facade::Player::open(&store(), "a").unwrap();

    assert_eq!(player.gold.add(2).unwrap(), 2);
    assert!(player.quests.is_empty());
}
