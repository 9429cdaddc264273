//! The calls of a [`Counter`] on all counts.

use std::{cmp::Reverse, hash::Hash, iter};

use redis::Value;

use super::Counter;
use crate::{
    codec::KeyCodec,
    collections::{Scan, number::number, scan},
    command::reply,
    error::{Error, Result},
    local::Tally,
    store::{Connected, Executor},
};

impl<T, E> Counter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns all things that have a count, in no order.
    ///
    /// `HKEYS`, O(n).
    pub fn keys(&self) -> E::Reply<'static, Vec<T>> {
        let request = self.handle.read("HKEYS");
        self.handle.run(request, |answer| reply::list(answer, reply::key::<E::Codec, T>))
    }

    /// Returns all counts, in no order.
    ///
    /// `HVALS`, O(n).
    pub fn values(&self) -> E::Reply<'static, Vec<i64>> {
        self.handle.run(self.handle.read("HVALS"), |answer| reply::list(answer, number))
    }

    /// Returns the sum of all counts.
    ///
    /// `HVALS`, O(n).
    ///
    /// # Errors
    ///
    /// [`Error::Overflow`] if it is outside the range of `i64`.
    pub fn total(&self) -> E::Reply<'static, i64> {
        self.handle.run(self.handle.read("HVALS"), |answer| {
            let counts: Vec<i64> = reply::list(answer, number)?;
            let total: i128 = counts.into_iter().map(i128::from).sum();
            total.try_into().map_err(|_| Error::Overflow { key: String::new() })
        })
    }

    /// Returns the `n` things with the highest counts, the highest first; equal counts are in no
    /// order.
    ///
    /// `HGETALL`, O(n).
    /// Reading 1,000,000 counts blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn most_common(&self, n: usize) -> E::Reply<'static, Vec<(T, i64)>> {
        self.handle.run(self.handle.read("HGETALL"), move |answer| {
            let mut counts: Vec<(T, i64)> = counts::<E::Codec, T, _>(answer)?;
            counts.sort_unstable_by_key(|(_, count)| Reverse(*count));
            counts.truncate(n);
            Ok(counts)
        })
    }

    /// Returns an iterator that yields each thing as many times as its count, in no order.
    ///
    /// `HGETALL`, O(n). High counts need no memory, since the iterator repeats one thing at a time.
    /// Reading 1,000,000 counts blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn elements(&self) -> E::Reply<'static, impl Iterator<Item = T> + Send + use<T, E>>
    where
        T: Clone,
    {
        self.handle.run(self.handle.read("HGETALL"), |answer| {
            let counts: Vec<(T, i64)> = counts::<E::Codec, T, _>(answer)?;
            Ok(counts.into_iter().flat_map(|(thing, count)| {
                iter::repeat_n(thing, usize::try_from(count).unwrap_or(0))
            }))
        })
    }

    /// Returns all counts.
    ///
    /// `HGETALL`, O(n). [`iter`](Counter::iter) reads a large counter page by page.
    /// Returning 1,000,000 counts blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn to_tally(&self) -> E::Reply<'static, Tally<T>>
    where
        T: Eq + Hash,
    {
        self.handle.run(self.handle.read("HGETALL"), counts::<E::Codec, T, _>)
    }

    /// Returns an iterator over all things and their counts, or a stream on an
    /// [`aio::Store`](crate::aio::Store).
    ///
    /// A thing present throughout is returned exactly once; one added or removed during the
    /// iteration may or may not appear.
    ///
    /// `HSCAN`, O(1) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(self.clone())
    }
}

impl<T, E> scan::Sealed for Counter<T, E> {}

impl<T, E> Scan<E> for Counter<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    type Item = (T, i64);

    type Element = (Value, Value);

    const COMMAND: &'static str = "HSCAN";

    fn item((thing, count): (Value, Value)) -> Result<(T, i64)> {
        Ok((reply::key::<E::Codec, T>(thing)?, number(count)?))
    }
}

/// Reads the counts of a hash.
pub(crate) fn counts<C, T, M>(answer: Value) -> Result<M>
where
    C: KeyCodec<T>,
    M: FromIterator<(T, i64)>,
{
    reply::pairs(answer, reply::key::<C, T>, number)
}
