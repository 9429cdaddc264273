//! [`HashSet`] and [`BTreeSet`] as the local types of a [`Set`].

use std::{
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
};

use redis::Value;

use crate::{
    codec::{KeyCodec, decode_key},
    collections::{KeySite, Set},
    command::{Key, Request, reply},
    error::Result,
    memory::{
        sync::mirror::{Entries, EntryTracker, Held, Mirror, Unreadable, mirrored_field},
        write_set::{Content, Edit, WriteKind, WriteSet},
    },
    store::Executor,
};

macro_rules! local_set {
    ([$($parameter:ident),+] $set:ty where $($bounds:tt)+) => {
        impl<$($parameter,)+ C> Mirror<C> for $set
        where
            T: Clone + Eq + Hash + Send + 'static,
            C: KeyCodec<T>,
            $($bounds)+
        {
            type Remote<E: Executor<Codec = C>> = Set<T, E>;
            type Tracker = EntryTracker<T, ()>;

            fn read_request(key: &Key) -> Request {
                Request::read("SMEMBERS", key)
            }

            fn read(answer: Value) -> Result<Self> {
                reply::list(answer, reply::key::<C, T>)
            }

            fn load(_: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)> {
                let mut unreadable = None;
                let members = reply::items(answer)?.into_iter().map(|member| {
                    let bytes = reply::bytes(member)?;
                    Unreadable::sift(decode_key::<C, T>(&bytes), bytes.len(), &mut unreadable)
                });
                let members: Self = members.filter_map(Result::transpose).collect::<Result<_>>()?;
                let held = members.iter().map(|member| (member.clone(), ()));
                let digests = EntryTracker::new(held, unreadable);
                Ok((members, digests))
            }

            fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
                let mut edit = writes.replace(&site.key, Content::Set);
                for member in self {
                    edit.add::<C, T>(member);
                }
                edit
            }
        }

        impl<$($parameter,)+ C> Entries<C> for $set
        where
            T: Clone + Eq + Hash + Send + 'static,
            C: KeyCodec<T>,
            $($bounds)+
        {
            type Key = T;
            type Digest = ();

            const WRITE_KIND: WriteKind = WriteKind::Set;

            fn digests(&self) -> impl Iterator<Item = (&T, Result<()>)> {
                self.iter().map(|member| (member, Ok(())))
            }

            fn contains(&self, member: &T) -> bool {
                self.contains(member)
            }

            fn digest(&self, member: &T) -> Result<Option<()>> {
                Ok(self.contains(member).then_some(()))
            }

            fn to_word((): ()) -> Vec<u8> {
                b"+".to_vec()
            }

            fn put(&self, member: &T, _: Option<()>, edit: &mut Edit<'_>) {
                edit.add::<C, T>(member);
            }

            fn remove_entry(member: &T, _: Option<()>, edit: &mut Edit<'_>) {
                edit.remove::<C, T>(member);
            }

            fn expect(member: &T, digests: &[Vec<u8>], edit: &mut Edit<'_>) {
                edit.expect::<C, T>(member, digests);
            }

            fn read_entries_request(handle: &Key, members: &[T]) -> Request {
                Request::read("SMISMEMBER", handle).values::<C, T, _>(members)
            }

            fn accept(&mut self, member: &T, answer: Value) -> Result<Held<()>> {
                let held = reply::flag(answer)?.then_some(());
                match held {
                    Some(()) => self.insert(member.clone()),
                    None => self.remove(member),
                };
                Ok(Held { seen: held, stored: held })
            }

            fn carry_over(&mut self, member: &T, theirs: &mut Self, _: Option<()>) {
                if theirs.contains(member) {
                    self.insert(member.clone());
                } else {
                    self.remove(member);
                }
            }
        }

        mirrored_field! {
            [$($parameter),+] $set: "Set", C::NAME;
            where
                T: Clone + Eq + Hash + Send + 'static,
                C: KeyCodec<T>,
                $($bounds)+
        }
    };
}

local_set!([T, S] HashSet<T, S> where S: BuildHasher + Default + Send + 'static);
local_set!([T] BTreeSet<T> where T: Ord);
