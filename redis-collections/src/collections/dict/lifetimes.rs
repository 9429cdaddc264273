//! The times to live of the entries of a [`Dict`].

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use redis::Value;

use super::Dict;
use crate::{
    codec::{Codec, KeyCodec, Lookup},
    command::{Request, Script, reply},
    error::{Error, Result},
    store::Executor,
};

static SET_WITH_TTL: Script =
    Script::idempotent("HPEXPIRE", include_str!("../scripts/dict_set_with_ttl.lua"));

/// The longest time to live in milliseconds, about 4,000 years: servers keep the moment at which an
/// entry expires in 48 bits, counted from 1970.
const LONGEST: u128 = 1 << 47;

/// The last moment in milliseconds since 1970, about 9,000 years after it.
const LAST: u128 = (1 << 48) - 2;

/// Times to live of single entries, from Redis 7.4 and Valkey 9 on.
///
/// Setting an entry again (`set`, `insert`, `extend`, `replace_if`, a sync) removes its time to
/// live, as `HSET` does. An expired entry is a missing entry; only `len` may count it for a short
/// while. `rename` and `copy_to` keep the times to live, `extend_from` does not copy them. An entry
/// does not expire in the memory of an `LruDict` or of a `#[sync]` field.
///
/// # Errors
///
/// On an older server, each of these calls fails with [`Error::Unsupported`], and changes nothing.
impl<K, V, E> Dict<K, V, E>
where
    K: Send + 'static,
    V: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<K> + Codec<V>,
{
    /// Sets `key` to `value` with a time to live, in milliseconds.
    ///
    /// A `time` of zero removes the entry.
    ///
    /// `HSET` + `HPEXPIRE` in one script, O(1).
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] on a server older than Redis 7.4 or Valkey 9, [`Error::OutOfRange`]
    /// for more than about 4,000 years.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use redis_collections::{Dict, Error, Store};
    /// # let store = Store::temporary()?;
    /// let sessions: Dict<String, u32> = Dict::open(&store, "sessions");
    ///
    /// match sessions.set_with_ttl("ada", &36, Duration::from_secs(60)) { // HSET + HPEXPIRE in one script
    ///     Ok(()) => assert!(sessions.entry_ttl("ada")?.is_some()), //       HPTTL sessions FIELDS 1 "ada"
    ///     Err(Error::Unsupported { needs, .. }) => assert_eq!(needs, "Redis 7.4, Valkey 9"),
    ///     Err(other) => return Err(other),
    /// }
    /// # Ok::<_, Error>(())
    /// ```
    pub fn set_with_ttl(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        value: &(impl Lookup<V, E::Codec> + ?Sized),
        time: Duration,
    ) -> E::Reply<'static, ()> {
        let request = self.handle.script(&SET_WITH_TTL).value::<E::Codec, K>(key);
        let request = within(request.value::<E::Codec, V>(value), time.as_millis(), LONGEST);
        let probe = self.handle.read("HPTTL").arg("FIELDS").arg(1).value::<E::Codec, K>(key);
        self.handle.run(request.with_probe(probe), reply::unit)
    }

    /// Sets the time to live of the entry at `key`, in milliseconds; returns `false` if there is no
    /// entry.
    ///
    /// `HPEXPIRE`, O(1).
    ///
    /// # Errors
    ///
    /// Those of [`set_with_ttl`](Dict::set_with_ttl).
    pub fn expire_entry(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        time: Duration,
    ) -> E::Reply<'static, bool> {
        let request = within(self.handle.once("HPEXPIRE"), time.as_millis(), LONGEST);
        self.handle.run(entry::<E::Codec, K>(request, key), is_done)
    }

    /// Sets the time at which the entry at `key` expires, in milliseconds; returns `false` if there
    /// is no entry.
    ///
    /// A `time` in the past removes the entry.
    ///
    /// `HPEXPIREAT`, O(1).
    ///
    /// # Errors
    ///
    /// Those of [`set_with_ttl`](Dict::set_with_ttl), but times after the year 10,000 are out of
    /// range.
    pub fn expire_entry_at(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
        time: SystemTime,
    ) -> E::Reply<'static, bool> {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let request = within(self.handle.once("HPEXPIREAT"), since.as_millis(), LAST);
        self.handle.run(entry::<E::Codec, K>(request, key), is_done)
    }

    /// Removes the time to live of the entry at `key`, and returns whether there was one.
    ///
    /// `HPERSIST`, O(1).
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] on a server older than Redis 7.4 or Valkey 9.
    pub fn persist_entry(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        self.handle.run(entry::<E::Codec, K>(self.handle.once("HPERSIST"), key), is_done)
    }

    /// Returns the time to live of the entry at `key`; `None` if there is no entry or it does not
    /// expire.
    ///
    /// `HPTTL`, O(1).
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] on a server older than Redis 7.4 or Valkey 9.
    pub fn entry_ttl(
        &self,
        key: &(impl Lookup<K, E::Codec> + ?Sized),
    ) -> E::Reply<'static, Option<Duration>> {
        self.handle.run(entry::<E::Codec, K>(self.handle.read("HPTTL"), key), |answer| {
            Ok(u64::try_from(of_entry(answer)?).ok().map(Duration::from_millis))
        })
    }
}

/// Adds a time, or an error if it is past the `last` one that servers can keep.
fn within(request: Request, millis: u128, last: u128) -> Request {
    if millis <= last {
        return request.arg(millis.to_string());
    }
    let (expected, found) = (format!("a time of at most {last} ms"), format!("{millis} ms"));
    request.with_error(Error::OutOfRange { key: String::new(), expected, found })
}

/// Adds the key of the entry to a command.
fn entry<C: KeyCodec<K>, K: 'static>(
    request: Request,
    key: &(impl Lookup<K, C> + ?Sized),
) -> Request {
    request.arg("FIELDS").arg(1).value::<C, K>(key)
}

/// Returns whether the command changed the entry: the reply is negative if not.
fn is_done(answer: Value) -> Result<bool> {
    Ok(of_entry(answer)? > 0)
}

/// Reads the reply for the only entry of the request.
fn of_entry(answer: Value) -> Result<i64> {
    let replies: Vec<i64> = reply::list(answer, reply::int)?;
    replies
        .first()
        .copied()
        .ok_or_else(|| reply::unexpected("an answer for the entry", &Value::Nil))
}
