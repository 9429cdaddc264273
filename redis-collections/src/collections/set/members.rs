//! The calls of a [`Set`] on single members.

use super::Set;
use crate::{
    codec::{KeyCodec, Lookup},
    collections::{Collection, KeyHandle},
    command::reply,
    store::Executor,
};

impl<T, E: Executor> Set<T, E> {
    /// Opens the set called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Returns the same set, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Set<T, F::With<E::Codec>> {
        Set::from_handle(self.handle.on(executor))
    }

    /// Returns the Redis key.
    pub fn key(&self) -> &str {
        self.handle.key().as_str()
    }

    /// Returns the number of members.
    ///
    /// `SCARD`, O(1).
    pub fn len(&self) -> E::Reply<'static, usize> {
        self.handle.run(self.handle.read("SCARD"), reply::size)
    }

    /// Returns whether there are no members.
    ///
    /// `SCARD`, O(1).
    pub fn is_empty(&self) -> E::Reply<'static, bool> {
        self.handle.run(self.handle.read("SCARD"), |answer| Ok(reply::size(answer)? == 0))
    }
}

impl<T, E> Set<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns whether the set has `member`.
    ///
    /// `SISMEMBER`, O(1).
    pub fn contains(
        &self,
        member: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, bool> {
        let request = self.handle.read("SISMEMBER").value::<E::Codec, T>(member);
        self.handle.run(request, reply::flag)
    }

    /// Returns whether the set has each of `members`, in the same order.
    ///
    /// `SMISMEMBER`, O(number of members).
    /// Looking up 1,000,000 members blocks the server for about 450 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn contains_many<'q, Q: Lookup<T, E::Codec> + ?Sized + 'q>(
        &self,
        members: impl IntoIterator<Item = &'q Q>,
    ) -> E::Reply<'static, Vec<bool>> {
        let mut members = members.into_iter().peekable();
        if members.peek().is_none() {
            return self.handle.ready(Ok(Vec::new()));
        }
        let request = self.handle.read("SMISMEMBER").values::<E::Codec, T, _>(members);
        self.handle.run(request, |answer| reply::list(answer, reply::flag))
    }

    /// Returns a random member; all are equally likely.
    ///
    /// `SRANDMEMBER`, O(1).
    pub fn random_member(&self) -> E::Reply<'static, Option<T>> {
        self.handle.run(self.handle.read("SRANDMEMBER"), reply::optional_key::<E::Codec, T>)
    }

    /// Returns `count` different random members, or all if there are fewer.
    ///
    /// A negative `count` returns exactly that many, and may return a member more than once.
    ///
    /// `SRANDMEMBER`, O(count).
    /// Returning 500,000 members blocks the server for about 1.9 s
    /// ([measured](crate::Collection#stalls)).
    pub fn random_members(&self, count: i64) -> E::Reply<'static, Vec<T>> {
        let request = self.handle.read("SRANDMEMBER").arg(count);
        self.handle.run(request, |answer| reply::list(answer, reply::key::<E::Codec, T>))
    }

    /// Adds `member`, and returns whether it was new.
    ///
    /// `SADD`, O(1).
    pub fn insert(&self, member: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("SADD").value::<E::Codec, T>(member);
        self.handle.run(request, reply::flag)
    }

    /// Removes `member`, and returns whether the set had it.
    ///
    /// `SREM`, O(1).
    pub fn remove(&self, member: &(impl Lookup<T, E::Codec> + ?Sized)) -> E::Reply<'static, bool> {
        let request = self.handle.once("SREM").value::<E::Codec, T>(member);
        self.handle.run(request, reply::flag)
    }

    /// Removes a random member, and returns it.
    ///
    /// `SPOP`, O(1).
    pub fn pop_any(&self) -> E::Reply<'static, Option<T>> {
        self.handle.run(self.handle.once("SPOP"), reply::optional_key::<E::Codec, T>)
    }
}
