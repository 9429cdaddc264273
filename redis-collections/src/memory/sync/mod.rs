//! Local types that write their changes to Redis.

pub mod mirror;

mod sending;
pub(crate) use sending::Sending;

mod syncable;
pub use syncable::{
    InMemory, Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque, SyncableDict,
    SyncableList, SyncableScores, SyncableSet,
};

mod scope;
pub use scope::Scoped;
