//! [`Club`]: the data of the club, as a plain struct. The derive adds `LiveClub`, whose fields live in Redis.

use std::collections::{HashMap, HashSet, VecDeque};

use redis_collections::{Places, RedisStruct, Scores, Tally};
use serde::{Deserialize, Serialize};

use crate::{
    city::City,
    game::{Game, Outcome},
    notebook::Notebook,
};

/// The id of the only club.
pub(crate) const HALL: &str = "hall";

/// The data of the club.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "tour:club")]
pub(crate) struct Club {
    /// When the club was founded; `None` before that.
    pub(crate) founded: Option<String>,
    /// Whether the club is recording games; still true after an interrupted tour.
    pub(crate) busy: bool,
    /// The number of recorded games.
    pub(crate) played: u64,
    /// The last recorded game.
    pub(crate) latest: Option<Game>,
    /// The ids of the games, in the order in which they were recorded.
    pub(crate) journal: Vec<String>,
    /// The latest results.
    #[redis(maxlen = 4)]
    pub(crate) ticker: VecDeque<String>,
    /// All players.
    pub(crate) members: HashSet<String>,
    /// The members, ordered by their latest rating.
    pub(crate) ladder: Scores<String>,
    /// The number of games with each opening.
    pub(crate) openings: Tally<String>,
    /// The results of the games with each opening.
    #[redis(default)]
    pub(crate) scorecards: HashMap<String, Scorecard>,
    /// The record games, such as the longest one, by the name of the record.
    pub(crate) feats: HashMap<String, Feat>,
    /// The cities of the world.
    pub(crate) map: Places<String>,
    /// The city that a word in the name of an opening refers to.
    pub(crate) homes: HashMap<String, String>,
    /// The number of games with an opening from each city.
    pub(crate) visits: Tally<String>,
    /// The data that the desk keeps in memory.
    #[redis(nested)]
    pub(crate) notebook: Notebook,
    /// All games by id, with the most recently used ones in memory.
    #[lru(maxsize = 256)]
    pub(crate) archive: HashMap<String, Game>,
}

/// The results of the games with one opening: wins of White, draws, wins of Black.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scorecard {
    pub(crate) white: u32,
    pub(crate) drawn: u32,
    pub(crate) black: u32,
}

/// A record game, with its size (of moves, or of rating points).
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
    /// The records in `feats` that the game breaks.
    pub(crate) fn of(game: &Game, feats: &HashMap<String, Feat>) -> Vec<(String, Feat)> {
        let length = u32::try_from(game.length()).unwrap_or(u32::MAX);
        let mate = game.finish() == "checkmate";
        let claims = [
            ("biggest upset", game.upset(), game.upset() > 0, true),
            ("longest game", length, true, true),
            ("quickest mate", length, mate, false),
        ];
        let breaks = |what: &str, size: u32, more: bool| {
            feats
                .get(what)
                .is_none_or(|feat| if more { size > feat.size } else { size < feat.size })
        };
        claims
            .into_iter()
            .filter(|&(what, size, counts, more)| counts && breaks(what, size, more))
            .map(|(what, size, ..)| {
                (what.into(), Feat { size, day: game.day().into(), game: game.players() })
            })
            .collect()
    }

    /// The record in one line.
    pub(crate) fn line(&self, what: &str) -> String {
        format!("{}  {what}, {}: {}", self.day, self.measure(what), self.game)
    }

    /// The size of the record, with its unit.
    pub(crate) fn measure(&self, what: &str) -> String {
        format!("{} {}", self.size, if what == "biggest upset" { "points" } else { "moves" })
    }
}

/// The words in the names of openings, and the city that each refers to.
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
