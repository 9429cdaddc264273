//! What brings a [`Sequence`] into order.

use std::cmp::Ordering;

use redis::Value;
use sha1::{Digest, Sha1};

use super::Sequence;
use crate::{
    codec::Codec,
    command::{Key, Request, Script, reply},
    error::Result,
    store::{Connected, Update},
};

static REORDER: Script = Script::once("LRANGE", include_str!("../scripts/list_reorder.lua"));

impl<T, E> Sequence<T, E>
where
    T: Send + 'static,
    E: Connected,
    E::Codec: Codec<T>,
{
    /// Sorts the elements; equal ones keep their order.
    ///
    /// They are read, compared here, and reordered if none has changed meanwhile, or else read
    /// again.
    ///
    /// `LRANGE`, then `LRANGE` + `RPUSH` + `LTRIM` in one script, O(n · log n); two round trips.
    /// Of 1,000,000 elements it stalls the server for some 2.7 s.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if others change it all the time.
    pub fn sort(&self) -> E::Reply<'static, ()>
    where
        T: Ord,
    {
        self.sort_by(T::cmp)
    }

    /// Sorts the elements by what `compare` says; equal ones keep their order.
    ///
    /// As [`sort`](Sequence::sort), also in its cost.
    /// Of 1,000,000 elements it stalls the server for some 2.3 s.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if others change it all the time.
    pub fn sort_by<'a>(
        &self,
        mut compare: impl FnMut(&T, &T) -> Ordering + Send + 'a,
    ) -> E::Reply<'a, ()> {
        let read = |key: &Key| Request::read("LRANGE", key).arg(0).arg(-1);
        self.handle.executor().modify(self.handle.key(), read, move |key, answer| {
            reorder::<E::Codec, T>(key, answer, &mut compare)
        })
    }
}

/// The request that sorts what `answer` holds, unless it is sorted.
fn reorder<C: Codec<T>, T>(
    key: &Key,
    answer: Value,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) -> Result<Update<()>> {
    let stored: Vec<Vec<u8>> = reply::list(answer, reply::bytes)?;
    let values: Vec<T> = stored.iter().map(|bytes| C::decode(bytes)).collect::<Result<_>>()?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| compare(&values[a], &values[b]));
    if order.is_sorted() {
        return Ok((None, ()));
    }
    let request = Request::script(&REORDER, [key]).arg(fingerprint(&stored));
    let request = order.iter().fold(request, |request, at| request.arg(at + 1));
    Ok((Some(request), ()))
}

/// What the script computes of the list, too, to know whether it has changed.
fn fingerprint(stored: &[Vec<u8>]) -> String {
    let mut sha = Sha1::new();
    for bytes in stored {
        sha.update(format!("{}:", bytes.len()).as_bytes());
        sha.update(bytes);
    }
    format!("{:x}", sha.finalize())
}
