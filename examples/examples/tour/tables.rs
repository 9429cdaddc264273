//! [`print`]: prints the results of the games as tables, read from Redis.

use std::cmp::Reverse;

use redis_collections::{RedisStruct, Store};

use crate::{
    Result,
    club::{LiveClub, Scorecard},
    page::{bar, course, line, number, table, title},
    player::{Player, Score},
};

/// The number of lines in a table.
const LINES: usize = 8;

/// The radius of a search around a city, in metres: half the circumference of the earth.
const EVERYWHERE: f64 = 20_000_000.0;

/// Prints every table.
pub(crate) fn print(store: &Store, club: &LiveClub) -> Result<()> {
    openings(club)?;
    leaders(store, club)?;
    atlas(club)?;
    feats(club)?;
    notebook(club);
    archive(club)?;
    ticker(club)
}

fn openings(club: &LiveClub) -> Result<()> {
    let most = club.openings.most_common(LINES)?;
    let cards = club.scorecards.get_many(most.iter().map(|(opening, _)| opening))?;
    let top = most.first().map_or(1, |&(_, games)| games);
    let rows = most.iter().zip(cards).map(|((opening, games), card)| {
        let [white, drawn, black] = shares(card.unwrap_or_default());
        [opening.clone(), number(*games), bar(*games, top, 20), white, drawn, black]
    });
    title("Most common openings", "club.openings.most_common(8)");
    table(["opening", "games", "", "White", "drawn", "Black"], rows.collect(), &[1, 3, 4, 5]);
    Ok(())
}

fn leaders(store: &Store, club: &LiveClub) -> Result<()> {
    let best = club.ladder.range_by_rank(-10..)?;
    let players = Player::load_many(store, best.iter().rev().map(|(name, _)| name))?;
    let rows = players.into_iter().flatten().map(|player| {
        let record = &player.record;
        let favourite = player.openings.iter().max_by_key(|&(opening, n)| (n, Reverse(opening)));
        [
            player.name,
            player.rating.to_string(),
            course(&player.ratings, 8),
            format!("+{} ={} -{}", record.won, record.drawn, record.lost),
            player.form.iter().copied().map(Score::sign).collect(),
            favourite.map(|(opening, _)| opening.clone()).unwrap_or_default(),
        ]
    });
    title("Rating leaders", "club.ladder.range_by_rank(-10..), Player::load_many(…)");
    table(["member", "rating", "career", "games", "form", "plays most"], rows.collect(), &[1]);
    Ok(())
}

fn atlas(club: &LiveClub) -> Result<()> {
    let homes = club.homes.to_map()?;
    let mut rows = Vec::new();
    for (city, games) in club.visits.most_common(LINES)? {
        let around = club.map.around(&city, EVERYWHERE)?.unwrap_or_default();
        let mut cities = around.iter().filter(|near| near.place != city).peekable();
        let nearest = cities.peek().copied();
        let home = cities.find(|near| homes.values().any(|home| *home == near.place));
        let [[near, away], [other, far]] = [nearest, home].map(|near| {
            near.map(|near| [near.place.clone(), format!("{:.0} km", near.distance / 1000.0)])
                .unwrap_or_default()
        });
        rows.push([city, number(games), other, far, near, away]);
    }
    title("Where openings come from", "club.map.around(city, 20_000_000.0)");
    let head = ["home", "games", "nearest other home", "", "nearest city", ""];
    table(head, rows, &[1, 3, 5]);
    Ok(())
}

fn feats(club: &LiveClub) -> Result<()> {
    let mut feats: Vec<_> = club.feats.to_map()?.into_iter().collect();
    feats.sort_by(|one, other| one.0.cmp(&other.0));
    let rows = feats.into_iter().map(|(what, feat)| {
        let measure = feat.measure(&what);
        [what, measure, feat.day, feat.game]
    });
    title("Records", "club.feats.to_map()");
    table(["record", "size", "day", "game"], rows.collect(), &[1]);
    Ok(())
}

/// From memory: the fields of the notebook are `#[sync]`, and so std's own types.
fn notebook(club: &LiveClub) {
    let notebook = &club.notebook;
    let mut finishes: Vec<_> = notebook.finishes.iter().collect();
    finishes.sort_by_key(|&(finish, games)| (Reverse(*games), finish));
    let mut paces: Vec<_> = notebook.paces.iter().collect();
    paces.sort_by_key(|&(speed, pace)| (Reverse(pace.games), speed));
    let giants: Vec<_> = notebook.giants.iter().rev().take(3).collect();

    title("From the desk's notebook", "#[sync] fields: in memory, without a round trip");
    let finishes = finishes.iter().map(|(finish, games)| format!("{finish} {}", number(**games)));
    line(format!("endings: {}", list(finishes)));
    let paces = paces.iter().take(3).map(|(speed, pace)| {
        format!("{} in {} {speed}", pace.moves / pace.games, number(pace.games))
    });
    line(format!("average moves: {} games", list(paces)));
    if let Some((day, games)) = notebook.calendar.iter().max_by_key(|&(_, games)| games) {
        let (games, days) = (number(*games), notebook.calendar.len());
        line(format!(
            "{days} days, the busiest {day} with {games} games; {} time controls",
            notebook.clocks.len()
        ));
    }
    line(format!(
        "giant killers: {}",
        list(giants.iter().map(|(name, points)| format!("{name} (+{points})")))
    ));
    if let (Some(feat), Some(mate)) = (notebook.chronicle.last(), notebook.mates.back()) {
        line(format!("latest record: {feat}"));
        line(format!("latest mate: {mate}"));
    }
}

/// The most recently used games are in memory; the first one must be read from Redis.
fn archive(club: &LiveClub) -> Result<()> {
    let ids = [club.journal.first()?, club.journal.last()?];
    title("The archive", "#[lru(maxsize = 256)]: club.archive.get(id)");
    for id in ids.into_iter().flatten() {
        let misses = club.archive.stats().misses;
        let Some(game) = club.archive.get(&id)? else { continue };
        let source = if club.archive.stats().misses > misses { "Redis" } else { "memory" };
        line(format!("{id}, from {source}: {}", game.headline()));
    }
    let (games, gone) = (number(club.archive.len()?), number(club.archive.stats().evictions));
    let memory = club.archive.maxsize();
    line(format!("{games} games, at most {memory} in memory; {gone} evictions"));
    Ok(())
}

fn ticker(club: &LiveClub) -> Result<()> {
    title("The latest results", "club.ticker.to_vec(), #[redis(maxlen = 4)]");
    club.ticker.to_vec()?.iter().for_each(line);
    Ok(())
}

fn list(things: impl Iterator<Item = String>) -> String {
    things.collect::<Vec<_>>().join(" · ")
}

/// The percentages of wins of White, draws, and wins of Black.
fn shares(card: Scorecard) -> [String; 3] {
    let all = (card.white + card.drawn + card.black).max(1);
    [card.white, card.drawn, card.black].map(|games| format!("{} %", (100 * games + all / 2) / all))
}
