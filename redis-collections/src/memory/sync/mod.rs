//! Local types that write their changes to Redis.

pub(crate) mod mirror;

mod pending_sync;
pub(crate) use pending_sync::PendingSync;

mod syncable;
pub use syncable::{
    InMemory, Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque, SyncableDict,
    SyncableList, SyncableScores, SyncableSet,
};

mod scope;
pub use scope::Scoped;
