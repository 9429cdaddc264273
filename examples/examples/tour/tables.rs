//! [`print`]: what came of the games, as tables that a person can read, all read from Redis.

use comfy_table::{CellAlignment, Table, presets};
use redis_collections::{RedisStruct, Store};

use crate::{
    Result,
    club::{LiveClub, Scorecard},
    player::{Player, Score},
};

/// How many lines a table has.
const LINES: usize = 10;

/// Prints every table.
pub(crate) fn print(store: &Store, club: &LiveClub) -> Result<()> {
    openings(club)?;
    leaders(store, club)?;
    atlas(club)?;
    feats(club)?;
    days(club);
    ticker(club)?;
    archive(club)
}

fn openings(club: &LiveClub) -> Result<()> {
    let most = club.openings.most_common(LINES)?;
    let cards = club.scorecards.get_many(most.iter().map(|(opening, _)| opening))?;
    let top = most.first().map_or(1, |&(_, games)| games);
    let mut table =
        table(["Most common openings", "games", "", "White wins", "drawn", "Black wins"]);
    for ((opening, games), card) in most.iter().zip(cards) {
        let [white, drawn, black] = shares(card.unwrap_or_default());
        table.add_row([opening, &games.to_string(), &bar(*games, top), &white, &drawn, &black]);
    }
    show(table, &[1, 3, 4, 5]);
    Ok(())
}

fn leaders(store: &Store, club: &LiveClub) -> Result<()> {
    let mut table =
        table(["Rating leaders", "rating", "games", "won", "drawn", "lost", "form", "plays most"]);
    for (name, rating) in club.ladder.range_by_rank(-10..)?.into_iter().rev() {
        let Some(player) = Player::load(store, &name)? else { continue };
        let record = &player.record;
        table.add_row([
            name,
            rating.to_string(),
            player.ratings.len().to_string(),
            record.won.to_string(),
            record.drawn.to_string(),
            record.lost.to_string(),
            player.form.iter().copied().map(Score::sign).collect(),
            player.openings.most_common(1).into_iter().map(|(opening, _)| opening.as_str()).collect(),
        ]);
    }
    show(table, &[1, 2, 3, 4, 5]);
    Ok(())
}

fn atlas(club: &LiveClub) -> Result<()> {
    let homes = club.homes.to_map()?;
    let mut table = table([
        "Where openings come from",
        "games",
        "the nearest other home",
        "km",
        "the nearest city",
        "km",
    ]);
    for (city, games) in club.visits.most_common(LINES)? {
        let around = club.map.around(&city, 2_500_000.0)?.unwrap_or_default();
        let others = around.iter().filter(|near| near.place != city);
        let mut homes =
            others.clone().filter(|near| homes.values().any(|home| *home == near.place));
        let mut row = vec![city.clone(), games.to_string()];
        for near in [homes.next(), others.clone().next()] {
            row.extend(near.map_or([String::new(), String::new()], |near| {
                [near.place.clone(), format!("{:.0}", near.distance / 1000.0)]
            }));
        }
        table.add_row(row);
    }
    show(table, &[1, 3, 5]);
    Ok(())
}

fn feats(club: &LiveClub) -> Result<()> {
    let mut feats: Vec<_> = club.feats.to_map()?.into_iter().collect();
    feats.sort_by(|one, other| one.0.cmp(&other.0));
    let mut table = table(["Games that stand out", "", "game"]);
    for (what, feat) in feats {
        table.add_row([what, feat.size.to_string(), feat.game]);
    }
    show(table, &[1]);
    Ok(())
}

/// From memory: these fields are `#[sync]`, std's own types.
fn days(club: &LiveClub) {
    let mut finishes: Vec<_> = club.finishes.iter().collect();
    finishes.sort_by_key(|&(finish, games)| (-games, finish));
    let finishes: Vec<_> =
        finishes.iter().map(|(finish, games)| format!("{games} {finish}")).collect();
    let busiest = club.calendar.iter().max_by_key(|&(_, games)| games);
    println!("The games ended by: {}.", finishes.join(", "));
    if let Some((day, games)) = busiest {
        println!("They were played on {} days, and {games} of them on {day}.", club.calendar.len());
    }
}

fn ticker(club: &LiveClub) -> Result<()> {
    println!("The latest results:");
    for line in club.ticker.to_vec()? {
        println!("  {line}");
    }
    Ok(())
}

fn archive(club: &LiveClub) -> Result<()> {
    let stats = club.archive.stats();
    let games = club.archive.len()?;
    println!(
        "The archive has {games} games, 256 of them in memory; {} have left memory since the start.",
        stats.evictions
    );
    Ok(())
}

fn table<const N: usize>(head: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_header(head);
    table
}

/// Prints a table with the numbers of the named columns to the right.
fn show(mut table: Table, numbers: &[usize]) {
    for &number in numbers {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{table}\n");
}

fn bar(part: i64, whole: i64) -> String {
    let width = usize::try_from(part * 24 / whole.max(1)).unwrap_or_default();
    "█".repeat(width.max(1))
}

/// How much of its games each side won, in percent.
fn shares(card: Scorecard) -> [String; 3] {
    let all = (card.white + card.drawn + card.black).max(1);
    [card.white, card.drawn, card.black].map(|games| format!("{} %", (100 * games + all / 2) / all))
}
