//! The calls of a [`Dict`] on single entries.

use super::Dict;
use crate::{
    codec::{Codec, KeyCodec, Lookup, encode_to_vec},
    collections::{Collection, KeyHandle, modify::modify_field},
    command::{Request, Script, reply},
    store::{Connected, Executor},
};

static INSERT: Script = Script::once("HSET", include_str!("../scripts/dict_insert.lua"));
static REMOVE: Script = Script::once("HDEL", include_str!("../scripts/dict_remove.lua"));
static POP_ANY: Script = Script::once("HDEL", include_str!("../scripts/dict_pop_any.lua"));
static GET_OR_INSERT: Script =
    Script::idempotent("HSETNX", include_str!("../scripts/dict_get_or_insert.lua"));
static REPLACE_IF: Script = Script::once("HSET", include_str!("../scripts/dict_replace_if.lua"));

impl<K, V, E: Executor> Dict<K, V, E> {
    /// Opens the dictionary called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same dictionary, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Dict<K, V, F::With<E::Codec>> {
        Dict::from_handle(self.handle.on(executor))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of entries.
    ///
    /// `HLEN`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("HLEN"), reply::size)
    }

    /// Returns whether there are no entries.
    ///
    /// `HLEN`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("HLEN"), |answer| Ok(reply::size(answer)? == 0))
    }
}

impl<K, V, E> Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Returns the value at `key`, if there is one.
    ///
    /// `HGET`, O(1).
    pub fn get(&self, key: &(impl Lookup<K, E::Codec> + ?Sized)) -> E::Reply<'static, Option<V>> {
        let request = self.handle.read("HGET").value::<E::Codec, K>(key);
        self.handle.run(request, reply::optional_value::<E::Codec, V>)
    }

    /// Returns the values at `keys`, in the same order; `None` for a key without an entry.
    ///
    /// `HMGET`, O(number of keys).
    /// Returning 1,000,000 values blocks the server for about 300 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn get_many<'q, Q: Lookup<K, E::Codec> + ?Sized + 'q>(
        &self,
        keys: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<Option<V>>> {
        let mut keys = keys.into_iter().peekable();
        if keys.peek().is_none() {
            return self.handle.ready(Ok(Vec::new()));
        }
        let request = self.handle.read("HMGET").values::<E::Codec, K, _>(keys);
        self.handle.run(request, |answer| reply::list(answer, reply::optional_value::<E::Codec, V>))
    }

    /// Returns whether there is an entry at `key`.
    ///
    /// `HEXISTS`, O(1).
    pub fn contains_key(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.read("HEXISTS").value::<E::Codec, K>(key);
        self.handle.run(request, reply::flag)
    }

    /// Sets `key` to `value`, and returns the old value.
    ///
    /// `HGET` + `HSET` in one script, O(1). [`set`](Dict::set) is cheaper.
    pub fn insert(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        value: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<V>> {
        let request = self.handle.script(&INSERT).value::<E::Codec, K>(key);
        self.handle.run(request.value::<E::Codec, V>(value), reply::optional_value::<E::Codec, V>)
    }

    /// Sets `key` to `value`.
    ///
    /// `HSET`, O(1).
    pub fn set(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        value: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> E::Reply<'static, ()> {
        let request = self.handle.idempotent("HSET").value::<E::Codec, K>(key);
        self.handle.run(request.value::<E::Codec, V>(value), reply::unit)
    }

    /// Sets `key` to `value` if there is no entry, and returns whether it was set.
    ///
    /// `HSETNX`, O(1).
    pub fn set_if_absent(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        value: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.once("HSETNX").value::<E::Codec, K>(key);
        self.handle.run(request.value::<E::Codec, V>(value), reply::flag)
    }

    /// Returns the value at `key`; sets it to `value` first if there is no entry.
    ///
    /// `HGET` + `HSET` in one script, O(1).
    pub fn get_or_insert(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        value: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> E::Reply<'static, V> {
        let request = self.handle.script(&GET_OR_INSERT).value::<E::Codec, K>(key);
        self.handle.run(request.value::<E::Codec, V>(value), reply::value::<E::Codec, V>)
    }

    /// Sets `key` to `new` if its value is `old`, and returns whether it was set.
    ///
    /// `HGET` + `HSET` in one script, O(1).
    pub fn replace_if(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        old: &(impl Lookup<V, E::Codec> + ?Sized),
        new: &(impl Lookup<V, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool>
    where
        E::Codec: KeyCodec<V>,
    {
        let request = self.handle.script(&REPLACE_IF).value::<E::Codec, K>(key);
        let request = request.value::<E::Codec, V>(old).value::<E::Codec, V>(new);
        self.handle.run(request, reply::flag)
    }

    /// Sets `key` to the value that `change` returns, and returns that value.
    ///
    /// `change` gets `None` if there is no entry; returning `None` removes it. An unchanged value
    /// is not written. If another client changes the entry in between, it is read again, and
    /// `change` is called again.
    ///
    /// `HGET`, then `HGET` + `HSET` or `HDEL` in one script, O(1); two round trips.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if other clients changed the entry during each
    /// of 32 attempts.
    ///
    /// ```
    /// # use redis_collections::{Dict, Store};
    /// # let store = Store::temporary()?;
    /// let teams: Dict<String, Vec<String>> = Dict::open(&store, "teams");
    ///
    /// let red = teams.modify("red", |team| { //        HGET teams "red", then HGET + HSET in one script
    ///     let mut team = team.unwrap_or_default();
    ///     team.push("ada".to_string());
    ///     Some(team)
    /// })?;
    /// assert_eq!(red.unwrap(), ["ada"]);
    /// # Ok::<_, redis_collections::Error>(())
    /// ```
    pub fn modify<'a>(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        mut change: impl FnMut(Option<V>) -> Option<V> + Send + 'a,
    ) -> E::Reply<'a, Option<V>>
    where
        E: Connected,
    {
        let key = match encode_to_vec::<E::Codec, K>(key) {
            Ok(key) => key,
            Err(error) => {
                return self.handle.run(self.handle.read("HGET").with_error(error), |_| Ok(None));
            }
        };
        let field = move |request: Request| request.arg(&key);
        modify_field(&self.handle, field, move |old| {
            let new = change(old.map(<E::Codec as Codec<V>>::decode).transpose()?);
            Ok((new.as_ref().map(encode_to_vec::<E::Codec, V>).transpose()?, new))
        })
    }

    /// Removes the entry at `key`, and returns its value.
    ///
    /// `HGET` + `HDEL` in one script, O(1). [`discard`](Dict::discard) is cheaper.
    pub fn remove(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<V>> {
        let request = self.handle.script(&REMOVE).value::<E::Codec, K>(key);
        self.handle.run(request, reply::optional_value::<E::Codec, V>)
    }

    /// Removes the entry at `key`, and returns whether there was one.
    ///
    /// `HDEL`, O(1).
    pub fn discard(&self, key: &(impl Lookup<K, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("HDEL").value::<E::Codec, K>(key);
        self.handle.run(request, reply::flag)
    }

    /// Removes an entry that the server chooses, and returns it.
    ///
    /// `HRANDFIELD` + `HDEL` in one script, O(1).
    pub fn pop_any(&self) -> E::Reply<'static, Option<(K, V)>> {
        self.handle.run(self.handle.script(&POP_ANY), |answer| {
            reply::optional_pair(answer, reply::key::<E::Codec, K>, reply::value::<E::Codec, V>)
        })
    }
}
