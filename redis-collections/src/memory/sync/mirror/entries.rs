//! [`Entries`]: a local type of which each entry is written for itself.

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
/// A mark stands for an entry's value: two values with the same mark need no write.
pub trait Entries<C: 'static>: Mirror<C> {
    /// What an entry is found by.
    type Key: Clone + Eq + Hash + 'static;

    /// What stands for an entry's value.
    type Digest: Copy + PartialEq;

    /// How entries are written.
    const WRITE_KIND: WriteKind;

    /// All keys, each with the mark of its entry.
    fn digests(&self) -> impl Iterator<Item = (&Self::Key, Result<Self::Digest>)>;

    /// Whether there is an entry at `key`.
    fn contains(&self, key: &Self::Key) -> bool;

    /// The mark of the entry at `key`, if there is one.
    fn digest(&self, key: &Self::Key) -> Result<Option<Self::Digest>>;

    /// A mark as the script finds it.
    fn to_word(digest: Self::Digest) -> Vec<u8>;

    /// Adds the edit that sets the entry at `key`; Redis held `old`.
    fn put(&self, key: &Self::Key, old: Option<Self::Digest>, edit: &mut Edit<'_>);

    /// Adds the edit that removes the entry at `key`; Redis held `old`.
    fn remove_entry(key: &Self::Key, old: Option<Self::Digest>, edit: &mut Edit<'_>);

    /// Adds the edit that expects the entry at `key` to have one of these digests.
    fn expect(key: &Self::Key, digests: &[Vec<u8>], edit: &mut Edit<'_>);

    /// Asks for the entries at `keys` of the collection at `handle`.
    fn read_entries_request(handle: &Key, keys: &[Self::Key]) -> Request;

    /// Takes what was answered for `key`, and returns the mark of what memory holds then, and of
    /// what Redis holds if that is another one.
    fn accept(&mut self, key: &Self::Key, answer: Value) -> Result<Held<Self::Digest>>;

    /// Makes the entry at `key` what it is in `theirs`; for one that is counted, adds what it is
    /// there more than `old`.
    fn carry_over(&mut self, key: &Self::Key, theirs: &mut Self, old: Option<Self::Digest>);
}

/// The marks of an entry: of what memory holds, and of what Redis holds.
///
/// They differ if a value encodes differently each time it is read: one with a hash map in it.
#[derive(Clone, Copy, Debug)]
pub struct Held<M> {
    /// Of what memory holds.
    pub seen: Option<M>,
    /// Of what Redis holds.
    pub stored: Option<M>,
}
