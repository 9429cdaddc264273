//! Two processes that change the same keys, and processes that are killed while they sync.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
};

use redis_collections::{Error, RedisStruct, Server, Store};
use redis_collections_tests::{
    Proxy,
    board::{Board, Change, Side},
};

/// The other process.
struct Peer {
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    fn open(url: &str, id: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_board_peer"))
            .args([url, id])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        let mut peer = Peer { process, orders, answers };
        assert_eq!(peer.answer(), "open");
        peer
    }

    /// Tells what to do, and returns what came of it.
    fn ask(&mut self, order: &str) -> String {
        self.tell(order);
        self.answer()
    }

    fn tell(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// Ends it as `kill -9` does.
impl Drop for Peer {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn the_disjoint_changes_of_two_processes_all_survive() {
    let seed = fastrand::u64(..);
    println!("seed: {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let server = Server::temporary().unwrap();
    let store = Store::open(server.url()).unwrap();
    let mut board = Board::open(&store, "shared").unwrap();
    // What is put before nothing stands behind it as well: the log is never empty.
    board.log.push(0);
    board.sync().unwrap();
    let mut peer = Peer::open(server.url(), "shared");
    let mut model = Board { log: vec![0], ..Board::default() };

    for round in 0..1_000 {
        let theirs = random.u64(..);
        let changes = Change::random(&mut random, Side::Even);
        let mut others = Change::random(&mut fastrand::Rng::with_seed(theirs), Side::Odd);
        // The peer takes what it knows of, which is what there was before this round.
        let mut left = model.queue.len();
        others.retain(|change| {
            !change.takes() || left.checked_sub(1).inspect(|n| left = *n).is_some()
        });
        for change in &changes {
            change.make_live(&mut board);
        }
        assert_eq!(peer.ask(&format!("change {theirs}")), "done");

        if random.bool() {
            board.sync().unwrap();
            assert_eq!(peer.ask("sync"), "done");
            changes.iter().chain(&others).for_each(|change| change.make(&mut model));
        } else {
            assert_eq!(peer.ask("sync"), "done");
            board.sync().unwrap();
            others.iter().chain(&changes).for_each(|change| change.make(&mut model));
        }

        let found = Board::load(&store, "shared").unwrap().unwrap_or_default();
        assert_eq!(found, model, "round {round} of seed {seed}");
    }
}

#[test]
fn of_two_processes_that_change_one_entry_the_last_wins_or_is_refused() {
    let server = Server::temporary().unwrap();
    let store = Store::open(server.url()).unwrap();
    let mut board = Board::open(&store, "one").unwrap();
    let mut peer = Peer::open(server.url(), "one");
    let stored = || Board::load(&store, "one").unwrap().unwrap();

    board.words.insert(0, "ours".into());
    peer.ask("set theirs");
    board.sync().unwrap();
    assert_eq!(peer.ask("sync"), "done");
    assert_eq!(stored().words[&0], "theirs");

    board.words.insert(0, "mine".into());
    board.kills.add(1, 1);
    let error = board.sync_checked().unwrap_err();
    assert!(matches!(&error, Error::Conflict { keys, .. } if keys == &["{board:one}:words"]));
    assert_eq!(stored().kills.get(&1), 0);

    board.sync().unwrap();
    peer.ask("set again");
    assert!(
        peer.ask("checked").starts_with("conflict: another client changed `{board:one}:words`")
    );
    assert_eq!(stored().words[&0], "mine");
    assert_eq!(peer.ask("refresh"), "done");
    assert_eq!(peer.ask("checked"), "done");
    assert_eq!(stored().words[&0], "again");
}

#[test]
fn a_process_that_is_killed_while_it_syncs_leaves_the_old_state_or_the_new_one() {
    thread::scope(|scope| {
        for part in 0..2 {
            scope.spawn(move || kill_after_each_command(|count| count % 2 == part));
        }
    });
}

/// Kills a process that syncs 50,000 entries, after each command of which it is the turn.
fn kill_after_each_command(is_due: impl Fn(&usize) -> bool) {
    let server = Server::temporary().unwrap();
    let proxy = Proxy::to(&server);
    let mut peer = Peer::open(proxy.url(), "killed");
    peer.ask("fill 0");
    assert_eq!(peer.ask("sync"), "done");
    peer.ask("fill 1");
    let before = proxy.commands();
    assert_eq!(peer.ask("sync"), "done");
    let commands = proxy.commands() - before;
    drop(peer);
    assert!(commands > 100, "{commands}");

    for count in (0..=commands).filter(is_due) {
        let mut peer = Peer::open(proxy.url(), "killed");
        peer.ask("fill 2");
        let hold = proxy.hold_after(count);
        peer.tell("sync");
        hold.wait();
        drop(peer);
        drop(hold);

        let expected = if count < commands { 1 } else { 2 };
        assert_eq!(state(&server, "killed"), expected, "after {count} commands of {commands}");
        assert!(all_helpers_go(&server), "after {count} commands of {commands}");
    }
}

/// The number that all three collections hold, and nothing else.
fn state(server: &Server, id: &str) -> u32 {
    let mut connection = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    let mut all = |command: &str, field: &str, range: &[i32], len: usize| {
        let key = format!("{{board:{id}}}:{field}");
        let found: Vec<Vec<u8>> =
            redis::cmd(command).arg(key).arg(range).query(&mut connection).unwrap();
        assert_eq!(found.len(), len);
        let distinct: HashSet<Vec<u8>> = found.into_iter().collect();
        let [one] = Vec::from_iter(distinct).try_into().unwrap();
        one
    };
    let word: Vec<u8> = all("HVALS", "words", &[], 20_000);
    let number: Vec<u8> = all("LRANGE", "log", &[0, -1], 10_000);
    let count: Vec<u8> = all("HVALS", "kills", &[], 20_000);
    let text = String::from_utf8(count).unwrap();
    assert_eq!((&word[1..], &number[..]), (text.as_bytes(), &[text.parse().unwrap()][..]));
    text.parse().unwrap()
}

/// Whether each key that helps a sync has a time to live.
fn all_helpers_go(server: &Server) -> bool {
    let mut connection = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    ["*~tmp:*", "*~op"].into_iter().all(|pattern| {
        let keys: Vec<String> = redis::cmd("KEYS").arg(pattern).query(&mut connection).unwrap();
        keys.iter().all(|key| {
            let left: i64 = redis::cmd("PTTL").arg(key).query(&mut connection).unwrap();
            // It may have gone in between.
            left != -1
        })
    })
}
