//! [`Tally`] as the local type of a [`Counter`].

use std::{collections::HashMap, hash::Hash};

use redis::Value;

use crate::{
    codec::KeyCodec,
    collections::{Counter, KeySite, counter::whole::counts, number::number},
    command::{Key, Request, reply},
    error::Result,
    local::Tally,
    memory::{
        sync::mirror::{Entries, EntryTracker, Held, Mirror, Unreadable, mirrored_field},
        write_set::{Content, Edit, WriteKind, WriteSet},
    },
    store::Executor,
};

impl<T, C> Mirror<C> for Tally<T>
where
    T: Clone + Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Remote<E: Executor<Codec = C>> = Counter<T, E>;
    type Tracker = EntryTracker<T, i64>;

    fn read_request(key: &Key) -> Request {
        Request::read("HGETALL", key)
    }

    fn read(answer: Value) -> Result<Self> {
        counts::<C, T, HashMap<T, i64>>(answer).map(Tally::from)
    }

    fn load(_: &KeySite, answer: Value) -> Result<(Self, Self::Tracker)> {
        let (mut counts, mut unreadable) = (HashMap::new(), None);
        for (thing, count) in reply::raw_pairs(answer)? {
            let count = reply::bytes(count)?;
            let len = count.len();
            let pair = reply::key::<C, T>(thing)
                .and_then(|thing| Ok((thing, number(Value::BulkString(count))?)));
            counts.extend(Unreadable::sift(pair, len, &mut unreadable)?);
        }
        Ok((counts.clone().into(), EntryTracker::new(counts, unreadable)))
    }

    fn replace<'w>(&self, site: &KeySite, writes: &'w mut WriteSet) -> Edit<'w> {
        let mut edit = writes.replace(&site.key, Content::Counts);
        for (thing, count) in self {
            edit.add_count::<C, T>(thing, (*count).into());
        }
        edit
    }
}

/// A count is written as what was added since: others may have counted on.
impl<T, C> Entries<C> for Tally<T>
where
    T: Clone + Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Key = T;
    type Digest = i64;

    const WRITE_KIND: WriteKind = WriteKind::Count;

    fn digests(&self) -> impl Iterator<Item = (&T, Result<i64>)> {
        self.iter().map(|(thing, count)| (thing, Ok(*count)))
    }

    fn contains(&self, thing: &T) -> bool {
        self.contains_key(thing)
    }

    fn digest(&self, thing: &T) -> Result<Option<i64>> {
        Ok(self.as_map().get(thing).copied())
    }

    fn to_word(count: i64) -> Vec<u8> {
        count.to_string().into_bytes()
    }

    fn put(&self, thing: &T, old: Option<i64>, edit: &mut Edit<'_>) {
        let amount = i128::from(self.get(thing)) - i128::from(old.unwrap_or(0));
        edit.add_count::<C, T>(thing, amount);
    }

    fn remove_entry(thing: &T, old: Option<i64>, edit: &mut Edit<'_>) {
        edit.remove_count::<C, T>(thing, -i128::from(old.unwrap_or(0)));
    }

    fn expect(thing: &T, digests: &[Vec<u8>], edit: &mut Edit<'_>) {
        edit.expect::<C, T>(thing, digests);
    }

    fn read_entries_request(handle: &Key, things: &[T]) -> Request {
        Request::read("HMGET", handle).values::<C, T, _>(things)
    }

    fn accept(&mut self, thing: &T, answer: Value) -> Result<Held<i64>> {
        let count = reply::or_nil(answer, number)?;
        match count {
            Some(count) => self.set(thing.clone(), count),
            None => drop(self.remove(thing)),
        }
        Ok(Held { seen: count, stored: count })
    }

    fn carry_over(&mut self, thing: &T, theirs: &mut Self, old: Option<i64>) {
        let new = theirs.as_map().get(thing).copied();
        if new == old {
            return;
        }
        let more = i128::from(new.unwrap_or(0)) - i128::from(old.unwrap_or(0));
        let sum = i128::from(self.get(thing)) + more;
        let sum = i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
        if new.is_none() && sum == 0 {
            self.remove(thing);
        } else {
            self.set(thing.clone(), sum);
        }
    }
}

mirrored_field! {
    [T] Tally<T>: "Counter", C::NAME;
    where
        T: Clone + Eq + Hash + Send + 'static,
        C: KeyCodec<T>
}
