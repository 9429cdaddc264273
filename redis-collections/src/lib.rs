// In a document the first definition of a link counts: here a name leads to its documentation, and
// on a repository page, where these lines are not, to its source. Doc tests go without them: they
// are to be called by the README's own lines.
#![cfg_attr(not(doctest), doc = include_str!("links.md"))]
#![doc = include_str!("../README.md")]
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod error;
pub use error::{Error, Outcome, Result};

mod key;
pub use key::Key;

pub mod codec;
pub use codec::{Bincode, Codec, Encode, KeyCodec, Lookup, MAX_VALUE_LEN};

mod schema;

mod kind;
pub use kind::Kind;

mod fate;

mod operation;

mod script;
pub use script::Script;

mod request;
pub use request::Request;

pub mod reply;

mod flight;
pub use flight::Flight;

mod executor;
pub use executor::{Executor, Local};

mod wait;
pub use wait::{Patience, Wait};

mod exchange;

mod batch;
pub use batch::{Batch, Redeem, Ticket};

mod builder;
pub use builder::Builder;

#[cfg(all(feature = "server", unix))]
mod server;
#[cfg(all(feature = "server", unix))]
pub use server::Server;

mod blocking;
pub use blocking::Store;

#[cfg(feature = "aio")]
pub mod aio;

mod collection;
pub use collection::{Collection, Place};

mod operand;
pub use operand::Operand;

mod cell;
pub use cell::Cell;

pub mod scan;
pub use scan::{Cursors, Scan};

mod modify;
pub use modify::Modify;

mod answers;

mod writes;

pub mod field;

mod sending;

pub mod mirror;

mod local;
pub use local::{Coordinates, DefaultMap, Places, Scores, Tally, Unit};

mod collections;
pub use collections::{
    Area, Counter, DefaultDict, Deque, Dict, GeoDb, List, Near, Number, Numeric, Order, Score,
    SearchOptions, Sequence, Set, SortedSetCounter, Value,
};

mod scalars;

mod syncable;
pub use syncable::{
    Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque, SyncableDict, SyncableList,
    SyncableScores, SyncableSet,
};

mod lru_dict;
pub use lru_dict::{LruDict, Stats};

mod structs;
#[cfg(feature = "derive")]
pub use redis_collections_derive::RedisStruct;
pub use structs::{Ids, LiveStruct, RedisStruct};

mod scope;
pub use scope::Scoped;

#[doc(hidden)]
pub mod private;
