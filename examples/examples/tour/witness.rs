//! The second process, which reads everything back and prints what it found.

use std::{
    collections::{BTreeMap, HashMap},
    env,
    path::Path,
    process::{Command, Stdio},
};

use redis_collections::{RedisStruct, Server, Store, aio};
use tokio::runtime::Runtime;

use crate::{
    Result,
    club::{Club, HALL},
    digest::Section,
    game::Game,
    ledger::Ledger,
    player::Player,
};

/// The argument that makes a process the witness.
pub(crate) const ARGUMENT: &str = "--witness";

/// The number of games or members that are read at once.
const PAGE: usize = 500;

/// Starts this program again as the witness, and returns the sections that it found.
pub(crate) fn ask(data: &Path) -> Result<Vec<Section>> {
    let output = Command::new(env::current_exe()?)
        .args([ARGUMENT, "--data"])
        .arg(data)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the second process ended with {}", output.status).into());
    }
    let lines = String::from_utf8(output.stdout)?;
    lines
        .lines()
        .map(|line| Section::read(line).ok_or_else(|| format!("cannot read `{line}`").into()))
        .collect()
}

/// Reads everything back in the second process, and prints one line per part.
pub(crate) fn testify(data: &Path) -> Result<()> {
    let server = Server::open(data)?;
    let store = Store::open(server.url())?;
    let club = Club::load(&store, HALL)?.ok_or("there is no club")?; // one round trip
    let archive = archive(&store, &club)?;
    let players = Runtime::new()?.block_on(players(server.url(), &club))?;
    for section in Section::all(&Ledger { club, archive, players }) {
        println!("{}", section.line());
    }
    Ok(())
}

/// Every game, blocking.
fn archive(store: &Store, club: &Club) -> Result<HashMap<String, Game>> {
    let archive = Club::open(store, HALL)?.archive;
    let mut games = HashMap::new();
    for ids in club.journal.chunks(PAGE) {
        let page = ids.iter().cloned().zip(archive.get_many(ids)?);
        games.extend(page.filter_map(|(id, game)| Some((id, game?))));
    }
    Ok(games)
}

/// Every member, async.
async fn players(url: &str, club: &Club) -> Result<BTreeMap<String, Player>> {
    let store = aio::Store::open(url).await?;
    let names: Vec<&String> = club.members.iter().collect();
    let mut players = BTreeMap::new();
    for names in names.chunks(PAGE) {
        let page =
            names.iter().map(ToString::to_string).zip(Player::load_many(&store, names).await?);
        players.extend(page.filter_map(|(name, player)| Some((name, player?))));
    }
    Ok(players)
}
