//! [`Player`]: the data of one member, as a plain struct.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use redis_collections::{RedisStruct, Tally};
use serde::{Deserialize, Serialize};

use crate::game::{Game, Outcome, Seat};

/// A member of the club.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "tour:player")]
pub(crate) struct Player {
    pub(crate) name: String,
    /// The latest rating.
    pub(crate) rating: u32,
    /// All ratings, the earliest first.
    pub(crate) ratings: Vec<u32>,
    /// The latest results, the newest last.
    #[redis(maxlen = 5)]
    pub(crate) form: VecDeque<Score>,
    /// The latest game: our own type, stored as one value.
    #[redis(value)]
    pub(crate) latest: Meeting,
    /// The names of all opponents.
    pub(crate) rivals: BTreeSet<String>,
    /// The number of games with each opening.
    pub(crate) openings: Tally<String>,
    #[redis(nested)]
    pub(crate) record: Record,
    /// The number of games with each time control: in memory, and written by `sync`.
    #[sync]
    pub(crate) clocks: BTreeMap<String, u32>,
}

/// The results of a member's games: a nested struct, which has a live twin too.
#[derive(RedisStruct, Debug, Default, PartialEq)]
pub(crate) struct Record {
    pub(crate) won: u32,
    pub(crate) drawn: u32,
    pub(crate) lost: u32,
    /// One for a win, a half for a draw.
    pub(crate) points: f64,
}

/// The opponent and the day of a game.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Meeting {
    pub(crate) day: String,
    pub(crate) rival: String,
}

/// The result of a game for one of its players.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Score {
    Won,
    Drawn,
    Lost,
}

/// One game, as one of its players sees it.
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    pub(crate) name: String,
    pub(crate) rating: u32,
    pub(crate) latest: Meeting,
    pub(crate) opening: String,
    pub(crate) clock: String,
    pub(crate) score: Score,
}

impl Appearance {
    /// The game from both sides.
    pub(crate) fn both(game: &Game) -> [Self; 2] {
        let (white, black) = match game.outcome {
            Outcome::White => (Score::Won, Score::Lost),
            Outcome::Draw => (Score::Drawn, Score::Drawn),
            Outcome::Black => (Score::Lost, Score::Won),
        };
        [
            Self::of(game, &game.white, &game.black, white),
            Self::of(game, &game.black, &game.white, black),
        ]
    }

    fn of(game: &Game, seat: &Seat, rival: &Seat, score: Score) -> Self {
        Appearance {
            name: seat.name.clone(),
            rating: seat.rating,
            latest: Meeting { day: game.day().into(), rival: rival.name.clone() },
            opening: game.family().into(),
            clock: game.clock.clone(),
            score,
        }
    }
}

impl Score {
    /// The points for the result.
    pub(crate) fn points(self) -> f64 {
        match self {
            Score::Won => 1.0,
            Score::Drawn => 0.5,
            Score::Lost => 0.0,
        }
    }

    /// The score as a sign: `+`, `=` or `-`.
    pub(crate) fn sign(self) -> char {
        match self {
            Score::Won => '+',
            Score::Drawn => '=',
            Score::Lost => '-',
        }
    }
}
