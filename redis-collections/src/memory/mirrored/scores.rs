//! [`Scores`] as the local type of a [`SortedSetCounter`].

use std::{collections::HashMap, hash::Hash};

use redis::Value;

use crate::{
    codec::{KeyCodec, decode_key},
    collections::{KeySite, SortedSetCounter, sorted_set_counter::score::exact},
    command::{Key, Request, reply},
    error::Result,
    local::Scores,
    memory::{
        sync::mirror::{Entries, EntryTracker, Held, Mirror, Unreadable, mirrored_field},
        write_set::{Content, Edit, WriteKind, WriteSet},
    },
    store::Executor,
};

impl<T, C> Mirror<C> for Scores<T>
where
    T: Clone + Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Remote<E: Executor<Codec = C>> = SortedSetCounter<T, E>;
    type Tracker = EntryTracker<T, f64>;

    fn read_request(key: &Key) -> Request {
        Request::read("ZRANGE", key).arg(0).arg(-1).arg("WITHSCORES")
    }

    fn read(answer: Value) -> Result<Self> {
        reply::pairs(answer, reply::key::<C, T>, reply::float)
    }

    fn load(_: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)> {
        let (mut scores, mut unreadable) = (HashMap::new(), None);
        for (member, score) in reply::raw_pairs(answer)? {
            let (bytes, score) = (reply::bytes(member)?, reply::float(score)?);
            let member =
                Unreadable::sift(decode_key::<C, T>(&bytes), bytes.len(), &mut unreadable)?;
            scores.extend(member.map(|member| (member, score)));
        }
        Ok((scores.clone().into_iter().collect(), EntryTracker::new(scores, unreadable)))
    }

    fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
        let mut edit = writes.replace(&site.key, Content::SortedSet);
        for (member, score) in self.as_map() {
            edit.set_score::<C, T>(member, exact(*score));
        }
        edit
    }
}

impl<T, C> Entries<C> for Scores<T>
where
    T: Clone + Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Key = T;
    type Digest = f64;

    const WRITE_KIND: WriteKind = WriteKind::SortedSet;

    fn digests(&self) -> impl Iterator<Item = (&T, Result<f64>)> {
        self.as_map().iter().map(|(member, score)| (member, Ok(*score)))
    }

    fn contains(&self, member: &T) -> bool {
        self.contains(member)
    }

    fn digest(&self, member: &T) -> Result<Option<f64>> {
        Ok(self.score(member))
    }

    fn to_word(score: f64) -> Vec<u8> {
        score.to_string().into_bytes()
    }

    fn put(&self, member: &T, _: Option<f64>, edit: &mut Edit<'_>) {
        if let Some(score) = self.score(member) {
            edit.set_score::<C, T>(member, exact(score));
        }
    }

    fn remove_entry(member: &T, _: Option<f64>, edit: &mut Edit<'_>) {
        edit.remove::<C, T>(member);
    }

    fn expect(member: &T, digests: &[Vec<u8>], edit: &mut Edit<'_>) {
        edit.expect::<C, T>(member, digests);
    }

    fn read_entries_request(handle: &Key, members: &[T]) -> Request {
        Request::read("ZMSCORE", handle).values::<C, T, _>(members)
    }

    fn accept(&mut self, member: &T, answer: Value) -> Result<Held<f64>> {
        let score = reply::optional_float(answer)?;
        match score {
            Some(score) => self.set_score(member.clone(), score),
            None => drop(self.remove(member)),
        }
        Ok(Held { seen: score, stored: score })
    }

    fn carry_over(&mut self, member: &T, theirs: &mut Self, _: Option<f64>) {
        match theirs.score(member) {
            Some(score) => self.set_score(member.clone(), score),
            None => drop(self.remove(member)),
        }
    }
}

mirrored_field! {
    [T] Scores<T>: "SortedSetCounter", C::NAME;
    where
        T: Clone + Eq + Hash + Send + 'static,
        C: KeyCodec<T>
}
