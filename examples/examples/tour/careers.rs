//! [`follow`]: updates the careers of many members at once, async.

use std::{collections::HashMap, sync::Arc};

use redis_collections::{RedisStruct, aio};
use tokio::task::JoinSet;

use crate::{
    Result,
    game::Game,
    player::{Appearance, LivePlayer, Player, Score},
    progress::Progress,
};

/// The number of members that are updated at once, over one connection.
const WORKERS: usize = 64;

/// Adds the games to the careers of their players: each career in order, and all careers at once.
pub(crate) async fn follow(url: &str, games: &[Game]) -> Result<()> {
    let store = aio::Store::open(url).await?;
    let progress = Arc::new(Progress::start("career updates, 64 at a time", 2 * games.len()));
    let mut workers = JoinSet::new();
    for share in shares(games) {
        let (store, progress) = (store.clone(), Arc::clone(&progress));
        workers.spawn(async move {
            for (name, appearances) in share {
                career(&store, &name, appearances, &progress).await?;
            }
            Ok::<_, redis_collections::Error>(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    progress.done();
    Ok(())
}

/// Groups the appearances by member, and divides the members among the workers.
fn shares(games: &[Game]) -> Vec<Vec<(String, Vec<Appearance>)>> {
    let mut careers: HashMap<String, Vec<Appearance>> = HashMap::new();
    for appearance in games.iter().flat_map(Appearance::both) {
        careers.entry(appearance.name.clone()).or_default().push(appearance);
    }
    let mut shares = vec![Vec::new(); WORKERS];
    for (number, career) in careers.into_iter().enumerate() {
        shares[number % WORKERS].push(career);
    }
    shares
}

async fn career(
    store: &aio::Store,
    name: &str,
    appearances: Vec<Appearance>,
    progress: &Progress,
) -> redis_collections::Result<()> {
    let mut player = Player::open(store, name).await?;
    for appearance in appearances {
        appear(store, &mut player, appearance).await?;
        progress.step();
    }
    player.sync().await
}

/// Adds one game to a career, in one round trip and one transaction.
async fn appear(
    store: &aio::Store,
    player: &mut LivePlayer<aio::Store>,
    appearance: Appearance,
) -> redis_collections::Result<()> {
    let Appearance { name, rating, latest, opening, clock, score } = appearance;
    store
        .atomic(|tx| {
            let counted = match score {
                Score::Won => &player.record.won,
                Score::Drawn => &player.record.drawn,
                Score::Lost => &player.record.lost,
            };
            let standing = (
                player.name.on(tx).set(&name),
                player.rating.on(tx).set(rating),
                counted.on(tx).add(1),
                player.record.points.on(tx).add(score.points()),
            );
            let history = (
                player.ratings.on(tx).push(&rating),
                player.form.on(tx).push_back(&score),
                player.latest.on(tx).set(&latest),
                player.rivals.on(tx).insert(&latest.rival),
                player.openings.on(tx).add(&opening, 1),
            );
            (standing, history)
        })
        .await?;
    *player.clocks.entry(clock).or_default() += 1;
    Ok(())
}
