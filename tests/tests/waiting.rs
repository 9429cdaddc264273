//! Pops that wait for an element, on connections of their own.

use std::{
    thread,
    time::{Duration, Instant},
};

use redis::Value;
use redis_collections::{Collection, Deque, Dict, Error, List, Outcome, Server, Store, aio};
use redis_collections_tests::{send, store};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(20);

fn jobs(store: &Store) -> Deque<u32> {
    Deque::open(store, "jobs")
}

/// What `CLIENT LIST` says of the clients whose calls wait.
fn waiting(store: &Store) -> Vec<String> {
    let all = match send(store, "CLIENT", "LIST", &[]) {
        Value::BulkString(bytes) => String::from_utf8(bytes).unwrap(),
        Value::VerbatimString { text, .. } => text,
        other => panic!("{other:?}"),
    };
    all.lines().filter(|client| client.contains(" flags=b")).map(str::to_owned).collect()
}

/// Returns once so many calls wait.
fn until_waiting(store: &Store, count: usize) {
    while waiting(store).len() != count {
        thread::yield_now();
    }
}

#[test]
fn a_present_element_is_popped_at_once() {
    let jobs = jobs(&store());
    jobs.extend([1, 2, 3]).unwrap();

    assert_eq!(jobs.pop_front_wait(LONG).unwrap(), Some(1));
    assert_eq!(jobs.pop_back_wait(LONG).unwrap(), Some(3));
    assert_eq!(jobs.to_vec().unwrap(), [2]);
}

#[test]
fn an_empty_deque_is_none_after_the_timeout_and_not_before() {
    let jobs = jobs(&store());

    for pop in [Deque::pop_front_wait, Deque::pop_back_wait] {
        let begin = Instant::now();
        assert_eq!(pop(&jobs, SHORT).unwrap(), None);
        assert!(begin.elapsed() >= SHORT);
    }
}

#[test]
fn a_timeout_of_zero_does_not_wait() {
    let jobs = jobs(&store());

    assert_eq!(jobs.pop_front_wait(Duration::ZERO).unwrap(), None);
    jobs.extend([1, 2]).unwrap();
    assert_eq!(jobs.pop_back_wait(Duration::ZERO).unwrap(), Some(2));
    assert_eq!(jobs.pop_front_wait(Duration::ZERO).unwrap(), Some(1));
}

#[test]
fn a_timeout_below_a_millisecond_ends() {
    assert_eq!(jobs(&store()).pop_front_wait(Duration::from_nanos(1)).unwrap(), None);
}

#[test]
fn a_timeout_without_end_waits_for_an_element() {
    let store = Store::temporary().unwrap();
    let jobs = jobs(&store);

    let popped = thread::scope(|scope| {
        let popped = scope.spawn(|| jobs.pop_front_wait(Duration::MAX));
        until_waiting(&store, 1);
        jobs.push_back(&7).unwrap();
        popped.join().unwrap()
    });

    assert_eq!(popped.unwrap(), Some(7));
}

#[test]
fn the_time_that_other_calls_have_for_an_answer_does_not_cut_it() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).timeout(SHORT).open().unwrap();
    let jobs = jobs(&store);
    let begin = Instant::now();

    assert_eq!(jobs.pop_front_wait(10 * SHORT).unwrap(), None);
    assert!(begin.elapsed() >= 10 * SHORT);
    assert_eq!(jobs.pop_front_wait(SHORT).unwrap(), None);
}

#[test]
fn calls_that_wait_hold_up_no_other_call_of_a_store_with_one_connection() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).connections(1).open().unwrap();
    let jobs = jobs(&store);

    let mut popped: Vec<u32> = thread::scope(|scope| {
        let pops = [(); 16].map(|()| scope.spawn(|| jobs.pop_front_wait(LONG)));
        until_waiting(&store, 16);
        jobs.extend(0..16).unwrap();
        pops.into_iter().filter_map(|pop| pop.join().unwrap().unwrap()).collect()
    });

    popped.sort_unstable();
    assert_eq!(popped, (0..16).collect::<Vec<_>>());
}

#[test]
fn each_element_goes_to_one_waiting_call() {
    let jobs = jobs(&store());
    let pop_all = || {
        let mut popped = Vec::new();
        while let Some(job) = jobs.pop_front_wait(LONG).unwrap().filter(|job| *job != u32::MAX) {
            popped.push(job);
        }
        popped
    };

    let mut popped: Vec<u32> = thread::scope(|scope| {
        let pops = [(); 8].map(|()| scope.spawn(pop_all));
        for job in 0..500 {
            jobs.push_back(&job).unwrap();
        }
        jobs.extend([u32::MAX; 8]).unwrap();
        pops.into_iter().flat_map(|pop| pop.join().unwrap()).collect()
    });

    popped.sort_unstable();
    assert_eq!(popped, (0..500).collect::<Vec<_>>());
}

#[test]
fn a_connection_serves_one_call_after_the_other() {
    let store = Store::temporary().unwrap();
    let jobs = jobs(&store);
    let id = || {
        thread::scope(|scope| {
            let pop = scope.spawn(|| jobs.pop_front_wait(LONG));
            until_waiting(&store, 1);
            let id = waiting(&store)[0].split(' ').next().unwrap().to_owned();
            jobs.push_back(&1).unwrap();
            pop.join().unwrap().unwrap();
            id
        })
    };

    assert_eq!(id(), id());
}

#[test]
fn a_wait_whose_connection_is_lost_is_of_unknown_outcome_and_not_begun_again() {
    let store = Store::temporary().unwrap();
    let jobs = jobs(&store);

    let popped = thread::scope(|scope| {
        let pop = scope.spawn(|| jobs.pop_front_wait(LONG));
        until_waiting(&store, 1);
        let id = waiting(&store)[0].split(' ').next().unwrap().replace("id=", "");
        send(&store, "CLIENT", "KILL", &["ID", &id]);
        pop.join().unwrap()
    });

    let error = popped.unwrap_err();
    assert!(matches!(error, Error::Unavailable { outcome: Outcome::Unknown, .. }), "{error}");
    assert!(error.to_string().contains("`BLPOP jobs`"), "{error}");
    assert_eq!((waiting(&store).len(), jobs.push_back(&1).unwrap()), (0, 1));
    assert_eq!(jobs.pop_front_wait(LONG).unwrap(), Some(1));
}

#[test]
fn a_wait_that_the_server_ends_with_a_refusal_has_popped_nothing() {
    let store = Store::temporary().unwrap();
    let jobs = jobs(&store);

    let popped = thread::scope(|scope| {
        let pop = scope.spawn(|| jobs.pop_front_wait(LONG));
        until_waiting(&store, 1);
        let id = waiting(&store)[0].split(' ').next().unwrap().replace("id=", "");
        send(&store, "CLIENT", "UNBLOCK", &[&id, "ERROR"]);
        pop.join().unwrap()
    });

    assert_eq!(popped.unwrap_err().outcome(), Outcome::NotApplied);
    assert_eq!(jobs.push_back(&1).unwrap(), 1);
}

#[test]
fn a_key_of_another_type_fails_at_once() {
    let store = store();
    Dict::<u32, u32>::open(&store, "jobs").set(&1, &1).unwrap();

    for pop in [Deque::pop_front_wait, Deque::pop_back_wait] {
        let error = pop(&jobs(&store), LONG).unwrap_err();
        assert!(matches!(error, Error::WrongType { expected: "a list", .. }), "{error}");
    }
}

#[test]
fn an_element_that_cannot_be_read_is_popped_all_the_same() {
    let store = store();
    List::<String>::open(&store, "jobs").push("no number").unwrap();

    let error = jobs(&store).pop_front_wait(LONG).unwrap_err();

    assert!(matches!(&error, Error::Decode { key, .. } if key == jobs(&store).key()), "{error}");
    assert_eq!(error.outcome(), Outcome::Applied);
    assert!(!jobs(&store).exists().unwrap());
}

#[test]
fn an_invalid_name_fails_before_anything_is_sent() {
    let nameless: Deque<u32> = Deque::open(&store(), "");

    assert!(matches!(nameless.pop_front_wait(LONG), Err(Error::InvalidName { .. })));
}

#[test]
fn a_stopped_server_is_unavailable_and_nothing_was_popped() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::open(folder.path()).unwrap();
    let jobs = jobs(&Store::open(server.url()).unwrap());

    drop(server);

    let error = jobs.pop_front_wait(LONG).unwrap_err();
    assert!(matches!(error, Error::Unavailable { outcome: Outcome::NotApplied, .. }), "{error}");
}

/// A blocking store that shows the server's view, and an awaiting one.
async fn both() -> (Store, aio::Store) {
    let server = Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    (Store::of(server).unwrap(), store)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_awaited_pop_waits_and_leaves_the_shared_connection_free() {
    let (witness, store) = both().await;
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");

    let waits = jobs.clone();
    let pop = tokio::spawn(async move { waits.pop_back_wait(LONG).await });
    until_waiting(&witness, 1);

    assert!(jobs.is_empty().await.unwrap());
    jobs.push_back(&1).await.unwrap();
    assert_eq!(pop.await.unwrap().unwrap(), Some(1));
    assert_eq!(jobs.pop_front_wait(SHORT).await.unwrap(), None);
}

#[tokio::test]
async fn many_tasks_of_one_thread_wait_at_the_same_time() {
    let store = aio::Store::temporary().await.unwrap();
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");

    let pops: Vec<_> = (0..16)
        .map(|_| {
            let jobs = jobs.clone();
            tokio::spawn(async move { jobs.pop_front_wait(LONG).await })
        })
        .collect();
    jobs.extend(0..16).await.unwrap();

    let mut popped = Vec::new();
    for pop in pops {
        popped.extend(pop.await.unwrap().unwrap());
    }
    popped.sort_unstable();
    assert_eq!(popped, (0..16).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_response_timeout_of_an_awaiting_store_does_not_cut_it() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).timeout(SHORT).open_aio().await.unwrap();
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");
    let begin = Instant::now();

    assert_eq!(jobs.pop_front_wait(10 * SHORT).await.unwrap(), None);
    assert!(begin.elapsed() >= 10 * SHORT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_that_is_dropped_pops_nothing_any_more() {
    let (witness, store) = both().await;
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");

    let waits = jobs.clone();
    let pop = tokio::spawn(async move { waits.pop_front_wait(Duration::MAX).await });
    until_waiting(&witness, 1);
    pop.abort();
    until_waiting(&witness, 0);

    jobs.push_back(&1).await.unwrap();
    assert_eq!(jobs.len().await.unwrap(), 1);
    assert_eq!(jobs.pop_front_wait(LONG).await.unwrap(), Some(1));
}

#[tokio::test]
async fn a_wait_sends_nothing_before_it_is_polled() {
    let (witness, store) = both().await;
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");
    jobs.push_back(&1).await.unwrap();

    drop(jobs.pop_front_wait(LONG));

    assert_eq!((waiting(&witness).len(), jobs.len().await.unwrap()), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_awaited_wait_whose_connection_is_lost_is_not_begun_again() {
    let (witness, store) = both().await;
    let jobs: Deque<u32, aio::Store> = Deque::open(&store, "jobs");

    let waits = jobs.clone();
    let pop = tokio::spawn(async move { waits.pop_front_wait(LONG).await });
    until_waiting(&witness, 1);
    let id = waiting(&witness)[0].split(' ').next().unwrap().replace("id=", "");
    send(&witness, "CLIENT", "KILL", &["ID", &id]);

    let error = pop.await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Unavailable { outcome: Outcome::Unknown, .. }), "{error}");
    assert_eq!((waiting(&witness).len(), jobs.push_back(&1).await.unwrap()), (0, 1));
}
