//! [`Notebook`]: the data that the desk keeps in memory, in std's own types. One `sync` writes it to Redis.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use redis_collections::{RedisStruct, Scores, Tally};
use serde::{Deserialize, Serialize};

use crate::{club::Feat, game::Game};

/// The data that the desk keeps in memory: a part of the club, with one field of each type that `#[sync]` accepts.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "tour:notebook")]
pub(crate) struct Notebook {
    /// The number of games on each day.
    #[sync]
    pub(crate) calendar: BTreeMap<String, u64>,
    /// How the games ended.
    #[sync]
    pub(crate) finishes: Tally<String>,
    /// All time controls.
    #[sync]
    pub(crate) clocks: HashSet<String>,
    /// All broken records, in order.
    #[sync]
    pub(crate) chronicle: Vec<String>,
    /// The latest games that ended in mate.
    #[sync]
    #[redis(maxlen = 3)]
    pub(crate) mates: VecDeque<String>,
    /// The sum of rating points by which each member has beaten stronger players.
    #[sync]
    pub(crate) giants: Scores<String>,
    /// The length of the games at each speed.
    #[sync]
    #[redis(default)]
    pub(crate) paces: HashMap<String, Pace>,
}

/// The length of the games at one speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Pace {
    pub(crate) games: u64,
    pub(crate) moves: u64,
}

impl LiveNotebook {
    /// Notes a game and its records. Sends nothing.
    pub(crate) fn note(&mut self, game: &Game, feats: &[(String, Feat)]) {
        *self.calendar.entry(game.day().into()).or_default() += 1;
        self.finishes.add(game.finish().into(), 1);
        self.clocks.insert(game.clock.clone());
        self.chronicle.extend(feats.iter().map(|(what, feat)| feat.line(what)));
        if game.finish() == "checkmate" {
            push_bounded(&mut self.mates, game.headline());
        }
        if game.upset() > 0 {
            self.giants.increment(game.winner().into(), game.upset().into());
        }
        self.paces.get_or_default(game.speed.clone()).count(game);
    }
}

impl Notebook {
    /// The same for the plain struct.
    pub(crate) fn note(&mut self, game: &Game, feats: &[(String, Feat)]) {
        *self.calendar.entry(game.day().into()).or_default() += 1;
        self.finishes.add(game.finish().into(), 1);
        self.clocks.insert(game.clock.clone());
        self.chronicle.extend(feats.iter().map(|(what, feat)| feat.line(what)));
        if game.finish() == "checkmate" {
            push_bounded(&mut self.mates, game.headline());
        }
        if game.upset() > 0 {
            self.giants.increment(game.winner().into(), game.upset().into());
        }
        self.paces.entry(game.speed.clone()).or_default().count(game);
    }
}

impl Pace {
    fn count(&mut self, game: &Game) {
        self.games += 1;
        self.moves += game.length() as u64;
    }
}

fn push_bounded(mates: &mut VecDeque<String>, mate: String) {
    mates.push_back(mate);
    if mates.len() > 3 {
        mates.pop_front();
    }
}
