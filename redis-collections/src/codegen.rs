//! The paths of generated code, which uses no other module. The tests of this workspace use it, too.
//!
//! This module is not part of the public API, and changes without notice.

pub use crate::{
    codec::Bincode,
    collections::{HashField, KeyHandle},
    command::{FieldSchema, Key, Replies, Request, Schema},
    error::{Error, Result},
    memory::{
        InMemory, LruField, Recent, Scoped,
        field::{AsValue, Defaulted, Field, FieldSite, Limited, Synced, WithDefault},
        write_set::WriteSet,
    },
    store::{Executor, Page, Pages, Store},
    structs::{Absent, InstanceHandle, LiveStruct, Nested, OrMissing, RedisStruct},
};
