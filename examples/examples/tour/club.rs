//! [`Club`]: all that the club keeps, as a plain struct; the derive makes `LiveClub` of it, whose fields live in Redis.

use std::collections::{HashMap, HashSet, VecDeque};

use redis_collections::{Places, RedisStruct, Scores, Tally};
use serde::{Deserialize, Serialize};

use crate::{
    city::City,
    game::{Game, Outcome},
    notebook::Notebook,
};

/// The id of the one club that there is.
pub(crate) const HALL: &str = "hall";

/// What the club keeps.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "tour:club")]
pub(crate) struct Club {
    /// When the first game was taken, and nothing before.
    pub(crate) founded: Option<String>,
    /// Whether games are being taken; still true after a play that was interrupted.
    pub(crate) busy: bool,
    /// How many games were taken.
    pub(crate) played: u64,
    /// The game that was taken last.
    pub(crate) latest: Option<Game>,
    /// The ids of the games, in the order in which they were taken.
    pub(crate) journal: Vec<String>,
    /// The latest results.
    #[redis(maxlen = 4)]
    pub(crate) ticker: VecDeque<String>,
    /// Everybody who has played.
    pub(crate) members: HashSet<String>,
    /// The members by their latest rating.
    pub(crate) ladder: Scores<String>,
    /// How often each opening was played.
    pub(crate) openings: Tally<String>,
    /// How the games of each opening went.
    #[redis(default)]
    pub(crate) scorecards: HashMap<String, Scorecard>,
    /// The games that stand out, by what they stand out for.
    pub(crate) feats: HashMap<String, Feat>,
    /// The cities of the world.
    pub(crate) map: Places<String>,
    /// The city that a word in the name of an opening points to.
    pub(crate) homes: HashMap<String, String>,
    /// How many games were opened with an opening from each city.
    pub(crate) visits: Tally<String>,
    /// What the desk keeps in its head.
    #[redis(nested)]
    pub(crate) notebook: Notebook,
    /// Every game by its id: those that were used last in memory, all of them in Redis.
    #[lru(maxsize = 256)]
    pub(crate) archive: HashMap<String, Game>,
}

/// How the games of one opening went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scorecard {
    pub(crate) white: u32,
    pub(crate) drawn: u32,
    pub(crate) black: u32,
}

/// A game that stands out, and by how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Feat {
    pub(crate) size: u32,
    pub(crate) day: String,
    pub(crate) game: String,
}

impl Scorecard {
    /// Counts one more game.
    pub(crate) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::White => self.white += 1,
            Outcome::Draw => self.drawn += 1,
            Outcome::Black => self.black += 1,
        }
    }
}

impl Feat {
    /// What the game stands out for among the games behind `feats`.
    pub(crate) fn of(game: &Game, feats: &HashMap<String, Feat>) -> Vec<(String, Feat)> {
        let length = u32::try_from(game.length()).unwrap_or(u32::MAX);
        let mate = game.finish() == "checkmate";
        let claims = [
            ("biggest upset", game.upset(), game.upset() > 0, true),
            ("longest game", length, true, true),
            ("quickest mate", length, mate, false),
        ];
        let stands = |what: &str, size: u32, more: bool| {
            feats
                .get(what)
                .is_none_or(|feat| if more { size > feat.size } else { size < feat.size })
        };
        claims
            .into_iter()
            .filter(|&(what, size, counts, more)| counts && stands(what, size, more))
            .map(|(what, size, ..)| {
                (what.into(), Feat { size, day: game.day().into(), game: game.players() })
            })
            .collect()
    }

    /// The feat in one line.
    pub(crate) fn line(&self, what: &str) -> String {
        format!("{}  {what}, {}: {}", self.day, self.measure(what), self.game)
    }

    /// How much it is, with its unit.
    pub(crate) fn measure(&self, what: &str) -> String {
        format!("{} {}", self.size, if what == "biggest upset" { "points" } else { "moves" })
    }
}

/// The words in the names of openings, and the city that each points to.
pub(crate) fn homes(cities: &[City]) -> HashMap<String, String> {
    cities
        .iter()
        .flat_map(|city| city.openings.iter().map(|word| (word.clone(), city.name.clone())))
        .collect()
}

/// The city that an opening comes from: `Palermo, IT` for a `Sicilian Defense`.
pub(crate) fn home<'a>(opening: &str, homes: &'a HashMap<String, String>) -> Option<&'a String> {
    opening.split(' ').find_map(|word| homes.get(word))
}
