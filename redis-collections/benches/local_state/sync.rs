//! A dictionary of 100,000 entries that is kept in memory whole.

use std::{cell::RefCell, collections::HashMap};

use redis_collections::{Server, Store, Syncable, SyncableDict};

use crate::{MEMORY, line, python::Python, turns::Turns};

/// How many entries there are, and how many of them a sync has to write.
const ENTRIES: u64 = 100_000;
const CHANGED: u64 = 1_000;

/// Compares all works, and prints a line for each.
pub(crate) fn compare(server: &Server, python: Option<&Python>) {
    let store = Store::open(server.url()).unwrap();
    in_memory(&store);
    memory(&store);
    let syncs = syncs(&store, server);
    let of = |name: &str| syncs.of(name).unwrap();
    line("sync of 1,000, beside a rewrite of all by hand", of("delta"), of("by hand"));
    line("the same after a borrow of all", of("fallback"), of("by hand"));
    line("sync of 1,000, beside sync_replace", of("delta"), of("replace"));
    if let Some(python) = python {
        let theirs = python.work(include_str!("sync.py"), server.socket()).of("sync").unwrap();
        line("sync of 1,000, beside the Python library", of("delta"), theirs);
        line("the same after a borrow of all", of("fallback"), theirs);
    }
}

/// What a map costs in memory, beside a `HashMap`.
fn in_memory(store: &Store) {
    let mut turns = Turns::default();
    let ours = RefCell::new(open(store, "in memory"));
    let plain = RefCell::new(HashMap::new());
    let insert_ours = || {
        let mut ours = ours.borrow_mut();
        (0..ENTRIES).for_each(|key| _ = ours.insert(key, key));
    };
    let insert_plain = || {
        let mut plain = plain.borrow_mut();
        (0..ENTRIES).for_each(|key| _ = plain.insert(key, key));
    };
    turns.work_on("new", || drop(ours.replace(open(store, "in memory"))), insert_ours);
    turns.work_on("plain new", || drop(plain.replace(HashMap::new())), insert_plain);
    turns.work("old", insert_ours);
    turns.work("plain old", insert_plain);
    turns.work("get", || sum(|key| ours.borrow().get(key).copied()));
    turns.work("plain get", || sum(|key| plain.borrow().get(key).copied()));
    let of = |name: &str| turns.of(name).unwrap();
    line("insert of 100,000 new entries, beside HashMap", of("new"), of("plain new"));
    line("insert of 100,000 old entries, beside HashMap", of("old"), of("plain old"));
    line("get of 100,000 entries, beside HashMap", of("get"), of("plain get"));
}

/// How many bytes an entry takes beside the data itself.
fn memory(store: &Store) {
    let mut fill = open(store, "memory");
    fill.extend((0..ENTRIES).map(|key| (key, key)));
    fill.sync().unwrap();

    let before = MEMORY.allocated();
    let mut ours = open(store, "memory");
    let loaded = MEMORY.allocated() - before;
    let before = MEMORY.allocated();
    let plain: HashMap<u64, u64> = (*ours).clone();
    let data = MEMORY.allocated() - before;
    let before = MEMORY.allocated();
    for key in plain.keys() {
        ours.insert(*key, 0);
    }
    let touched = MEMORY.allocated() - before;
    let each = |bytes: usize| bytes / usize::try_from(ENTRIES).unwrap();
    println!(
        "memory of an entry, beside the {} bytes of HashMap: {} bytes",
        each(data),
        each(loaded - data)
    );
    println!("the same when every entry was touched: {} bytes", each(loaded - data + touched));
}

/// What it takes to write 1,000 changes of 100,000 entries, and to write them all.
fn syncs(store: &Store, server: &Server) -> Turns {
    let mut turns = Turns::default();
    let ours = RefCell::new(open(store, "synced"));
    ours.borrow_mut().extend((0..ENTRIES).map(|key| (key, key)));
    ours.borrow_mut().sync().unwrap();
    let changed = || (0..CHANGED).map(|number| number * (ENTRIES / CHANGED));
    let sync = || ours.borrow_mut().sync().unwrap();
    let touch = || {
        let mut ours = ours.borrow_mut();
        changed().for_each(|key| *ours.get_mut(&key).unwrap() += 1);
    };
    let borrow = || {
        let all: &mut HashMap<u64, u64> = &mut ours.borrow_mut();
        changed().for_each(|key| *all.get_mut(&key).unwrap() += 1);
    };
    turns.work_on("delta", touch, sync);
    turns.work_on("fallback", borrow, sync);
    turns.work("replace", || ours.borrow_mut().sync_replace().unwrap());
    let client = redis::Client::open(server.url()).unwrap();
    let connection = RefCell::new(client.get_connection().unwrap());
    turns.work("by hand", || rewrite(&mut connection.borrow_mut(), &ours.borrow()));
    turns
}

/// Writes all entries under another key, 500 a command and 20 commands at once, and renames it.
fn rewrite(connection: &mut redis::Connection, all: &HashMap<u64, u64>) {
    let entries: Vec<_> = all.iter().collect();
    for chunk in entries.chunks(10_000) {
        let mut pipeline = redis::pipe();
        for entries in chunk.chunks(500) {
            pipeline.hset_multiple("by hand:new", entries).ignore();
        }
        pipeline.exec(connection).unwrap();
    }
    redis::cmd("RENAME").arg("by hand:new").arg("by hand").exec(connection).unwrap();
}

fn open(store: &Store, name: &str) -> SyncableDict<u64, u64> {
    Syncable::open(store, name).unwrap()
}

fn sum(get: impl Fn(&u64) -> Option<u64>) -> u64 {
    (0..ENTRIES).filter_map(|key| get(&key)).sum()
}
