//! What lives in the program: fields of structs, collections that are synced, and a map of which
//! memory holds a part.

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
