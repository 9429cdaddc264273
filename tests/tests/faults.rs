//! What a client sees of each fault on its way to the server, blocking and awaited.

use std::{thread, time::Duration};

use redis_collections::{Batch, Dict, Error, List, Outcome, Result, Server, Store, aio};
use redis_collections_tests::{Fault, Proxy};

/// How long a client waits for an answer.
const PATIENCE: Duration = Duration::from_millis(400);

/// All that cut the connection.
const CUTS: [Fault; 5] =
    [Fault::CutBefore, Fault::CutAfter, Fault::CutReply(0), Fault::CutReply(1), Fault::CutReply(3)];

/// A list that is reached through a proxy, and one that is not.
struct Lists {
    proxy: Proxy,
    blocking: List<u32>,
    awaiting: List<u32, aio::Store>,
    direct: List<u32>,
    _server: Server,
}

impl Lists {
    async fn open() -> Self {
        let server = Server::temporary().unwrap();
        let proxy = Proxy::to(&server);
        let builder = Store::builder(proxy.url()).timeout(PATIENCE);
        let awaiting = builder.clone().open_aio().await.unwrap();
        Lists {
            blocking: List::open(&builder.open().unwrap(), "list"),
            awaiting: List::open(&awaiting, "list"),
            direct: List::open(&Store::open(server.url()).unwrap(), "list"),
            proxy,
            _server: server,
        }
    }

    /// The answers to a push that meets `fault`, blocking and awaited.
    async fn push(&self, fault: Fault) -> [Result<usize>; 2] {
        self.proxy.fault_next(fault);
        let blocking = self.blocking.push(&1);
        self.proxy.fault_next(fault);
        [blocking, self.awaiting.push(&2).await]
    }

    /// The answers to a read that meets `fault`, blocking and awaited.
    async fn read(&self, fault: Fault) -> [Result<Vec<u32>>; 2] {
        self.proxy.fault_next(fault);
        let blocking = self.blocking.to_vec();
        self.proxy.fault_next(fault);
        [blocking, self.awaiting.to_vec().await]
    }

    /// Checks that the next calls are not hurt.
    async fn assert_clean(&self) {
        let all = self.direct.to_vec().unwrap();
        assert_eq!(self.blocking.to_vec().unwrap(), all);
        assert_eq!(self.awaiting.to_vec().await.unwrap(), all);
    }
}

#[tokio::test]
async fn a_write_that_is_cut_may_have_happened() {
    for fault in CUTS {
        let lists = Lists::open().await;

        for answer in lists.push(fault).await {
            let error = answer.unwrap_err();
            assert!(matches!(error, Error::Unavailable { .. }), "{fault:?}: {error:?}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{fault:?}");
        }
        let pushed = lists.direct.to_vec().unwrap();
        let wanted: &[u32] = if fault == Fault::CutBefore { &[] } else { &[1, 2] };
        assert_eq!(pushed, wanted, "{fault:?}");
        lists.assert_clean().await;
    }
}

#[tokio::test]
async fn a_read_that_is_cut_is_repeated() {
    let lists = Lists::open().await;
    lists.direct.extend([1, 2]).unwrap();

    for fault in CUTS {
        for answer in lists.read(fault).await {
            assert_eq!(answer.unwrap(), [1, 2], "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_call_with_a_late_reply_may_have_been_carried_out() {
    let lists = Lists::open().await;

    // What follows on the connection of the awaiting store waits for the rest of that time.
    for answer in lists.push(Fault::Late(PATIENCE + PATIENCE / 3)).await {
        let error = answer.unwrap_err();
        assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    assert_eq!(lists.direct.to_vec().unwrap(), [1, 2]);
    lists.assert_clean().await;
}

#[tokio::test]
async fn a_reply_that_is_slow_or_in_pieces_is_a_reply() {
    let lists = Lists::open().await;

    for fault in [Fault::Late(PATIENCE / 10), Fault::Bytewise] {
        let len = lists.direct.len().unwrap();
        let answers = lists.push(fault).await.map(Result::unwrap);
        assert_eq!(answers, [len + 1, len + 2], "{fault:?}");
        lists.assert_clean().await;
    }
}

#[tokio::test]
async fn an_invalid_reply_leaves_the_write_unknown() {
    let lists = Lists::open().await;

    for answer in lists.push(Fault::Garbage).await {
        let error = answer.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}");
    }
    assert_eq!(lists.direct.to_vec().unwrap(), [1, 2]);
    lists.assert_clean().await;
}

#[tokio::test]
async fn a_pipeline_is_cut_between_its_commands() {
    let lists = Lists::open().await;
    let store = Store::builder(lists.proxy.url()).timeout(PATIENCE).open().unwrap();
    let pushes = |batch: &Batch<_>| [1, 2, 3].map(|number| lists.direct.on(batch).push(&number));

    lists.proxy.fault_after(2, Fault::CutAfter);
    let error = store.pipeline(pushes).unwrap_err();

    assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}");
    assert_eq!(lists.direct.len().unwrap(), 3);
    lists.proxy.fault_after(1, Fault::CutBefore);
    store.pipeline(pushes).unwrap_err();
    assert!(lists.direct.len().unwrap() <= 4);
}

#[tokio::test]
async fn the_commands_of_a_transaction_are_counted_one_by_one() {
    let lists = Lists::open().await;
    let store = Store::open(lists.proxy.url()).unwrap();
    let (trips, commands) = (lists.proxy.trips(), lists.proxy.commands());

    store.atomic(|tx| [1, 2, 3].map(|number| lists.direct.on(tx).push(&number))).unwrap();

    assert_eq!(lists.proxy.trips() - trips, 1);
    assert_eq!(lists.proxy.commands() - commands, 5);
}

#[tokio::test]
async fn held_bytes_wait_for_their_release() {
    let lists = Lists::open().await;
    let hold = lists.proxy.hold_after(2);
    let list = lists.blocking.clone();
    let pushes = thread::spawn(move || [1, 2, 3].map(|number| list.push(&number).unwrap()));

    hold.wait();
    hold.wait_for_more();
    assert_eq!(lists.direct.to_vec().unwrap(), [1, 2]);
    hold.release();

    assert_eq!(pushes.join().unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn bytes_held_by_a_dropped_gate_never_arrive() {
    let lists = Lists::open().await;
    let hold = lists.proxy.hold_after(1);
    let list = lists.blocking.clone();
    let pushes = thread::spawn(move || [1, 2].map(|number| list.push(&number).is_ok()));

    hold.wait_for_more();
    drop(hold);

    assert_eq!(pushes.join().unwrap(), [true, false]);
    assert_eq!(lists.direct.to_vec().unwrap(), [1]);
}

#[tokio::test]
async fn a_seed_gives_the_same_faults_again() {
    let seed = fastrand::u64(..);
    let mut runs = Vec::new();
    for _ in 0..2 {
        let lists = Lists::open().await;
        let ages: Dict<u32, u32> = Dict::open(
            &Store::builder(lists.proxy.url()).timeout(PATIENCE).open().unwrap(),
            "ages",
        );
        lists.proxy.fault_randomly(seed, &[(Fault::CutBefore, 0.1), (Fault::CutAfter, 0.1)]);
        runs.push((0..100).map(|age| ages.remove(&age).is_ok()).collect::<Vec<_>>());
        lists.proxy.heal();
        lists.assert_clean().await;
    }

    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&true) && runs[0].contains(&false));
}
