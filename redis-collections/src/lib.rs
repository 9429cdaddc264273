// In a document the first definition of a link counts: here a name leads to its documentation, and
// on a repository page, where these lines are not, to its source. Doc tests go without them: they
// are to be called by the README's own lines.
#![cfg_attr(not(doctest), doc = include_str!("links.md"))]
#![doc = include_str!("../README.md")]
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod error;
pub use error::{Error, Outcome, Result};

mod local;
pub use local::{Coordinates, DefaultMap, Places, Scores, Tally, Unit};

pub mod codec;
pub use codec::{Bincode, Codec, Encode, KeyCodec, Lookup, MAX_VALUE_LEN};

mod command;
pub use command::{Key, Request, Retry, Script, reply};

mod store;
#[cfg(all(feature = "server", unix))]
pub use store::Server;
#[cfg(feature = "aio")]
pub use store::aio;
pub use store::{
    Batch, Builder, Connected, Executor, Redeem, SharedLoad, Store, Ticket, Wait, WaitTimeout,
};

mod collections;
pub use collections::{
    Area, Collection, Counter, Cursors, DefaultDict, Deque, Dict, GeoDb, HashField, KeyHandle,
    List, Modify, Near, Number, Numeric, Operand, Order, Scan, Score, SearchOptions, Sequence, Set,
    SortedSetCounter, Value, scan,
};

mod memory;
pub use memory::{
    LruDict, Scoped, Stats, Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque,
    SyncableDict, SyncableList, SyncableScores, SyncableSet, field, mirror,
};

mod structs;
#[cfg(feature = "derive")]
pub use redis_collections_derive::RedisStruct;
pub use structs::{Ids, LiveStruct, RedisStruct};

#[doc(hidden)]
pub mod codegen;
