//! The calls of a [`Set`] on all or many members.

use std::{borrow::Borrow, collections::HashSet, hash::Hash};

use redis::Value;

use super::Set;
use crate::{
    codec::KeyCodec,
    collections::{Collection, Scan, scan},
    command::{Request, reply},
    error::Result,
    store::{Connected, Executor},
};

impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns all members.
    ///
    /// `SMEMBERS`, O(n). [`iter`](Set::iter) reads a large set page by page.
    /// Returning 1,000,000 members blocks the server for about 150 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn to_set(&self) -> E::Reply<'static, HashSet<T>>
    where
        T: Eq + Hash,
    {
        let request = self.handle.read("SMEMBERS");
        self.handle.run(request, |answer| reply::list(answer, reply::key::<E::Codec, T>))
    }

    /// Returns an iterator over all members, or a stream on an [`aio::Store`](crate::aio::Store).
    ///
    /// A member present throughout is returned exactly once; one added or removed during the
    /// iteration may or may not appear.
    ///
    /// `SSCAN`, O(1) a page, in as many round trips as there are pages.
    pub fn iter(&self) -> E::Cursor<Self>
    where
        E: Connected,
    {
        E::cursor(Self::from_handle(self.handle.clone()))
    }

    /// Adds all of `members`.
    ///
    /// `SADD` with 500 members each, O(number of members), in one transaction for each 10,000
    /// members or 1 MiB.
    pub fn extend<A: Borrow<T>>(
        &self,
        members: impl IntoIterator<Item = A>,
    ) -> E::Reply<'static, ()> {
        self.handle.run_all(requests::<T, E::Codec, _>(members, || self.handle.idempotent("SADD")))
    }

    /// Removes all of `members`, and returns how many were in the set.
    ///
    /// `SREM` with 500 members each, O(number of members), in one transaction for each 10,000
    /// members or 1 MiB.
    pub fn remove_many<A: Borrow<T>>(
        &self,
        members: impl IntoIterator<Item = A>,
    ) -> E::Reply<'static, usize> {
        let requests = requests::<T, E::Codec, _>(members, || self.handle.once("SREM"));
        if requests.is_empty() {
            return self.handle.ready(Ok(0));
        }
        self.handle.run(Request::chunks(requests), |answer| {
            Ok(reply::list::<_, Vec<_>>(answer, reply::size)?.into_iter().sum())
        })
    }
}

impl<T, E> scan::Sealed for Set<T, E> {}

impl<T, E> Scan<E> for Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    type Item = T;

    type Element = Value;

    const COMMAND: &'static str = "SSCAN";

    fn item(element: Value) -> Result<T> {
        reply::key::<E::Codec, T>(element)
    }
}

/// Returns requests from `start` with `members` as arguments, a chunk in each.
fn requests<T: 'static, C: KeyCodec<T>, A: Borrow<T>>(
    members: impl IntoIterator<Item = A>,
    start: impl Fn() -> Request,
) -> Vec<Request> {
    Request::bulk(members, Request::ITEMS, start, |request, member| {
        request.push_value::<C, T>(member.borrow());
    })
}
