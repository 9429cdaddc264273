//! A struct that a crate exports: all that is generated for it is documented and clean.

#![deny(missing_docs, missing_debug_implementations, unreachable_pub, rust_2018_idioms)]
#![deny(clippy::pedantic, clippy::allow_attributes_without_reason)]

use std::collections::{HashMap, VecDeque};

use redis_collections::RedisStruct;

/// A player of a league.
#[derive(RedisStruct, Debug, Default, PartialEq)]
pub struct LeaguePlayer {
    /// How the player is called.
    pub name: String,
    /// What the player owns.
    #[redis(rename = "coins", default = 3)]
    pub gold: i64,
    /// What is only in memory.
    #[redis(skip)]
    pub cache: u8,
    /// A name that is a keyword.
    pub r#type: String,
    #[redis(maxlen = 3)]
    inbox: VecDeque<String>,
    #[redis(sync, default = "en".into())]
    settings: HashMap<String, String>,
    #[lru(maxsize = 3)]
    tiles: HashMap<(u32, u32), String>,
}
