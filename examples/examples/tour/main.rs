//! The tour: a chess club that keeps its games, openings, ratings and members in Redis.
//!
//! It records three thousand real games as a service would, and shows the results. Then a second process reads
//! everything back. The data stays in a folder, so the next tour continues where this one ended:
//!
//! ```text
//! cargo run --release -p redis-collections-examples --example tour -- --data DIR
//! ```

mod careers;
mod city;
mod club;
mod desk;
mod digest;
mod game;
mod ledger;
mod notebook;
mod page;
mod player;
mod progress;
mod sheet;
mod tables;
mod witness;

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::ExitCode,
    time::SystemTime,
};

use redis_collections::{RedisStruct, Server, Store};
use tokio::runtime::Runtime;

use crate::{
    city::City,
    club::{Club, HALL},
    desk::Desk,
    digest::Section,
    game::Game,
    ledger::Ledger,
    page::number,
    player::Player,
};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The number of games that the first tour leaves for later tours, and the number that each of those plays.
const KEPT_BACK: usize = 400;
const NEW_GAMES: usize = 40;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tour: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let (data, witness) = arguments()?;
    if witness { witness::testify(&data) } else { tour(&data) }
}

/// The folder for all data, and whether this process is the witness.
fn arguments() -> Result<(PathBuf, bool)> {
    let (mut data, mut witness) = (PathBuf::from("data"), false);
    let mut arguments = env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--data") => data = arguments.next().ok_or("`--data` needs a folder")?.into(),
            Some(witness::ARGUMENT) => witness = true,
            _ => {
                let argument = argument.display();
                return Err(format!("unknown argument `{argument}`; expected `--data DIR`").into());
            }
        }
    }
    Ok((data, witness))
}

fn tour(data: &Path) -> Result<()> {
    let (games, cities) = (Game::all()?, City::all()?);
    let server = Server::open(data)?;
    let store = Store::open(server.url())?;

    let mut desk = open(&store, &cities)?;
    let played = usize::try_from(desk.club.played.get()?)?;
    let (founded, until) = if let Some(founded) = desk.club.founded.get()? {
        page::title("The club from the last tour", &data.display().to_string());
        page::line(format!("It was founded at {founded} and has {} games.", number(played)));
        (founded, games.len().min(played + NEW_GAMES))
    } else {
        page::title("A new club", &data.display().to_string());
        page::line("It plays real games, and keeps their results in Redis.");
        (desk.found(&cities, now())?, games.len() - KEPT_BACK)
    };
    play(&mut desk, &server, games.get(played..until).unwrap_or_default())?;
    tables::print(&store, &desk.club)?;

    let expected = Section::all(&Ledger::after(&games[..until], &cities, &founded));
    compare(&expected, &witness::ask(data)?)
}

/// Plays the new games: first for the club, blocking, then for its members, async.
fn play(desk: &mut Desk, server: &Server, new: &[Game]) -> Result<()> {
    if new.is_empty() {
        page::line("All games have been played, so there are no new ones.");
        return Ok(());
    }
    page::line(format!("This tour plays {} games.", number(new.len())));
    desk.take_all(new)?;
    Runtime::new()?.block_on(careers::follow(server.url(), new))?;
    desk.close()
}

/// Opens the club, and deletes it first if the last tour was interrupted.
fn open(store: &Store, cities: &[City]) -> Result<Desk> {
    let desk = Desk::open(store, cities)?;
    if desk.club.busy.get()? != Some(true) {
        return Ok(desk);
    }
    page::line("The last tour was interrupted, so this one starts again from the beginning.");
    for id in Player::ids(store) {
        Player::delete(store, &id?)?;
    }
    Club::delete(store, HALL)?;
    Desk::open(store, cities)
}

/// Prints that both readings are equal, or returns an error and prints the differences.
fn compare(expected: &[Section], found: &[Section]) -> Result<()> {
    let differences = Section::differences(expected, found);
    let entries: usize = found.iter().map(|section| section.entries).sum();
    if differences.is_empty() {
        let (entries, parts) = (number(entries), number(found.len()));
        page::title("The proof", "Club::load, Player::load_many, club.archive.get_many");
        page::line(format!("A second process read back {entries} entries in {parts} parts."));
        page::line("All of them equal those of a club kept in memory.");
        page::line("Run the tour again: the same club will play more games.");
        println!();
        return Ok(());
    }
    for difference in differences.iter().take(10) {
        eprintln!("  {difference}");
    }
    Err(format!("{} of {} parts differ from the club in memory", differences.len(), expected.len())
        .into())
}

/// The date and time in UTC.
fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
