//! `List` and `Deque` beside std's own, over random calls; a failure prints the seed.

use std::{collections::VecDeque, env, ops::Bound, process};

use redis_collections::{Deque, Error, List};
use redis_collections_tests::store;

type Ends = (Bound<i64>, Bound<i64>);

/// A small generator, so that a seed gives the same calls everywhere.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let seed = env::var("SEED").map_or(u64::from(process::id()), |seed| seed.parse().unwrap());
        println!("SEED={seed}");
        Random(seed)
    }

    /// A number from `low` to `high`.
    fn number(&mut self, low: i64, high: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + i64::try_from(self.0 >> 33).unwrap() % (high - low + 1)
    }

    fn count(&mut self, high: i64) -> usize {
        usize::try_from(self.number(0, high)).unwrap()
    }

    fn values(&mut self, len: usize) -> Vec<i64> {
        (0..len).map(|_| self.number(0, 3)).collect()
    }

    fn index(&mut self) -> i64 {
        match self.number(0, 30) {
            0 => i64::MIN,
            1 => i64::MAX,
            _ => self.number(-8, 8),
        }
    }

    fn step(&mut self) -> i64 {
        [1, 1, 2, 3, -1, -2, -3][self.count(6)]
    }

    fn ends(&mut self) -> Ends {
        let start =
            if self.number(0, 3) == 0 { Bound::Unbounded } else { Bound::Included(self.index()) };
        let stop =
            if self.number(0, 3) == 0 { Bound::Unbounded } else { Bound::Excluded(self.index()) };
        (start, stop)
    }
}

/// The indices that Python's `range(*slice(start, stop, step).indices(len))` gives.
fn indices((start, end): Ends, step: i64, len: usize) -> Vec<usize> {
    let len = i128::try_from(len).unwrap();
    let place = |bound: Bound<i64>, open: i128| match bound {
        Bound::Unbounded => open,
        Bound::Included(at) | Bound::Excluded(at) => {
            let at = if at < 0 { i128::from(at) + len } else { at.into() };
            if step > 0 { at.clamp(0, len) } else { at.clamp(-1, len - 1) }
        }
    };
    let (low, high) = if step > 0 { (0, len) } else { (len - 1, -1) };
    let (mut at, end) = (place(start, low), place(end, high));
    let mut found = Vec::new();
    while if step > 0 { at < end } else { at > end } {
        found.push(usize::try_from(at).unwrap());
        at += i128::from(step);
    }
    found
}

/// The index that counts from the front, if there is one.
fn index(at: i64, len: usize) -> Option<usize> {
    let at = if at < 0 { at.checked_add(i64::try_from(len).unwrap())? } else { at };
    usize::try_from(at).ok().filter(|at| *at < len)
}

/// Where an element inserted at `at` goes.
fn gap(at: i64, len: usize) -> usize {
    indices((Bound::Unbounded, Bound::Excluded(at)), 1, len).len()
}

#[test]
fn a_list_does_what_a_vec_does() {
    let (store, mut random) = (store(), Random::new());
    let list: List<i64> = List::open(&store, "list");
    let mut model: Vec<i64> = Vec::new();

    for call in 0..3_000 {
        match random.count(2) {
            0 => look(&list, &model, &mut random),
            1 => change(&list, &mut model, &mut random),
            _ => change_range(&list, &mut model, &mut random),
        }
        assert_eq!(list.to_vec().unwrap(), model, "after call {call}");
    }
}

#[test]
fn a_deque_does_what_a_vec_deque_does() {
    let (store, mut random) = (store(), Random::new());

    for maxlen in [None, Some(0), Some(1), Some(4)] {
        let name = format!("deque{maxlen:?}");
        let deque: Deque<i64> = Deque::open(&store, &name);
        let deque = maxlen.map_or(deque.clone(), |maxlen| deque.with_maxlen(maxlen));
        let mut model = VecDeque::new();
        for call in 0..500 {
            turn(&deque, &mut model, &mut random);
            assert_eq!(model, deque.to_vec().unwrap(), "{maxlen:?} after call {call}");
        }
    }
}

/// Makes one random call that only reads on both.
fn look(list: &List<i64>, model: &[i64], random: &mut Random) {
    let (ends, step, value) = (random.ends(), random.step(), random.number(0, 3));
    let at = random.index();
    match random.count(4) {
        0 => assert_eq!(list.get(at).unwrap(), index(at, model.len()).map(|at| model[at])),
        1 => {
            let chosen = indices(ends, step, model.len()).into_iter().map(|at| model[at]);
            assert_eq!(list.range_step(ends, step).unwrap(), chosen.collect::<Vec<_>>());
        }
        2 => {
            let found = indices(ends, 1, model.len()).into_iter().find(|at| model[*at] == value);
            assert_eq!(list.index_of_in(ends, &value).unwrap(), found, "{ends:?}");
        }
        3 => {
            let equal = model.iter().filter(|other| **other == value).count();
            assert_eq!(list.count(&value).unwrap(), equal);
        }
        _ => assert_eq!(list.contains(&value).unwrap(), model.contains(&value)),
    }
}

/// Makes one random call that changes an element, or all of them, on both.
fn change(list: &List<i64>, model: &mut Vec<i64>, random: &mut Random) {
    let (at, value, len) = (random.index(), random.number(0, 3), model.len());
    match random.count(8) {
        0 => {
            list.push(&value).unwrap();
            model.push(value);
        }
        1 => assert_eq!(list.pop().unwrap(), model.pop()),
        2 => {
            let place = index(at, len);
            assert_eq!(list.set(at, &value).unwrap(), place.is_some());
            if let Some(at) = place {
                model[at] = value;
            }
        }
        3 => {
            list.insert(at, &value).unwrap();
            model.insert(gap(at, len), value);
        }
        4 => assert_eq!(list.remove(at).unwrap(), index(at, len).map(|at| model.remove(at))),
        5 => {
            let found = model.iter().position(|other| *other == value);
            assert_eq!(list.index_of(&value).unwrap(), found);
            assert_eq!(list.remove_value(&value).unwrap(), found.is_some());
            found.map(|at| model.remove(at));
        }
        6 => {
            list.reverse().unwrap();
            model.reverse();
        }
        7 if len < 12 => {
            let times = random.count(2);
            list.repeat_assign(times).unwrap();
            *model = model.repeat(times);
        }
        _ => {
            list.sort().unwrap();
            model.sort_unstable();
        }
    }
}

/// Makes one random call that changes a range on both.
fn change_range(list: &List<i64>, model: &mut Vec<i64>, random: &mut Random) {
    let (ends, step) = (random.ends(), random.step());
    let chosen = indices(ends, step, model.len());
    match random.count(2) {
        0 => {
            let count = random.count(4);
            let values = random.values(count);
            list.set_range(ends, &values).unwrap();
            splice(model, ends, values);
        }
        1 if step != 1 => {
            let values = random.values(chosen.len());
            list.set_range_step(ends, step, &values).unwrap();
            for (at, value) in chosen.into_iter().zip(values) {
                model[at] = value;
            }
        }
        _ => {
            assert_eq!(list.delete_range_step(ends, step).unwrap(), chosen.len());
            let mut at = 0..;
            model.retain(|_| at.next().is_none_or(|at| !chosen.contains(&at)));
        }
    }
}

/// Makes one random call on both.
fn turn(deque: &Deque<i64>, model: &mut VecDeque<i64>, random: &mut Random) {
    let (value, count, at) = (random.number(0, 3), random.count(6), random.index());
    let maxlen = deque.maxlen().unwrap_or(usize::MAX);
    match random.count(9) {
        0 => {
            model.push_back(value);
            model.drain(..model.len().saturating_sub(maxlen));
            assert_eq!(deque.push_back(&value).unwrap(), model.len());
        }
        1 => {
            model.push_front(value);
            model.truncate(maxlen);
            assert_eq!(deque.push_front(&value).unwrap(), model.len());
        }
        2 => {
            let values = random.values(count);
            deque.extend(&values).unwrap();
            model.extend(values);
            model.drain(..model.len().saturating_sub(maxlen));
        }
        3 => {
            let values = random.values(count);
            deque.extend_front(&values).unwrap();
            for value in values {
                model.push_front(value);
            }
            model.truncate(maxlen);
        }
        4 => {
            deque.rotate_left(count).unwrap();
            model.rotate_left(count.checked_rem(model.len()).unwrap_or(0));
        }
        5 => {
            deque.rotate_right(count).unwrap();
            model.rotate_right(count.checked_rem(model.len()).unwrap_or(0));
        }
        6 => assert_eq!(deque.pop_front().unwrap(), model.pop_front()),
        7 => assert_eq!(deque.pop_back().unwrap(), model.pop_back()),
        8 if model.len() >= maxlen => {
            assert!(matches!(deque.insert(at, &value), Err(Error::OutOfRange { .. })));
        }
        8 => {
            deque.insert(at, &value).unwrap();
            model.insert(gap(at, model.len()), value);
        }
        _ => {
            let removed = index(at, model.len()).and_then(|at| model.remove(at));
            assert_eq!(deque.remove(at).unwrap(), removed);
        }
    }
}

fn splice(model: &mut Vec<i64>, ends: Ends, values: Vec<i64>) {
    let chosen = indices(ends, 1, model.len());
    let start = match ends.0 {
        Bound::Included(at) => gap(at, model.len()),
        _ => 0,
    };
    model.splice(start..start + chosen.len(), values);
}
