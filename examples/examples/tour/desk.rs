//! [`Desk`]: records the club's games one after the other, blocking.

use std::collections::HashMap;

use redis_collections::{RedisStruct, Store};

use crate::{
    Result,
    city::City,
    club::{self, Club, Feat, HALL, LiveClub},
    game::Game,
    progress::Progress,
};

/// The number of games between two syncs.
const CHUNK: usize = 100;

/// The club's desk: the open club, and the homes of openings.
pub(crate) struct Desk {
    store: Store,
    pub(crate) club: LiveClub,
    homes: HashMap<String, String>,
}

impl Desk {
    /// Opens the club in the store, or a new one.
    pub(crate) fn open(store: &Store, cities: &[City]) -> Result<Self> {
        Ok(Desk {
            store: store.clone(),
            club: Club::open(store, HALL)?,
            homes: club::homes(cities),
        })
    }

    /// Writes the map and the date, and returns the date.
    pub(crate) fn found(&self, cities: &[City], now: String) -> Result<String> {
        let at = |city: &City| (city.name.clone(), city.at);
        self.club.map.extend(cities.iter().rev().map(at))?; // GEOADD, in chunks
        self.club.homes.extend(&self.homes)?; // HSET
        self.club.founded.set(&now)?; // HSET
        Ok(now)
    }

    /// Records the games, and syncs the fields in memory after every hundred.
    pub(crate) fn take_all(&mut self, games: &[Game]) -> Result<()> {
        let progress = Progress::start("games recorded, one by one", games.len());
        self.club.busy.set(&true)?;
        for chunk in games.chunks(CHUNK) {
            for game in chunk {
                self.take(game)?;
                progress.step();
            }
            self.club.sync()?; // writes the changes in memory, in one round trip
        }
        progress.done();
        Ok(())
    }

    /// Marks the work as finished.
    pub(crate) fn close(&self) -> Result<()> {
        self.club.busy.set(&false)?;
        Ok(())
    }

    /// Records one game: one round trip reads, and one writes, in a transaction.
    fn take(&mut self, game: &Game) -> Result<()> {
        let (club, opening) = (&mut self.club, game.family());
        let (mut card, feats) = self
            .store
            .pipeline(|p| (club.scorecards.on(p).get(opening), club.feats.on(p).to_map()))?;
        card.count(game.outcome);
        let feats = Feat::of(game, &feats);
        let ratings = [&game.white, &game.black].map(|seat| (&seat.name, f64::from(seat.rating)));

        self.store.atomic(|tx| {
            let visit =
                club::home(opening, &self.homes).map(|city| club.visits.on(tx).add(city, 1));
            let standing = (
                club.members.on(tx).extend(ratings.map(|(name, _)| name)),
                club.ladder.on(tx).extend(ratings),
                club.openings.on(tx).add(opening, 1),
                club.scorecards.on(tx).set(opening, &card),
                club.feats.on(tx).extend(feats.iter().map(|(what, feat)| (what, feat))),
            );
            let news = (
                club.journal.on(tx).push(&game.id),
                club.ticker.on(tx).push_back(&game.headline()),
                club.latest.on(tx).set(game),
                club.played.on(tx).add(1),
            );
            (visit, standing, news)
        })?;

        club.notebook.note(game, &feats); // in memory
        club.archive.set(game.id.clone(), game.clone())?; // in memory too; old games are written to Redis and evicted
        Ok(())
    }
}
