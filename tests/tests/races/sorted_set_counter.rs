//! `SortedSetCounter`, raced.

use fastrand::Rng;
use redis_collections::{Collection, SortedSetCounter};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Score(u8),
    Rank(u8),
    SetScore(u8, i32),
    GetOrSetScore(u8, i32),
    Increment(u8, i32),
    Remove(u8),
    PopFirst,
    PopLast,
    RemoveFirstTwo,
    RemoveAbove(i32),
    ExtendFrom,
    Clear,
    Whole,
}

/// Members with their scores, the lowest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ladder(Vec<(i32, u8)>);

impl Ladder {
    fn score(&self, member: u8) -> Option<i32> {
        self.0.iter().find(|(_, it)| *it == member).map(|(score, _)| *score)
    }

    fn set(&mut self, member: u8, score: i32) -> i32 {
        self.0.retain(|(_, it)| *it != member);
        self.0.push((score, member));
        self.0.sort_unstable();
        score
    }

    fn take(&mut self, at: usize) -> Option<(u8, f64)> {
        (at < self.0.len()).then(|| self.0.remove(at)).map(|(score, member)| (member, score.into()))
    }
}

impl Model for Ladder {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        let old = |member| self.score(member);
        match call {
            Call::Score(member) => only(self, |ladder| ladder.score(member).map(f64::from)),
            Call::Rank(member) => {
                only(self, |ladder| ladder.0.iter().position(|(_, it)| *it == member))
            }
            Call::SetScore(member, score) => only(self, |ladder| _ = ladder.set(member, score)),
            Call::GetOrSetScore(member, score) => only(self, |ladder| {
                f64::from(old(member).unwrap_or_else(|| ladder.set(member, score)))
            }),
            Call::Increment(member, amount) => only(self, |ladder| {
                f64::from(ladder.set(member, old(member).unwrap_or(0) + amount))
            }),
            Call::Remove(member) => only(self, |ladder| {
                ladder.0.retain(|(_, it)| *it != member);
                old(member).map(f64::from)
            }),
            Call::PopFirst => only(self, |ladder| ladder.take(0)),
            Call::PopLast => only(self, |ladder| ladder.take(ladder.0.len().wrapping_sub(1))),
            Call::RemoveFirstTwo => only(self, |ladder| {
                let gone = ladder.0.len().min(2);
                ladder.0.drain(..gone).count()
            }),
            Call::RemoveAbove(least) => only(self, |ladder| {
                let before = ladder.0.len();
                ladder.0.retain(|(score, _)| *score < least);
                before - ladder.0.len()
            }),
            Call::ExtendFrom => only(self, |ladder| {
                for (member, score) in OTHER {
                    ladder.set(member, score);
                }
            }),
            Call::Clear => only(self, |ladder| !std::mem::take(&mut ladder.0).is_empty()),
            Call::Whole => only(self, |ladder| {
                let all = ladder.0.iter().map(|(score, member)| (*member, f64::from(*score)));
                all.collect::<Vec<_>>()
            }),
        }
    }
}

const OTHER: [(u8, i32); 2] = [(1, 3), (2, -1)];

impl Subject for Ladder {
    type Handle<E: Racer> = [SortedSetCounter<u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (member, score) = (rng.u8(..3), rng.i32(-2..4));
        match rng.u8(..15) {
            0 => Call::Score(member),
            1 => Call::Rank(member),
            2..4 => Call::SetScore(member, score),
            4 => Call::GetOrSetScore(member, score),
            5..7 => Call::Increment(member, score),
            7 => Call::Remove(member),
            8 => Call::PopFirst,
            9 => Call::PopLast,
            10 => Call::RemoveFirstTwo,
            11 => Call::RemoveAbove(score),
            12 => Call::ExtendFrom,
            13 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = SortedSetCounter::open(store, &format!("{name} other"));
        E::ask(other.extend(OTHER)).await;
        [SortedSetCounter::open(store, name), other]
    }

    async fn send<E: Racer>([ladder, other]: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Score(member) => E::told(ladder.score(&member)).await,
            Call::Rank(member) => E::told(ladder.rank(&member)).await,
            Call::SetScore(member, score) => {
                E::ask(ladder.set_score(&member, score)).await;
                "()".into()
            }
            Call::GetOrSetScore(member, score) => {
                E::told(ladder.get_or_set_score(&member, score)).await
            }
            Call::Increment(member, amount) => E::told(ladder.increment(&member, amount)).await,
            Call::Remove(member) => E::told(ladder.remove(&member)).await,
            Call::PopFirst => E::told(ladder.pop_first()).await,
            Call::PopLast => E::told(ladder.pop_last()).await,
            Call::RemoveFirstTwo => E::told(ladder.remove_by_rank(..2)).await,
            Call::RemoveAbove(least) => E::told(ladder.remove_by_score(f64::from(least)..)).await,
            Call::ExtendFrom => E::told(ladder.extend_from(other)).await,
            Call::Clear => E::told(ladder.clear()).await,
            Call::Whole => E::told(ladder.items()).await,
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Ladder, E>(store).await;
}
