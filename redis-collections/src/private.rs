//! Paths for generated code: the derive knows this module and no other.

pub use crate::{
    Bincode, Error, Executor, Key, LiveStruct, RedisStruct, Request, Result, Scoped, Store,
    answers::Answers,
    field::{AsValue, Defaulted, Field, Limited, Spot, Synced, WithDefault},
    lru_dict::{LruField, Recent},
    schema::{FieldSchema, Schema},
    structs::{Absent, Instance, Nested, OrMissing},
    syncable::InMemory,
    writes::Writes,
};
