//! `Set`, raced.

use std::collections::{BTreeSet, HashSet};

use fastrand::Rng;
use redis_collections::{Collection, Set};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Contains(u8),
    Insert(u8),
    Remove(u8),
    PopAny,
    Union,
    Intersection,
    Difference,
    SymmetricDifference,
    SymmetricDifferenceInMemory,
    IntersectionInMemory,
    IsSubset,
    IsSuperset,
    Equals,
    Clear,
    Whole,
}

type Members = BTreeSet<u8>;

impl Model for Members {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        let other = Members::from(OTHER);
        match call {
            Call::Contains(member) => only(self, |members| members.contains(&member)),
            Call::Insert(member) => only(self, |members| members.insert(member)),
            Call::Remove(member) => only(self, |members| members.remove(&member)),
            Call::PopAny if self.is_empty() => only(self, |_| None::<u8>),
            Call::PopAny => {
                self.iter().flat_map(|member| only(self, |members| members.take(member))).collect()
            }
            Call::Union => only(self, |members| *members = &*members | &other),
            Call::Intersection | Call::IntersectionInMemory => {
                only(self, |members| *members = &*members & &other)
            }
            Call::Difference => only(self, |members| *members = &*members - &other),
            Call::SymmetricDifference | Call::SymmetricDifferenceInMemory => {
                only(self, |members| *members = &*members ^ &other)
            }
            Call::IsSubset => only(self, |members| members.is_subset(&other)),
            Call::IsSuperset => only(self, |members| members.is_superset(&other)),
            Call::Equals => only(self, |members| *members == other),
            Call::Clear => only(self, |members| !std::mem::take(members).is_empty()),
            Call::Whole => only(self, |members| members.clone()),
        }
    }
}

const OTHER: [u8; 2] = [1, 2];

impl Subject for Members {
    type Handle<E: Racer> = [Set<u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let member = rng.u8(..4);
        match rng.u8(..17) {
            0 => Call::Contains(member),
            1..3 => Call::Insert(member),
            3 => Call::Remove(member),
            4 => Call::PopAny,
            5 => Call::Union,
            6 => Call::Intersection,
            7 => Call::Difference,
            8..10 => Call::SymmetricDifference,
            10 => Call::SymmetricDifferenceInMemory,
            11 => Call::IntersectionInMemory,
            12 => Call::IsSubset,
            13 => Call::IsSuperset,
            14 => Call::Equals,
            15 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = Set::open(store, &format!("{name} other"));
        E::ask(other.extend(OTHER)).await;
        [Set::open(store, name), other]
    }

    async fn send<E: Racer>([set, other]: &Self::Handle<E>, call: Call) -> String {
        let local = HashSet::from(OTHER);
        match call {
            Call::Contains(member) => E::told(set.contains(&member)).await,
            Call::Insert(member) => E::told(set.insert(&member)).await,
            Call::Remove(member) => E::told(set.remove(&member)).await,
            Call::PopAny => E::told(set.pop_any()).await,
            Call::Union => E::told(set.union_assign([other])).await,
            Call::Intersection => E::told(set.intersection_assign([other])).await,
            Call::Difference => E::told(set.difference_assign([other])).await,
            Call::SymmetricDifference => E::told(set.symmetric_difference_assign([other])).await,
            Call::SymmetricDifferenceInMemory => {
                E::told(set.symmetric_difference_assign([&local])).await
            }
            Call::IntersectionInMemory => E::told(set.intersection_assign([&local])).await,
            Call::IsSubset => E::told(set.is_subset(other)).await,
            Call::IsSuperset => E::told(set.is_superset(&local)).await,
            Call::Equals => E::told(set.equals(&local)).await,
            Call::Clear => E::told(set.clear()).await,
            Call::Whole => {
                let members: HashSet<u8> = E::ask(set.to_set()).await;
                format!("{:?}", Members::from_iter(members))
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Members, E>(store).await;
}
