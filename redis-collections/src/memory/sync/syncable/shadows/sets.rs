//! The common calls of [`HashSet`] and [`BTreeSet`].

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
};

use crate::{
    memory::{
        Syncable,
        sync::mirror::{EntryTracker, Mirror},
    },
    store::Executor,
};

macro_rules! set_calls {
    ([$($parameter:ident),+] $set:ty, [$($bound:tt)+]; where $($bounds:tt)*) => {
        impl<$($parameter,)+ E> Syncable<$set, E>
        where
            $set: Mirror<E::Codec, Tracker = EntryTracker<T, ()>>,
            T: Clone + Eq + Hash + $($bound)+,
            E: Executor,
            $($bounds)*
        {
            /// Adds `member`, and returns whether it was new.
            pub fn insert(&mut self, member: T) -> bool {
                self.tracker.touch(member.clone());
                self.local.insert(member)
            }

            /// Removes `member`, and returns whether the set had it.
            pub fn remove<Q: $($bound)+ + ?Sized>(&mut self, member: &Q) -> bool
            where
                T: Borrow<Q>,
            {
                self.take(member).is_some()
            }

            /// Removes `member`, and returns the stored one.
            pub fn take<Q: $($bound)+ + ?Sized>(&mut self, member: &Q) -> Option<T>
            where
                T: Borrow<Q>,
            {
                let member = self.local.take(member)?;
                self.tracker.touch(member.clone());
                Some(member)
            }

            /// Keeps the members for which `keep` is true.
            pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
                let tracker = &mut self.tracker;
                self.local.retain(|member| {
                    let stays = keep(member);
                    if !stays {
                        tracker.touch(member.clone());
                    }
                    stays
                });
            }

            /// Adds all `members`.
            pub fn extend(&mut self, members: impl IntoIterator<Item = T>) {
                for member in members {
                    self.insert(member);
                }
            }
        }
    };
}

set_calls! { [T, S] HashSet<T, S>, [Hash + Eq]; where S: BuildHasher }
set_calls! { [T] BTreeSet<T>, [Ord]; where }
