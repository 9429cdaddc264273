//! The other process: changes a board as its stdin says, and answers each line with one.
//!
//! `board_peer URL ID`, then `change SEED`, `set WORD`, `sync`, `checked`, `refresh` or `fill WORDS`.

use std::{
    env,
    io::{self, BufRead},
};

use redis_collections::{RedisStruct, Result, Store};
use redis_collections_tests::board::{Board, Change, LiveBoard, Side};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let store = Store::open(&arguments[0])?;
    let mut board = Board::open(&store, &arguments[1])?;
    println!("open");
    for line in io::stdin().lock().lines().map_while(io::Result::ok) {
        let (order, argument) = line.split_once(' ').unwrap_or((&line, ""));
        match carry_out(&mut board, order, argument) {
            Ok(()) => println!("done"),
            Err(error) => println!("{error}"),
        }
    }
    Ok(())
}

fn carry_out(board: &mut LiveBoard<Store>, order: &str, argument: &str) -> Result<()> {
    let number = argument.parse().unwrap_or_default();
    match order {
        "change" => {
            board.queue.refresh()?;
            let changes = Change::random(&mut fastrand::Rng::with_seed(number), Side::Odd);
            for change in changes {
                change.make_live(board);
            }
        }
        "set" => drop(board.words.insert(0, argument.to_owned())),
        "fill" => fill(board, argument),
        "sync" => board.sync()?,
        "checked" => board.sync_checked()?,
        _ => board.words.refresh()?,
    }
    Ok(())
}

/// 50,000 entries in three collections, all of them `word`s.
fn fill(board: &mut LiveBoard<Store>, word: &str) {
    board.words.extend((0..20_000).map(|key| (key, word.to_owned())));
    board.log.clear();
    let number: u32 = word.parse().unwrap_or_default();
    board.log.extend((0..10_000).map(|_| number));
    for thing in 0..20_000 {
        board.kills.set(thing, number.into());
    }
}
