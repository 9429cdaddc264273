//! Changes that are too many for one message, and random ones, whose answers are lost.

use std::time::Duration;

use redis_collections::{
    Collection, List, Outcome, RedisStruct, Syncable, SyncableCounter, SyncableList,
};
use redis_collections_tests::{
    Fault,
    board::{Board, Change, Side},
    proxied,
};

use super::losses::World;

#[test]
fn a_staged_sync_counts_once_wherever_it_was_lost() {
    let (proxy, store) = proxied();
    let mut kills: SyncableCounter<u32> = Syncable::open(&store, "kills").unwrap();
    let change_all = |kills: &mut SyncableCounter<u32>| {
        for thing in 0..12_000 {
            kills.add(thing, 1);
        }
    };
    change_all(&mut kills);
    let before = proxy.commands();
    kills.sync().unwrap();
    let commands = proxy.commands() - before;
    assert!(commands > 20, "{commands}");

    let mut expected = 1;
    for count in 0..commands {
        change_all(&mut kills);
        expected += 1;
        proxy.fault_after(count, Fault::CutAfter);
        let error = kills.sync().unwrap_err();
        proxy.heal();
        let is_last = count == commands - 1;
        let outcome = if is_last { Outcome::Unknown } else { Outcome::NotApplied };
        assert_eq!(error.outcome(), outcome, "command {count} of {commands}: {error}");
        assert_eq!(kills.remote().get(&7).unwrap(), expected - i64::from(!is_last));
        kills.sync().unwrap();
        assert_eq!(kills.remote().get(&7).unwrap(), expected);
    }
    assert_eq!(kills.remote().total().unwrap(), expected * 12_000);
}

#[test]
fn a_staged_save_is_all_or_nothing() {
    let (proxy, store) = proxied();
    let world = World { log: (0..30_000).collect(), ..World::default() };
    let before = proxy.commands();
    world.save(&store, "big").unwrap();
    let commands = proxy.commands() - before;
    let newer = World { log: (1..30_000).collect(), ..World::default() };

    for count in (0..commands - 1).step_by(7) {
        proxy.fault_after(count, Fault::CutAfter);
        assert_eq!(newer.save(&store, "big").unwrap_err().outcome(), Outcome::NotApplied);
        proxy.heal();
    }

    assert_eq!(World::load(&store, "big").unwrap().unwrap().log, world.log);
    newer.save(&store, "big").unwrap();
    assert_eq!(World::load(&store, "big").unwrap().unwrap().log, newer.log);
}

#[test]
fn a_list_of_any_length_can_be_replaced_by_another() {
    let (_proxy, store) = proxied();
    let mut list: SyncableList<u32> = Syncable::open(&store, "long").unwrap();
    list.extend(0..30_000);
    list.sync().unwrap();
    list.remote().expire(Duration::from_secs(60)).unwrap();

    list.reverse();
    list.sync().unwrap();
    assert_eq!(list.remote().to_vec().unwrap(), *list);
    list.push(1);
    list.remove(0);
    list.sync().unwrap();

    let remote: List<u32> = List::open(&store, "long");
    assert_eq!(remote.to_vec().unwrap(), *list);
    assert!(remote.ttl().unwrap().is_some());
}

#[test]
fn random_changes_and_random_losses_end_where_a_plain_board_does() {
    let seed = fastrand::u64(..);
    println!("seed: {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (proxy, store) = proxied();
    let id = format!("losses {seed}");
    let mut board = Board::open(&store, &id).unwrap();
    let mut model = Board::default();
    let chances = [
        (Fault::CutBefore, 0.15),
        (Fault::CutAfter, 0.15),
        (Fault::CutReply(3), 0.1),
        (Fault::Garbage, 0.1),
    ];

    for round in 0..300 {
        for change in Change::random(&mut random, Side::Even) {
            change.make(&mut model);
            change.make_live(&mut board);
        }
        proxy.fault_randomly(random.u64(..), &chances);
        let outcome = if random.bool() { board.sync() } else { board.sync_checked() };
        proxy.heal();

        if outcome.is_ok() || round % 10 == 9 {
            board.sync_checked().unwrap();
            let found = Board::load(&store, &id).unwrap().unwrap_or_default();
            assert_eq!(found, model, "round {round} of seed {seed}");
        }
    }
}
