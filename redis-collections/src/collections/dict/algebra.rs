//! The calls of a [`Dict`] on another dictionary or map.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use super::{Dict, whole::entries};
use crate::{
    codec::{Codec, KeyCodec},
    collections::{
        Operand,
        operand::{Content, HASH, Operands, Sealed, Side},
    },
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

static EXTEND_FROM: Script = Script::idempotent(
    "HSET",
    concat!(
        include_str!("../scripts/operands.lua"),
        include_str!("../scripts/dict_extend_from.lua")
    ),
);
static EQUALS: Script = Script::read(
    "HGETALL",
    concat!(include_str!("../scripts/operands.lua"), include_str!("../scripts/hash_equals.lua")),
);

/// The other is an [`Operand`]: a dictionary on any server, or a map of std.
impl<K, V, E> Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Sets all entries of `other`.
    ///
    /// `HSCAN` + `HSET` in one script, O(n); like [`extend`](Dict::extend) if `other` is in memory.
    /// Copying 1,000,000 entries blocks the server for about 1.4 s
    /// ([measured](crate::Collection#stalls)).
    pub fn extend_from<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, ()> {
        self.handle
            .extend_from(other.side(), &HASH, &EXTEND_FROM, |handle| handle.idempotent("HSET"))
    }

    /// Returns the entries of both; for a key in both, the entry of `other`.
    ///
    /// `HGETALL`, two of them in one transaction for another dictionary, O(n).
    /// Reading two dictionaries of 1,000,000 entries blocks the server for about 250 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn merge<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, HashMap<K, V>>
    where
        K: Eq + Hash,
    {
        self.handle.gather([other.side()], &HASH, |handle, Operands { here, others }| {
            let theirs = here.iter().map(HASH.read);
            let both = Request::atomic([(HASH.read)(handle.key())].into_iter().chain(theirs));
            handle.run(both, |answer| {
                let others = others.into_iter().map(Content::into_answer);
                let all = reply::items(answer)?.into_iter().chain(others);
                let maps = all.map(entries::<E::Codec, K, V, HashMap<K, V>>);
                Ok(maps.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
            })
        })
    }

    /// Returns whether both have the same entries. Values are equal if their stored bytes are.
    ///
    /// `HSCAN` + `HMGET` in one script, O(n); `HGETALL` if the other is in memory.
    /// Comparing 1,000,000 entries blocks the server for about 1 s
    /// ([measured](crate::Collection#stalls)).
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.handle.equals(other.side(), &HASH, &EQUALS)
    }
}

impl<K, V, E> Sealed<Dict<K, V, E>, E> for Dict<K, V, E> {
    fn side(&self) -> Side<'_, E> {
        Side::Stored(&self.handle)
    }
}

impl<K, V, S, E> Sealed<Dict<K, V, E>, E> for HashMap<K, V, S>
where
    K: 'static,
    V: 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(content::<E::Codec, K, V>(self))
    }
}

impl<K, V, E> Sealed<Dict<K, V, E>, E> for BTreeMap<K, V>
where
    K: 'static,
    V: 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    fn side(&self) -> Side<'_, E> {
        Side::Local(content::<E::Codec, K, V>(self))
    }
}

fn content<'m, C, K, V>(entries: impl IntoIterator<Item = (&'m K, &'m V)>) -> Result<Content>
where
    K: 'static,
    V: 'static,
    C: KeyCodec<K> + Codec<V>,
{
    let mut content = Content::default();
    for (key, value) in entries {
        content.value::<C, K>(key)?;
        content.value::<C, V>(value)?;
    }
    Ok(content)
}
