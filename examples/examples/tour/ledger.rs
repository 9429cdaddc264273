//! [`Ledger`]: the same club without Redis, which says what Redis must hold.
//!
//! It records the games in plain structs in memory. The second process reads the club back from Redis, and the two must
//! be equal.

use std::collections::{BTreeMap, HashMap};

use crate::{
    city::City,
    club::{self, Club, Feat},
    game::Game,
    player::{Appearance, Player, Score},
};

/// The number of results in the club's ticker and in a player's form.
const TICKER: usize = 4;
const FORM: usize = 5;

/// The club, its archive and its members, in memory.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) club: Club,
    pub(crate) archive: HashMap<String, Game>,
    pub(crate) players: BTreeMap<String, Player>,
}

impl Ledger {
    /// The club after these games.
    pub(crate) fn after(games: &[Game], cities: &[City], founded: &str) -> Self {
        let mut ledger = Ledger::default();
        ledger.club.founded = Some(founded.into());
        ledger.club.homes = club::homes(cities);
        for city in cities.iter().rev() {
            ledger.club.map.insert(city.name.clone(), city.at);
        }
        for game in games {
            ledger.take(game);
            for appearance in Appearance::both(game) {
                ledger.follow(appearance);
            }
        }
        ledger
    }

    fn take(&mut self, game: &Game) {
        let club = &mut self.club;
        let opening = game.family();
        club.played += 1;
        club.latest = Some(game.clone());
        club.journal.push(game.id.clone());
        push_bounded(&mut club.ticker, game.headline(), TICKER);
        for seat in [&game.white, &game.black] {
            club.members.insert(seat.name.clone());
            club.ladder.insert(seat.name.clone(), seat.rating.into());
        }
        club.openings.add(opening.into(), 1);
        club.scorecards.entry(opening.into()).or_default().count(game.outcome);
        let feats = Feat::of(game, &club.feats);
        club.notebook.note(game, &feats);
        club.feats.extend(feats);
        if let Some(city) = club::home(opening, &club.homes) {
            club.visits.add(city.clone(), 1);
        }
        self.archive.insert(game.id.clone(), game.clone());
    }

    fn follow(&mut self, appearance: Appearance) {
        let player = self.players.entry(appearance.name.clone()).or_default();
        player.name = appearance.name;
        player.rating = appearance.rating;
        player.ratings.push(appearance.rating);
        push_bounded(&mut player.form, appearance.score, FORM);
        player.rivals.insert(appearance.latest.rival.clone());
        player.latest = appearance.latest;
        player.openings.add(appearance.opening, 1);
        match appearance.score {
            Score::Won => player.record.won += 1,
            Score::Drawn => player.record.drawn += 1,
            Score::Lost => player.record.lost += 1,
        }
        player.record.points += appearance.score.points();
        *player.clocks.entry(appearance.clock).or_default() += 1;
    }
}

fn push_bounded<T>(queue: &mut std::collections::VecDeque<T>, value: T, most: usize) {
    queue.push_back(value);
    while queue.len() > most {
        queue.pop_front();
    }
}
