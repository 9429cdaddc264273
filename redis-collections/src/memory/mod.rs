//! State in memory: the fields of structs, collections that are synced, and a map that is partly in
//! memory.

pub(crate) mod write_set;

pub(crate) mod field;

pub(crate) mod sync;
pub use sync::{
    InMemory, Scoped, Syncable, SyncableCounter, SyncableDefaultDict, SyncableDeque, SyncableDict,
    SyncableList, SyncableScores, SyncableSet, mirror::Changes,
};

mod mirrored;

mod lru;
pub use lru::{LruDict, LruField, Recent, Stats};
