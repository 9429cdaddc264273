//! [`Player`]: what the club knows of one member, as a plain struct.

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
    /// Every rating, the earliest first.
    pub(crate) ratings: Vec<u32>,
    /// The latest results, the newest last.
    #[redis(maxlen = 8)]
    pub(crate) form: VecDeque<Score>,
    /// Whom they have played.
    pub(crate) rivals: BTreeSet<String>,
    /// What they have played.
    pub(crate) openings: Tally<String>,
    #[redis(nested)]
    pub(crate) record: Record,
    /// How many games they have played by each clock: in memory, and written by `sync`.
    #[sync]
    pub(crate) clocks: BTreeMap<String, u32>,
}

/// How many games a member has won, drawn and lost: a struct in the struct, and live as it is.
#[derive(RedisStruct, Debug, Default, PartialEq)]
pub(crate) struct Record {
    pub(crate) won: u32,
    pub(crate) drawn: u32,
    pub(crate) lost: u32,
}

/// What a game was for one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Score {
    Won,
    Drawn,
    Lost,
}

/// One game from one side of the board.
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    pub(crate) name: String,
    pub(crate) rating: u32,
    pub(crate) rival: String,
    pub(crate) opening: String,
    pub(crate) clock: String,
    pub(crate) score: Score,
}

impl Appearance {
    /// The game as each of the two saw it.
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
            rival: rival.name.clone(),
            opening: game.family().into(),
            clock: game.clock.clone(),
            score,
        }
    }
}

impl Score {
    /// The score as a sign: `+`, `=` or `-`.
    pub(crate) fn sign(self) -> char {
        match self {
            Score::Won => '+',
            Score::Drawn => '=',
            Score::Lost => '-',
        }
    }
}
