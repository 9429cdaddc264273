//! A program's state in Redis or Valkey, behind types that read like std's.
//!
//! `#[derive(RedisStruct)]` gives a plain struct a *live twin*, whose fields are typed, atomic, Redis-backed
//! collections. You can also use each collection without the derive.
//!
//! ```sh
//! cargo add redis-collections
//! cargo add serde --features derive
//! ```
//!
//! ```
//! use std::collections::HashMap;
//!
//! use redis_collections::{RedisStruct, Result, Store};
//!
//! #[derive(RedisStruct, Debug, Default, PartialEq)]
//! #[redis(namespace = "game:player")]
//! pub struct Player {
//!     gold: i64,                         // becomes a Number
//!     inventory: HashMap<String, u32>,   // becomes a Dict
//!     #[sync]
//!     settings: HashMap<String, String>, // becomes a SyncableDict
//! }
//!
//! fn main() -> Result<()> {
//!     let store = Store::temporary()?; // starts a server
//!     let mut ada = Player::open(&store, "ada")?; // a LivePlayer
//!
//!     ada.gold.add(5)?; // HINCRBY
//!     ada.inventory.insert("sword", &1)?; // HGET + HSET
//!     ada.settings.insert("lang".into(), "en".into()); // in memory
//!     ada.sync()?; // HSET of the changed entries
//!
//!     let plain = Player::load(&store, "ada")?; // in one MULTI
//!     assert_eq!(plain.map(|ada| ada.gold), Some(5));
//!     Ok(())
//! }
//! ```
//!
//! # Map
//!
//! | theme | start with |
//! |---|---|
//! | structs in Redis | the derive [`RedisStruct`](derive@RedisStruct) and its attributes, [`LiveStruct`], [`Ids`] |
//! | connections | [`Store`] blocks, [`aio::Store`] awaits; [`Builder`] holds the settings; [`Server`] runs a local server |
//! | collections | [`Dict`], [`DefaultDict`], [`Counter`], [`List`], [`Deque`], [`Set`], [`SortedSetCounter`], [`GeoDb`]; [`Value`] and [`Number`] in a field of a hash; [`Collection`] has the methods that all share |
//! | whole collections in memory | [`Syncable`] and its aliases: std's types, which `sync` writes back |
//! | a bounded cache in memory | [`LruDict`] |
//! | local types that std lacks | [`Tally`], [`Scores`], [`Places`], [`DefaultMap`] |
//! | several calls at once | [`Store::atomic`], [`Store::pipeline`], [`Batch`], [`Ticket`] |
//! | failures | [`Error`], [`Outcome`] |
//! | stored bytes | [`codec`], [`Bincode`] |
//! | other commands | [`raw`] |
//!
//! # What a call returns
//!
//! Methods return `E::Reply<T>`: a [`Result<T>`](Result) on [`Store`], a future of one on [`aio::Store`], and
//! a [`Ticket`] on a [`Batch`].
//!
//! A call is one round trip and atomic, unless its documentation says otherwise.
//!
//! The [guide](https://github.com/redis-collections/redis-collections/tree/main/docs/guide) explains
//! each theme with programs that run.

#![warn(clippy::unwrap_used, clippy::expect_used)]

mod error;
pub use error::{Error, Outcome, Result};

mod local;
pub use local::{Coordinates, DefaultMap, Places, Scores, Tally, Unit};

pub mod codec;
pub use codec::{Bincode, Codec, Encode, KeyCodec, Lookup, MAX_VALUE_LEN};

mod command;

mod store;
#[cfg(all(feature = "server", unix))]
pub use store::Server;
#[cfg(feature = "aio")]
pub use store::aio;
pub use store::{Batch, Builder, Connected, Executor, Iter, Redeem, Store, Ticket};

mod collections;
pub use collections::{
    Area, Collection, Counter, DefaultDict, Deque, Dict, GeoDb, List, Near, Number, Numeric,
    Operand, Order, Score, SearchOptions, Sequence, Set, SortedSetCounter, Value,
};

mod memory;
pub use memory::{
    Changes, LruDict, Scoped, Stats, Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque,
    SyncableDict, SyncableList, SyncableScores, SyncableSet,
};

mod structs;
#[cfg(feature = "derive")]
pub use redis_collections_derive::RedisStruct;
pub use structs::{Ids, LiveStruct, RedisStruct};

pub mod raw;

#[doc(hidden)]
pub mod codegen;
