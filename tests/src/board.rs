//! [`Board`]: a struct of each type that can be kept in memory, and random changes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use redis_collections::{Executor, RedisStruct, Scores, Tally};

/// One field of each type that can be kept in memory.
#[derive(RedisStruct, Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// Words by number.
    #[sync]
    pub words: HashMap<u32, String>,
    /// Numbers by number, in order.
    #[sync]
    pub tree: BTreeMap<u32, u64>,
    /// Numbers that have a default.
    #[redis(sync, default)]
    pub levels: HashMap<u32, u64>,
    /// Counts that everybody changes.
    #[sync]
    pub kills: Tally<u32>,
    /// Members.
    #[sync]
    pub tags: HashSet<u32>,
    /// Members, in order.
    #[sync]
    pub marks: BTreeSet<u32>,
    /// Scores.
    #[sync]
    pub ladder: Scores<u32>,
    /// Elements, which one process adds behind and the other before.
    #[sync]
    pub log: Vec<u32>,
    /// Elements, of which one process adds behind, and the other takes before.
    #[sync]
    pub queue: VecDeque<u32>,
}

/// One of the two processes that change a board; each has entries of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It has the even keys, and adds behind.
    Even,
    /// It has the odd keys, adds before, and takes.
    Odd,
}

/// A change of a board.
#[derive(Clone, Debug)]
pub enum Change {
    /// Sets a word, or removes it.
    Word(u32, Option<String>),
    /// Sets a number, or removes it.
    Branch(u32, Option<u64>),
    /// Adds to a number with a default.
    Level(u32, u64),
    /// Counts, up or down.
    Kill(u32, i64),
    /// Adds a member, or removes it.
    Tag(u32, bool),
    /// Adds a member, or removes it.
    Mark(u32, bool),
    /// Sets a score, or removes it.
    Score(u32, Option<f64>),
    /// Adds an element, at the front or at the back.
    Log(u32, Side),
    /// Adds an element at the back, or takes one at the front.
    Queue(u32, Side),
    /// Changes all words of one side through a mutable borrow.
    Shout(Side),
}

impl Change {
    /// Changes that `side` can make, of which none touches an entry of the other.
    pub fn random(random: &mut fastrand::Rng, side: Side) -> Vec<Self> {
        (0..random.usize(1..12)).map(|_| Self::one(random, side)).collect()
    }

    /// Whether it takes an element that the other side has added.
    pub fn takes(&self) -> bool {
        matches!(self, Change::Queue(_, Side::Odd))
    }

    fn one(random: &mut fastrand::Rng, side: Side) -> Self {
        let key = 2 * random.u32(0..20) + u32::from(side == Side::Odd);
        let number = random.u32(..);
        match random.u8(0..10) {
            0 => Change::Word(key, random.bool().then(|| format!("word {number}"))),
            1 => Change::Branch(key, random.bool().then_some(number.into())),
            2 => Change::Level(key, random.u64(0..5)),
            3 => Change::Kill(random.u32(0..10), random.i64(-5..10)),
            4 => Change::Tag(key, random.bool()),
            5 => Change::Mark(key, random.bool()),
            6 => Change::Score(key, random.bool().then(|| f64::from(number) / 3.0)),
            7 => Change::Log(number, side),
            8 => Change::Queue(number, side),
            _ => Change::Shout(side),
        }
    }

    /// Makes the change in a plain board.
    pub fn make(&self, board: &mut Board) {
        match self.clone() {
            Change::Word(key, Some(word)) => drop(board.words.insert(key, word)),
            Change::Word(key, None) => drop(board.words.remove(&key)),
            Change::Branch(key, Some(number)) => drop(board.tree.insert(key, number)),
            Change::Branch(key, None) => drop(board.tree.remove(&key)),
            Change::Level(key, more) => *board.levels.entry(key).or_default() += more,
            Change::Kill(thing, more) => _ = board.kills.add(thing, more),
            Change::Tag(member, true) => _ = board.tags.insert(member),
            Change::Tag(member, false) => _ = board.tags.remove(&member),
            Change::Mark(member, true) => _ = board.marks.insert(member),
            Change::Mark(member, false) => _ = board.marks.remove(&member),
            Change::Score(member, Some(score)) => board.ladder.set_score(member, score),
            Change::Score(member, None) => _ = board.ladder.remove(&member),
            Change::Log(number, Side::Even) => board.log.push(number),
            Change::Log(number, Side::Odd) => board.log.insert(0, number),
            Change::Queue(number, Side::Even) => board.queue.push_back(number),
            Change::Queue(_, Side::Odd) => _ = board.queue.pop_front(),
            Change::Shout(side) => shout(&mut board.words, side),
        }
    }

    /// Makes the change in a live board, by the calls that note it.
    pub fn make_live<E: Executor>(&self, board: &mut LiveBoard<E>) {
        match self.clone() {
            Change::Word(key, Some(word)) => drop(board.words.insert(key, word)),
            Change::Word(key, None) => drop(board.words.remove(&key)),
            Change::Branch(key, Some(number)) => drop(board.tree.insert(key, number)),
            Change::Branch(key, None) => drop(board.tree.remove(&key)),
            Change::Level(key, more) => *board.levels.get_or_default(key) += more,
            Change::Kill(thing, more) => _ = board.kills.add(thing, more),
            Change::Tag(member, true) => _ = board.tags.insert(member),
            Change::Tag(member, false) => _ = board.tags.remove(&member),
            Change::Mark(member, true) => _ = board.marks.insert(member),
            Change::Mark(member, false) => _ = board.marks.remove(&member),
            Change::Score(member, Some(score)) => board.ladder.set_score(member, score),
            Change::Score(member, None) => _ = board.ladder.remove(&member),
            Change::Log(number, Side::Even) => board.log.push(number),
            Change::Log(number, Side::Odd) => board.log.insert(0, number),
            Change::Queue(number, Side::Even) => board.queue.push_back(number),
            Change::Queue(_, Side::Odd) => _ = board.queue.pop_front(),
            Change::Shout(side) => shout(&mut board.words, side),
        }
    }
}

fn shout(words: &mut HashMap<u32, String>, side: Side) {
    let own = |key: &u32| (key % 2 == 1) == (side == Side::Odd);
    words.iter_mut().filter(|(key, _)| own(key)).for_each(|(_, word)| word.push('!'));
}
