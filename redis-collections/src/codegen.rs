//! Paths for generated code: the derive knows this module and no other.

pub use crate::{
    codec::Bincode,
    command::{Answers, FieldSchema, Key, Request, Schema},
    error::{Error, Result},
    memory::{
        InMemory, LruField, Recent, Scoped,
        field::{AsValue, Defaulted, Field, Limited, Spot, Synced, WithDefault},
        write_set::Writes,
    },
    store::{Executor, Store},
    structs::{Absent, Instance, LiveStruct, Nested, OrMissing, RedisStruct},
};
