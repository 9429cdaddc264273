//! [`Game`]: one real game of chess.

use serde::{Deserialize, Serialize};

use crate::{Result, sheet};

/// One game, from a line of `data/games.tsv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Game {
    pub(crate) id: String,
    pub(crate) utc: String,
    pub(crate) speed: String,
    pub(crate) clock: String,
    pub(crate) white: Seat,
    pub(crate) black: Seat,
    pub(crate) outcome: Outcome,
    pub(crate) eco: String,
    pub(crate) opening: String,
    pub(crate) ending: String,
    pub(crate) moves: String,
}

/// A player at the board, with the rating before the game.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Seat {
    pub(crate) name: String,
    pub(crate) rating: u32,
}

/// Who won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Outcome {
    White,
    Draw,
    Black,
}

impl Game {
    /// Reads all games of the table, the earliest first.
    pub(crate) fn all() -> Result<Vec<Self>> {
        let columns = [
            "id",
            "utc",
            "speed",
            "clock",
            "white",
            "black",
            "result",
            "white_elo",
            "black_elo",
            "eco",
            "opening",
            "ending",
            "moves",
        ];
        sheet::rows(include_str!("../../data/games.tsv"), columns, Self::read)
    }

    fn read(row: [&str; 13]) -> Option<Self> {
        let [
            id,
            utc,
            speed,
            clock,
            white,
            black,
            result,
            white_elo,
            black_elo,
            eco,
            opening,
            ending,
            moves,
        ] = row;
        Some(Game {
            id: id.into(),
            utc: utc.into(),
            speed: speed.into(),
            clock: clock.into(),
            white: Seat { name: white.into(), rating: white_elo.parse().ok()? },
            black: Seat { name: black.into(), rating: black_elo.parse().ok()? },
            outcome: Outcome::read(result)?,
            eco: eco.into(),
            opening: opening.into(),
            ending: ending.into(),
            moves: moves.into(),
        })
    }

    /// The day of the game, such as `2017-09-30`.
    pub(crate) fn day(&self) -> &str {
        self.utc.split('T').next().unwrap_or_default()
    }

    /// The opening without its variation: `Sicilian Defense` of `Sicilian Defense: Closed`.
    pub(crate) fn family(&self) -> &str {
        match self.opening.split(':').next() {
            Some("?") | None => "no known opening",
            Some(family) => family,
        }
    }

    /// The number of moves; a move of White and one of Black count as one.
    pub(crate) fn length(&self) -> usize {
        self.moves.split(' ').count().div_ceil(2)
    }

    /// How the game ended, in one word.
    pub(crate) fn finish(&self) -> &'static str {
        match (self.ending.as_str(), self.outcome) {
            ("Time forfeit", _) => "time",
            ("Abandoned", _) => "abandoned",
            (_, Outcome::Draw) => "draw",
            _ if self.moves.ends_with('#') => "checkmate",
            _ => "resignation",
        }
    }

    /// The rating points by which the winner was weaker than the loser; 0 if the winner was not weaker.
    pub(crate) fn upset(&self) -> u32 {
        match self.outcome {
            Outcome::White => self.black.rating.saturating_sub(self.white.rating),
            Outcome::Black => self.white.rating.saturating_sub(self.black.rating),
            Outcome::Draw => 0,
        }
    }

    /// The name of the winner, or of Black after a draw.
    pub(crate) fn winner(&self) -> &str {
        if self.outcome == Outcome::White { &self.white.name } else { &self.black.name }
    }

    /// The players and the result: `ada 1-0 bob`.
    pub(crate) fn players(&self) -> String {
        format!("{} {} {}", self.white.name, self.outcome.as_str(), self.black.name)
    }

    /// The result in one line, with the opening.
    pub(crate) fn headline(&self) -> String {
        format!("{}, {}", self.players(), self.family())
    }
}

impl Outcome {
    fn read(result: &str) -> Option<Self> {
        [Outcome::White, Outcome::Draw, Outcome::Black]
            .into_iter()
            .find(|outcome| outcome.as_str() == result)
    }

    /// The result in chess notation.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Outcome::White => "1-0",
            Outcome::Draw => "1/2-1/2",
            Outcome::Black => "0-1",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_game() {
        let games = Game::all().unwrap();

        assert_eq!(games.len(), 3000);
        assert!(games.is_sorted_by_key(|game| &game.utc));
        assert!(games.iter().all(|game| game.length() > 0 && !game.family().is_empty()));
    }
}
