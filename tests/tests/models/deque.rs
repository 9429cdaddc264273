//! `Deque` beside `VecDeque`, which has no limit.

use std::collections::VecDeque;

use proptest::prelude::*;
use redis::{Cmd, Value};
use redis_collections::{Collection, Deque, List, Operand, Sequence, Store, codegen::KeyHandle};

use crate::engine::{
    Calls, Model, Other, Pair, call, calls_of_any_key, few, is_out_of_range, place, play, refused,
    same, values,
};

/// How many elements a limited deque may have.
const MAXLEN: usize = 6;

/// A deque of a limited length.
#[derive(Debug)]
struct Limited(Deque<u16>);

#[test]
fn a_deque_does_what_a_vec_deque_does() {
    play::<Deque<u16>>();
}

#[test]
fn a_limited_deque_does_what_a_truncated_vec_deque_does() {
    play::<Limited>();
}

impl Model for Deque<u16> {
    type Std = VecDeque<u16>;

    fn open(store: &Store, name: &str) -> Self {
        Deque::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        List::read(name)
    }

    fn held(answer: Value) -> VecDeque<u16> {
        List::held(answer).into()
    }

    fn calls() -> Calls<Self> {
        [ends(), whole(), calls_of_any_key()].into_iter().flatten().collect()
    }
}

impl Model for Limited {
    type Std = VecDeque<u16>;

    fn open(store: &Store, name: &str) -> Self {
        Limited(Deque::open(store, name).with_maxlen(MAXLEN))
    }

    fn read(name: &str) -> Cmd {
        List::read(name)
    }

    fn held(answer: Value) -> VecDeque<u16> {
        List::held(answer).into()
    }

    fn calls() -> Calls<Self> {
        [ends(), whole(), calls_of_any_key()].into_iter().flatten().collect()
    }
}

impl Collection<Store> for Limited {
    fn from_handle(handle: KeyHandle<Store>) -> Self {
        Limited(Deque::from_handle(handle))
    }

    fn handle(&self) -> &KeyHandle<Store> {
        self.0.handle()
    }
}

/// What is a deque, of a limited length or not.
trait Queue: Model<Std = VecDeque<u16>> {
    fn deque(&self) -> &Deque<u16>;

    /// What an operand is: the deque itself.
    fn operand(&self) -> &dyn Operand<Sequence<u16>, Store> {
        self.deque()
    }

    fn maxlen(&self) -> usize {
        self.deque().maxlen().unwrap_or(usize::MAX)
    }
}

impl Queue for Deque<u16> {
    fn deque(&self) -> &Deque<u16> {
        self
    }
}

impl Queue for Limited {
    fn deque(&self) -> &Deque<u16> {
        &self.0
    }
}

/// Adds at the back; the first go if there are too many.
fn back<M: Queue>(pair: &mut Pair<M>, values: impl IntoIterator<Item = u16>) -> usize {
    let (deque, maxlen) = (&mut pair.ours.std, pair.ours.redis.maxlen());
    deque.extend(values);
    deque.drain(..deque.len().saturating_sub(maxlen));
    deque.len()
}

/// Adds at the front, one by one; the last go if there are too many.
fn front<M: Queue>(pair: &mut Pair<M>, values: impl IntoIterator<Item = u16>) -> usize {
    let (deque, maxlen) = (&mut pair.ours.std, pair.ours.redis.maxlen());
    values.into_iter().for_each(|value| deque.push_front(value));
    deque.truncate(maxlen);
    deque.len()
}

fn ends<M: Queue>() -> Calls<M> {
    vec![
        call("push_back", values(), |pair: &mut Pair<M>, value| {
            let len = back(pair, [value]);
            same(pair.ours.redis.deque().push_back(&value), len)
        }),
        call("push_front", values(), |pair, value| {
            let len = front(pair, [value]);
            same(pair.ours.redis.deque().push_front(&value), len)
        }),
        call("extend", few(values()), |pair, values| {
            back(pair, values.iter().copied());
            same(pair.ours.redis.deque().extend(values), ())
        }),
        call("extend_front", few(values()), |pair, values| {
            front(pair, values.iter().copied());
            same(pair.ours.redis.deque().extend_front(values), ())
        }),
        call("pop_back", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.deque().pop_back(), ours.std.pop_back())
        }),
        call("pop_front", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.deque().pop_front(), ours.std.pop_front())
        }),
        call("front", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.deque().front(), ours.std.front().copied())
        }),
        call("back", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.deque().back(), ours.std.back().copied())
        }),
        call("rotate_left", 0_usize..9, |Pair { ours, .. }, count| {
            let steps = count % ours.std.len().max(1);
            ours.std.rotate_left(steps);
            same(ours.redis.deque().rotate_left(count), ())
        }),
        call("rotate_right", 0_usize..9, |Pair { ours, .. }, count| {
            let steps = count % ours.std.len().max(1);
            ours.std.rotate_right(steps);
            same(ours.redis.deque().rotate_right(count), ())
        }),
    ]
}

fn whole<M: Queue>() -> Calls<M> {
    let other = || Other::any(few(values()));
    vec![
        call("insert", (-6_i64..7, values()), |Pair { ours, .. }: &mut Pair<M>, (index, value)| {
            let found = ours.redis.deque().insert(index, &value);
            if ours.std.len() >= ours.redis.maxlen() {
                return refused(found, is_out_of_range);
            }
            let len = i64::try_from(ours.std.len()).unwrap();
            let at = if index < 0 { index + len } else { index }.clamp(0, len);
            ours.std.insert(usize::try_from(at).unwrap(), value);
            same(found, ())
        }),
        call("remove", -6_i64..7, |Pair { ours, .. }, index| {
            let at = place(ours.std.len(), index);
            let removed = at.and_then(|at| ours.std.remove(at));
            same(ours.redis.deque().remove(index), removed)
        }),
        call("repeat", 0_usize..4, |Pair { ours, .. }, times| {
            same(ours.redis.deque().repeat(times), cut(&ours.redis, repeated(&ours.std, times)))
        }),
        call("repeat_assign", 0_usize..3, |Pair { ours, .. }, times| {
            let times = if ours.std.len() > 30 { times / 2 } else { times };
            ours.std = cut(&ours.redis, repeated(&ours.std, times)).into();
            same(ours.redis.deque().repeat_assign(times), ())
        }),
        call("extend_from", other(), |pair, other| {
            let theirs = other.std(pair);
            let done = match &other {
                Other::Itself => pair.ours.redis.deque().extend_from(pair.ours.redis.operand()),
                Other::Theirs => pair.ours.redis.deque().extend_from(pair.theirs.redis.operand()),
                Other::Local(local) => pair.ours.redis.deque().extend_from(local),
            };
            back(pair, theirs);
            same(done, ())
        }),
        call("concat", other(), |pair, other| {
            let both = pair.ours.std.iter().copied().chain(other.std(pair)).collect();
            let found = match &other {
                Other::Itself => pair.ours.redis.deque().concat(pair.ours.redis.operand()),
                Other::Theirs => pair.ours.redis.deque().concat(pair.theirs.redis.operand()),
                Other::Local(local) => pair.ours.redis.deque().concat(local),
            };
            same(found, cut(&pair.ours.redis, both))
        }),
    ]
}

fn repeated(deque: &VecDeque<u16>, times: usize) -> Vec<u16> {
    Vec::from(deque.clone()).repeat(times)
}

/// The last of `values`, as many as `queue` may hold.
fn cut<M: Queue>(queue: &M, values: Vec<u16>) -> Vec<u16> {
    let gone = values.len().saturating_sub(queue.maxlen());
    values[gone..].to_vec()
}
