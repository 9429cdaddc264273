//! What a [`Dict`] makes of a value here, in the program.

use super::Dict;
use crate::{
    codec::{Codec, KeyCodec, Lookup, encode_to_vec},
    collections::modify::modify_field,
    command::Request,
    store::{Connected, Executor},
};

impl<K, V, E> Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Sets `key` to what `change` makes of its value, and returns what stands there now.
    ///
    /// `None` is an entry that is not there, both ways. If somebody else sets the entry meanwhile,
    /// it is read again, and `change` is called again. What stays as it is, is not written.
    ///
    /// `HGET`, then `HGET` + `HSET` or `HDEL` in one script, O(1); two round trips.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if others were faster 32 times.
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
}
