//! [`DefaultDict`]: a map in one Redis hash that stores a default for a missing key.

use std::{fmt, ops::Deref};

use crate::{
    codec::{Codec, Encode, KeyCodec, Lookup, encode_checked},
    collections::{
        Collection, Dict, KeyHandle, Options,
        operand::{Sealed, Side},
    },
    command::{Script, reply},
    error::Error,
    store::{Executor, Store},
};

static GET_OR_INSERT: Script =
    Script::idempotent("HSETNX", include_str!("../scripts/dict_get_or_insert.lua"));

/// A map that stores a default when a missing key is read, kept in one Redis hash.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// Only [`get`](DefaultDict::get) stores the default. All other calls are those of [`Dict`], and
/// store nothing for a missing key.
///
/// ```
/// # use redis_collections::{DefaultDict, Store};
/// # let store = Store::temporary()?;
/// let lives = DefaultDict::<String, u32>::with_default(&store, "lives", &3);
///
/// assert_eq!(lives.peek("ada")?, None); //   HGET lives "ada"
/// assert_eq!(lives.get("ada")?, 3); //       HGET + HSET in one script
/// assert_eq!(lives.peek("ada")?, Some(3)); // HGET lives "ada"
/// assert_eq!(lives.len()?, 1); //            HLEN lives
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct DefaultDict<K, V, E = Store> {
    dict: Dict<K, V, E>,
}

impl<K, V, E: Executor> DefaultDict<K, V, E> {
    /// Opens the dictionary called `name`, whose default is `V::default()`. Sends nothing; the
    /// first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self
    where
        V: Default + 'static,
        E::Codec: Codec<V>,
    {
        Self::with_default(executor, name, &V::default())
    }

    /// Opens the dictionary called `name`, whose default is `value`. Sends nothing. An invalid
    /// name, or a default that cannot be encoded, is reported by the first call that needs it.
    pub fn with_default(
        executor: &E,
        name: &str,
        value: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> Self
    where
        V: 'static,
        E::Codec: Codec<V>,
    {
        Self::of(KeyHandle::of_name(executor, name), value)
    }

    /// Returns the dictionary at `handle`, whose default is `value`. Sends nothing.
    #[doc(hidden)]
    pub fn of(handle: KeyHandle<E>, value: &(impl Lookup<V, E::Codec> + ?Sized)) -> Self
    where
        V: 'static,
        E::Codec: Codec<V>,
    {
        let mut default = None;
        let encoded =
            encode_checked::<E::Codec, V>(value, |bytes| default = Some(Ok(bytes.into())));
        if let Err(error) = encoded {
            default = Some(Err(reason(error).into()));
        }
        let options = Options { default, ..handle.options().clone() };
        Self::from_handle(handle.with_options(options))
    }

    /// Returns the same dictionary with the same default, reached through `executor`. Sends
    /// nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> DefaultDict<K, V, F::With<E::Codec>> {
        DefaultDict::from_handle(self.handle().on(executor))
    }
}

impl<K, V, E> DefaultDict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Returns the value at `key`; sets it to the default first if there is no entry.
    ///
    /// `HGET` + `HSET` in one script, O(1). [`peek`](DefaultDict::peek) writes nothing.
    pub fn get(&self, key: &(impl Lookup<K, E::Codec> + ?Sized)) -> E::Reply<'static, V> {
        let request = match &self.handle().options().default {
            Some(Ok(default)) => {
                let request = self.handle().script(&GET_OR_INSERT).value::<E::Codec, K>(key);
                request.arg(&**default)
            }
            Some(Err(reason)) => {
                let (key, codec) = (String::new(), <E::Codec as Encode<V>>::NAME);
                let reason = reason.to_string();
                self.handle().read("HGET").with_error(Error::Encode { key, codec, reason })
            }
            None => self.handle().read("HGET").value::<E::Codec, K>(key),
        };
        self.handle().run(request, |answer| {
            let value = reply::optional_value::<E::Codec, V>(answer)?;
            value.ok_or_else(|| Error::Missing { key: String::new() })
        })
    }

    /// Returns the value at `key`, if there is one.
    ///
    /// `HGET`, O(1).
    pub fn peek(&self, key: &(impl Lookup<K, E::Codec> + ?Sized)) -> E::Reply<'static, Option<V>> {
        self.dict.get(key)
    }
}

/// All calls except [`get`](DefaultDict::get) are those of [`Dict`].
impl<K, V, E> Deref for DefaultDict<K, V, E> {
    type Target = Dict<K, V, E>;

    fn deref(&self) -> &Dict<K, V, E> {
        &self.dict
    }
}

/// With a handle without a default, reading a missing key fails with [`Error::Missing`].
impl<K, V, E: Executor> Collection<E> for DefaultDict<K, V, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        DefaultDict { dict: Dict::from_handle(handle) }
    }

    fn handle(&self) -> &KeyHandle<E> {
        self.dict.handle()
    }
}

impl<K, V, E> Sealed<Dict<K, V, E>, E> for DefaultDict<K, V, E> {
    fn side(&self) -> Side<'_, E> {
        Sealed::<Dict<K, V, E>, E>::side(&**self)
    }
}

impl<K, V, E: Executor> Clone for DefaultDict<K, V, E> {
    fn clone(&self) -> Self {
        DefaultDict { dict: self.dict.clone() }
    }
}

impl<K, V, E: Executor> fmt::Debug for DefaultDict<K, V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DefaultDict").field(self.handle().key()).finish()
    }
}

/// Returns why a default cannot be encoded; the call that needs it adds the codec and the key.
fn reason(error: Error) -> String {
    match error {
        Error::Encode { reason, .. } => reason,
        other => other.to_string(),
    }
}
