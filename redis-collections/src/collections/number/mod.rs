//! [`Number`]: one native Redis number in one field of a hash.

mod numeric;
pub use numeric::Numeric;

use std::{borrow::Cow, fmt, marker::PhantomData};

use redis::Value;

use crate::{
    collections::{HashField, KeyHandle, modify::modify_scalar},
    command::{Script, reply},
    error::{Error, Result},
    store::{Connected, Executor, Store},
};

static TAKE: Script = Script::once("HDEL", include_str!("../scripts/dict_remove.lua"));

/// A number, kept in one field of a Redis hash as plain text.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// A missing number is 0. A call whose sum is outside the range of `N` fails with
/// [`Error::Overflow`], and changes nothing. Redis adds signed 64-bit integers, so the greatest
/// `u64` is [`i64::MAX`]. Floats are added as Rust adds them, and are always finite.
///
/// ```
/// # use redis_collections::{Number, Store};
/// # let store = Store::temporary()?;
/// let gold: Number<i64> = Number::open(&store, "ada", "gold");
///
/// assert_eq!(gold.add(5)?, 5); //             HINCRBY ada gold 5
/// gold.set(40)?; //                           HSET ada gold 40
/// assert_eq!(gold.get()?, 40); //             HGET ada gold
/// assert!(gold.replace_if(40, 41)?); //       HGET + HSET in one script
/// assert_eq!(gold.take()?, 41); //            HGET + HDEL in one script
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Number<N, E = Store> {
    field: HashField<E>,
    types: PhantomData<fn() -> N>,
}

impl<N, E: Executor> Number<N, E> {
    /// Opens the number at `field` of the hash called `name`. Sends nothing; the first call reports
    /// an invalid name.
    pub fn open(executor: &E, name: &str, field: &str) -> Self {
        Self::of(KeyHandle::of_name(executor, name), field.to_owned())
    }

    /// Returns the number at `field` of the hash at `handle`. Sends nothing.
    pub(crate) fn of(handle: KeyHandle<E>, field: impl Into<Cow<'static, str>>) -> Self {
        Self::from_field(HashField::new(handle, field))
    }

    /// Returns the same number, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Number<N, F::With<E::Codec>> {
        Number::from_field(self.field.on(executor))
    }

    /// Returns the Redis key of the hash.
    pub fn key(&self) -> &str {
        self.field.handle().key().as_str()
    }

    /// Returns the field of the hash.
    pub fn field(&self) -> &str {
        self.field.name()
    }

    /// Returns whether there is a number; a stored 0 is one.
    ///
    /// `HEXISTS`, O(1).
    pub fn exists(&self) -> E::Reply<'static, bool> {
        self.field.exists()
    }

    fn from_field(field: HashField<E>) -> Self {
        Number { field, types: PhantomData }
    }
}

impl<N: Numeric, E: Executor> Number<N, E> {
    /// Returns the number, or 0 if it is missing.
    ///
    /// `HGET`, O(1).
    pub fn get(&self) -> E::Reply<'static, N> {
        self.field.run(self.field.read("HGET"), number)
    }

    /// Sets the number.
    ///
    /// `HSET`, O(1).
    pub fn set(&self, number: N) -> E::Reply<'static, ()> {
        self.field.run(number.write(self.field.idempotent("HSET")), reply::unit)
    }

    /// Adds `amount`, and returns the sum.
    ///
    /// `HINCRBY` for an `i64`, for the other types with a check of the range in one script, O(1).
    pub fn add(&self, amount: N) -> E::Reply<'static, N> {
        self.field.run(amount.add_to(&self.field), number)
    }

    /// Subtracts `amount`, and returns the difference.
    ///
    /// `HINCRBY` for an `i64`, for the other types with a check of the range in one script, O(1).
    pub fn sub(&self, amount: N) -> E::Reply<'static, N> {
        self.field.run(amount.subtract_from(&self.field), number)
    }

    /// Sets the number to `new` if it is `old`, and returns whether it was set.
    ///
    /// `HGET` + `HSET` in one script, O(1).
    pub fn replace_if(&self, old: N, new: N) -> E::Reply<'static, bool> {
        self.field.run(old.replace_by(new, &self.field), reply::flag)
    }

    /// Sets the number to the one that `change` returns, and returns it.
    ///
    /// An unchanged number is not written. If another client changes the number in between, it is
    /// read again, and `change` is called again. [`add`](Number::add) and [`sub`](Number::sub) are
    /// cheaper.
    ///
    /// `HGET`, then `HGET` + `HSET` in one script, O(1); two round trips.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] if other clients changed the number during each of 32 attempts.
    ///
    /// ```
    /// # use redis_collections::{Number, Store};
    /// # let store = Store::temporary()?;
    /// let gold: Number<i64> = Number::open(&store, "ada", "gold");
    /// gold.set(21)?; //                                 HSET ada gold 21
    ///
    /// assert_eq!(gold.modify(|gold| 2 * gold)?, 42); // HGET ada gold, then HGET + HSET in one script
    /// # Ok::<_, redis_collections::Error>(())
    /// ```
    pub fn modify<'a>(&self, mut change: impl FnMut(N) -> N + Send + 'a) -> E::Reply<'a, N>
    where
        E: Connected,
    {
        modify_scalar(&self.field, move |old| {
            let new = change(old.map_or(Ok(N::default()), parsed)?);
            Ok((Some(new.text()?.into_bytes()), new))
        })
    }

    /// Removes the number, and returns it, or 0 if it was missing.
    ///
    /// `HGET` + `HDEL` in one script, O(1). [`clear`](Number::clear) is cheaper.
    pub fn take(&self) -> E::Reply<'static, N> {
        self.field.run(self.field.script(&TAKE), number)
    }
}

impl<N, E: Executor> Number<N, E> {
    /// Removes the number, and returns whether there was one.
    ///
    /// `HDEL`, O(1). [`take`](Number::take) returns the number.
    pub fn clear(&self) -> E::Reply<'static, bool> {
        self.field.clear()
    }
}

impl<N, E: Executor> Clone for Number<N, E> {
    fn clone(&self) -> Self {
        Self::from_field(self.field.clone())
    }
}

impl<N, E: Executor> fmt::Debug for Number<N, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Number").field(self.field.handle().key()).field(&self.field.name()).finish()
    }
}

/// Reads a number; nil is 0.
pub(crate) fn number<N: Numeric>(answer: Value) -> Result<N> {
    match answer {
        Value::Nil => Ok(N::default()),
        other => parsed(&reply::bytes(other)?),
    }
}

/// Parses a number.
fn parsed<N: Numeric>(bytes: &[u8]) -> Result<N> {
    let text = str::from_utf8(bytes).map_err(|_| Error::NotANumber { key: String::new() })?;
    N::parse(text)
}
