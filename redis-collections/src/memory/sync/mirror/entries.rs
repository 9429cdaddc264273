//! [`Entries`]: a local type whose entries are written one by one.

use std::hash::Hash;

use redis::Value;

use super::Mirror;
use crate::{
    command::{Key, Request},
    error::Result,
    memory::write_set::{Edit, WriteKind},
};

/// A local type that consists of entries: a map, a set, a tally or scores.
///
/// A digest represents an entry's value: if two values have the same digest, there is nothing to
/// write.
pub trait Entries<C: 'static>: Mirror<C> {
    /// The key of an entry.
    type Key: Clone + Eq + Hash + 'static;

    /// The digest of an entry's value: a fingerprint, or a number itself.
    type Digest: Copy + PartialEq;

    /// How entries are written.
    const WRITE_KIND: WriteKind;

    /// Returns all keys, each with the digest of its entry.
    fn digests(&self) -> impl Iterator<Item = (&Self::Key, Result<Self::Digest>)>;

    /// Returns whether there is an entry at `key`.
    fn contains(&self, key: &Self::Key) -> bool;

    /// Returns the digest of the entry at `key`, if there is an entry.
    fn digest(&self, key: &Self::Key) -> Result<Option<Self::Digest>>;

    /// Returns a digest as the script computes it.
    fn to_word(digest: Self::Digest) -> Vec<u8>;

    /// Adds the edit that sets the entry at `key`; Redis held `old`.
    fn put(&self, key: &Self::Key, old: Option<Self::Digest>, edit: &mut Edit<'_>);

    /// Adds the edit that removes the entry at `key`; Redis held `old`.
    fn remove_entry(key: &Self::Key, old: Option<Self::Digest>, edit: &mut Edit<'_>);

    /// Adds the edit that expects the entry at `key` to have one of these digests.
    fn expect(key: &Self::Key, digests: &[Vec<u8>], edit: &mut Edit<'_>);

    /// The request that reads the entries at `keys` of the collection at `handle`.
    fn read_entries_request(handle: &Key, keys: &[Self::Key]) -> Request;

    /// Sets the entry at `key` to the `answer` for it, and returns the digests of both.
    fn accept(&mut self, key: &Self::Key, answer: Value) -> Result<Held<Self::Digest>>;

    /// Sets the entry at `key` to that of `theirs`. A count grows by the difference between
    /// `theirs` and `old`.
    fn carry_over(&mut self, key: &Self::Key, theirs: &mut Self, old: Option<Self::Digest>);
}

/// The digests of an entry: in memory, and in Redis.
///
/// They differ if a value does not encode to the bytes that it was decoded from, as one with a hash
/// map in it.
#[derive(Clone, Copy, Debug)]
pub struct Held<M> {
    /// The digest of the value in memory.
    pub seen: Option<M>,
    /// The digest of the stored bytes.
    pub stored: Option<M>,
}
