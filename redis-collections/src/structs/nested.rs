//! [`Nested`]: a struct in Redis as the field of another one.

use std::marker::PhantomData;

use super::{InstanceHandle, LiveStruct, RedisStruct};
use crate::{
    command::{Key, Replies, Request},
    error::Result,
    memory::{
        field::{Field, FieldSite, Synced},
        write_set::WriteSet,
    },
    store::Executor,
};

/// `#[redis(nested)]`: the marker of a field that is a struct in Redis itself.
///
/// Its keys stand beneath the field's, in the slot of the outer struct.
#[derive(Debug)]
pub struct Nested<T>(PhantomData<fn() -> T>);

impl<C: 'static, T: RedisStruct> Field<C> for Nested<T> {
    type Plain = T;
    type Live<E: Executor<Codec = C>> = T::Live<E>;

    const KIND: &'static str = "nested";
    const CODEC: &'static str = T::NAMESPACE;

    fn add_keys(site: &FieldSite, keys: &mut Vec<Key>) {
        keys.push(site.key());
        T::__add_keys(&site.key(), keys);
    }

    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        let first = reads.len();
        T::__add_reads(&site.key(), reads);
        require::<T>(&mut reads[first..]);
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<T>> {
        T::__read(&site.key(), replies).map(Some)
    }

    fn add_writes(plain: &T, site: &FieldSite, writes: &mut WriteSet) {
        plain.__add_writes(&site.key(), writes);
        writes.require(T::__SCHEMA);
    }

    fn add_opening_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        let first = reads.len();
        T::__add_opening_reads(&site.key(), reads);
        require::<T>(&mut reads[first..]);
    }

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        replies: &mut Replies,
    ) -> Result<T::Live<E>> {
        T::__open(InstanceHandle::nested(executor, site.key(), site.name()), replies)
    }

    fn add_synced<'a, E: Executor<Codec = C>>(live: &'a T::Live<E>, all: &mut Vec<&'a dyn Synced>) {
        live.__add_synced(all);
    }

    fn add_synced_mut<'a, E: Executor<Codec = C>>(
        live: &'a mut T::Live<E>,
        all: &mut Vec<&'a mut dyn Synced>,
    ) {
        live.__add_synced_mut(all);
    }
}

/// The definition of a nested struct is compared as well: its fields are in no other schema.
fn require<T: RedisStruct>(reads: &mut [Request]) {
    if let Some(ask) = reads.first_mut() {
        ask.require(T::__SCHEMA);
    }
}
