//! The sort of a [`Sequence`].

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
    /// Reads the elements, sorts them in the program, and writes the new order if the list has not
    /// changed in between. Otherwise it reads them again.
    ///
    /// `LRANGE`, then `LRANGE` + `RPUSH` + `LTRIM` in one script, O(n · log n); two round trips.
    /// Sorting 1,000,000 elements blocks the server for about 2.7 s
    /// ([measured](crate::Collection#stalls)).
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if other clients changed the list during each of
    /// 32 attempts.
    pub fn sort(&self) -> E::Reply<'static, ()>
    where
        T: Ord,
    {
        self.sort_by(T::cmp)
    }

    /// Sorts the elements with `compare`; equal ones keep their order.
    ///
    /// Works like [`sort`](Sequence::sort), at the same cost.
    /// Sorting 1,000,000 elements blocks the server for about 2.3 s
    /// ([measured](crate::Collection#stalls)).
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`](crate::Error::Conflict) if other clients changed the list during each of
    /// 32 attempts.
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

/// Returns the request that sorts the elements in `answer`, unless they are sorted.
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

/// Returns the fingerprint that the script compares, to see whether the list has changed.
fn fingerprint(stored: &[Vec<u8>]) -> String {
    let mut sha = Sha1::new();
    for bytes in stored {
        sha.update(format!("{}:", bytes.len()).as_bytes());
        sha.update(bytes);
    }
    format!("{:x}", sha.finalize())
}
