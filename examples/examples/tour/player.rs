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
    #[redis(maxlen = 5)]
    pub(crate) form: VecDeque<Score>,
    /// The latest game: a type of ours, kept as one value.
    #[redis(value)]
    pub(crate) latest: Meeting,
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

/// How a member's games went: a struct in the struct, and live as it is.
#[derive(RedisStruct, Debug, Default, PartialEq)]
pub(crate) struct Record {
    pub(crate) won: u32,
    pub(crate) drawn: u32,
    pub(crate) lost: u32,
    /// One for a game won, a half for a draw.
    pub(crate) points: f64,
}

/// Whom a member met, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Meeting {
    pub(crate) day: String,
    pub(crate) rival: String,
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
    pub(crate) latest: Meeting,
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
            latest: Meeting { day: game.day().into(), rival: rival.name.clone() },
            opening: game.family().into(),
            clock: game.clock.clone(),
            score,
        }
    }
}

impl Score {
    /// What it counts.
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
