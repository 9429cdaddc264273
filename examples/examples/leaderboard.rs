//! A leaderboard with ranks: `cargo run -p redis-collections-examples --example leaderboard`.

use redis_collections::{Collection, Result, SortedSetCounter, Store};

fn main() -> Result<()> {
    let store = Store::connect()?;
    let board: SortedSetCounter<String> = SortedSetCounter::open(&store, "leaderboard:points");
    board.clear()?; // UNLINK

    let first = [("ada", 120), ("bob", 95), ("cyd", 140), ("dee", 95)];
    board.extend(first.map(|(name, points)| (name.to_string(), points)))?; // ZADD
    show("after the first round", &board)?;

    let points = board.increment("bob", 60.0)?; // ZINCRBY
    let above = board.rank_reversed("bob")?.unwrap_or_default(); // ZREVRANK
    println!("bob wins and has {points} points, with {above} players above him\n");

    let bonus = ["ada", "dee"];
    store.atomic(|tx| bonus.map(|name| board.on(tx).increment(name, 10.0)))?; // one MULTI
    show("after the bonus", &board)?;

    let close = board.range_by_score(100.0..150.0)?; // ZRANGE … BYSCORE
    println!("between 100 and 150 points: {close:?}");
    println!("{} players have 130 points or more", board.count_between(130.0..)?); // ZCOUNT

    if let Some((name, points)) = board.pop_first()? {
        println!("{name} leaves with {points} points"); // ZPOPMIN
    }
    println!("{} players stay", board.len()?); // ZCARD
    Ok(())
}

fn show(when: &str, board: &SortedSetCounter<String>) -> Result<()> {
    println!("{when}:");
    let ranked = board.range_by_rank(..)?; // ZRANGE, the lowest first
    for (place, (name, points)) in (1..).zip(ranked.iter().rev()) {
        println!("  {place}. {name:<4} {points:>5}");
    }
    println!();
    Ok(())
}
