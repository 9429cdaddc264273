//! Paths for generated code: the derive knows this module and no other.

pub use crate::{
    codec::Bincode,
    command::{FieldSchema, Key, Replies, Request, Schema},
    error::{Error, Result},
    memory::{
        InMemory, LruField, Recent, Scoped,
        field::{AsValue, Defaulted, Field, FieldSite, Limited, Synced, WithDefault},
        write_set::WriteSet,
    },
    store::{Executor, Store},
    structs::{Absent, InstanceHandle, LiveStruct, Nested, OrMissing, RedisStruct},
};
