//! [`Value`]: one value in one field of a hash.

use std::{borrow::Cow, fmt, marker::PhantomData};

use crate::{
    codec::{Codec, KeyCodec, Lookup, encode_to_vec},
    collections::{HashField, KeyHandle, modify::modify_scalar},
    command::{Script, reply},
    store::{Connected, Executor, Store},
};

static INSERT: Script = Script::once("HSET", include_str!("scripts/dict_insert.lua"));
static TAKE: Script = Script::once("HDEL", include_str!("scripts/dict_remove.lua"));
static REPLACE_IF: Script = Script::once("HSET", include_str!("scripts/dict_replace_if.lua"));

/// A value, kept in one field of a Redis hash.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of [`Option`]: `None` is a missing field. Many values share
/// one hash, so a single value has no time to live, and cannot be renamed.
///
/// ```
/// # use redis_collections::{Store, Value};
/// # let store = Store::temporary()?;
/// let name: Value<String> = Value::open(&store, "ada", "name");
///
/// name.set("Ada")?; //                                             HSET ada name "Ada"
/// assert_eq!(name.get()?.as_deref(), Some("Ada")); //              HGET ada name
/// assert_eq!(name.insert("Lovelace")?.as_deref(), Some("Ada")); // HGET + HSET in one script
/// assert!(name.clear()?); //                                       HDEL ada name
/// assert_eq!(name.get()?, None); //                                HGET ada name
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Value<T, E = Store> {
    field: HashField<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Value<T, E> {
    /// Opens the value at `field` of the hash called `name`. Sends nothing; the first call reports
    /// an invalid name.
    pub fn open(executor: &E, name: &str, field: &str) -> Self {
        Self::of(KeyHandle::of_name(executor, name), field.to_owned())
    }

    /// Returns the value at `field` of the hash at `handle`. Sends nothing.
    pub(crate) fn of(handle: KeyHandle<E>, field: impl Into<Cow<'static, str>>) -> Self {
        Self::from_field(HashField::new(handle, field))
    }

    /// Returns the same value, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Value<T, F::With<E::Codec>> {
        Value::from_field(self.field.on(executor))
    }

    /// Returns the Redis key of the hash.
    pub fn key(&self) -> &str {
        self.field.handle().key().as_str()
    }

    /// Returns the field of the hash.
    pub fn field(&self) -> &str {
        self.field.name()
    }

    /// Returns whether there is a value.
    ///
    /// `HEXISTS`, O(1).
    pub fn exists(&self) -> E::Reply<'static, bool> {
        self.field.exists()
    }

    fn from_field(field: HashField<E>) -> Self {
        Value { field, types: PhantomData }
    }
}

impl<T, E> Value<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns the value, if there is one.
    ///
    /// `HGET`, O(1).
    pub fn get(&self) -> E::Reply<'static, Option<T>> {
        self.field.run(self.field.read("HGET"), reply::optional_value::<E::Codec, T>)
    }

    /// Sets the value.
    ///
    /// `HSET`, O(1).
    pub fn set(&self, value: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, ()> {
        let request = self.field.idempotent("HSET").value::<E::Codec, T>(value);
        self.field.run(request, reply::unit)
    }

    /// Sets the value, and returns the old one.
    ///
    /// `HGET` + `HSET` in one script, O(1). [`set`](Value::set) is cheaper.
    pub fn insert(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<T>> {
        let request = self.field.script(&INSERT).value::<E::Codec, T>(value);
        self.field.run(request, reply::optional_value::<E::Codec, T>)
    }

    /// Sets the value to `new` if it is `old`, and returns whether it was set.
    ///
    /// `HGET` + `HSET` in one script, O(1).
    pub fn replace_if(
        &self,
        old: &(impl Lookup<T, E::Codec> + ?Sized),
        new: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool>
    where
        E::Codec: KeyCodec<T>,
    {
        let request = self.field.script(&REPLACE_IF).value::<E::Codec, T>(old);
        self.field.run(request.value::<E::Codec, T>(new), reply::flag)
    }

    /// Sets the value to the one that `change` returns, and returns it.
    ///
    /// `change` gets `None` if there is no value; returning `None` removes it. An unchanged value
    /// is not written. If another client changes the value in between, it is read again, and
    /// `change` is called again.
    ///
    /// `HGET`, then `HGET` + `HSET` or `HDEL` in one script, O(1); two round trips.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if other clients changed the value during each
    /// of 32 attempts.
    pub fn modify<'a>(
        &self,
        mut change: impl FnMut(Option<T>) -> Option<T> + Send + 'a,
    ) -> E::Reply<'a, Option<T>>
    where
        E: Connected,
    {
        modify_scalar(&self.field, move |old| {
            let new = change(old.map(E::Codec::decode).transpose()?);
            Ok((new.as_ref().map(encode_to_vec::<E::Codec, T>).transpose()?, new))
        })
    }

    /// Removes the value, and returns it.
    ///
    /// `HGET` + `HDEL` in one script, O(1). [`clear`](Value::clear) is cheaper.
    pub fn take(&self) -> E::Reply<'static, Option<T>> {
        self.field.run(self.field.script(&TAKE), reply::optional_value::<E::Codec, T>)
    }
}

impl<T, E: Executor> Value<T, E> {
    /// Removes the value, and returns whether there was one.
    ///
    /// `HDEL`, O(1). [`take`](Value::take) returns the value.
    pub fn clear(&self) -> E::Reply<'static, bool> {
        self.field.clear()
    }
}

impl<T, E: Executor> Clone for Value<T, E> {
    fn clone(&self) -> Self {
        Self::from_field(self.field.clone())
    }
}

impl<T, E: Executor> fmt::Debug for Value<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(self.field.handle().key()).field(&self.field.name()).finish()
    }
}
