//! The executors, each once: how calls travel, together and alone, and what they survive.

use std::{thread, time::Duration};

use redis::Value;
use redis_collections::{
    Collection, Counter, Dict, Error, Executor, List, Outcome, Server, Store, aio,
    raw::{Key, Request},
};
use redis_collections_tests::send;

#[test]
fn a_pipeline_answers_each_call_in_order() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    let (old, age, many) = store
        .pipeline(|batch| {
            let ages = ages.on(batch);
            let many = ["ada", "alan"].map(|name| ages.get(name));
            (ages.insert("ada", &36), ages.get("ada"), Vec::from(many))
        })
        .unwrap();

    assert_eq!((old, age, many), (None, Some(36), vec![None, None]));
}

#[test]
fn an_empty_batch_sends_nothing() {
    let store = Store::temporary().unwrap();

    store.atomic(|_| ()).unwrap();
    let none: Vec<Option<u32>> = store
        .pipeline(|batch| Vec::from([(); 0].map(|()| Dict::open(batch, "ages").get("ada"))))
        .unwrap();

    assert!(none.is_empty());
}

#[test]
fn a_ticket_of_another_batch_is_refused() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    let mut kept = None;

    store.atomic(|tx| kept = Some(ages.on(tx).get("ada"))).unwrap();
    let error = store.atomic(|tx| (ages.on(tx).len(), kept)).unwrap_err();

    assert!(matches!(&error, Error::Protocol { .. }), "{error}");
}

#[test]
fn a_transaction_with_a_failed_command_says_which_one() {
    let store = Store::temporary().unwrap();
    let (ages, list): (Dict<String, u32>, List<u32>) =
        (Dict::open(&store, "ages"), List::open(&store, "ages"));

    let error = store
        .atomic(|tx| (ages.on(tx).insert("ada", &36), list.on(tx).push(&1), ages.on(tx).len()))
        .unwrap_err();

    assert_eq!(error.outcome(), Outcome::Partly);
    assert!(
        matches!(&error, Error::Partly { failed, .. } if failed.len() == 1 && failed[0].0 == 1)
    );
    assert_eq!(ages.get("ada").unwrap(), Some(36));
}

#[test]
fn a_script_that_the_server_has_forgotten_is_sent_again() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    ages.insert("ada", &36).unwrap();

    send(&store, "SCRIPT", "FLUSH", &[]);

    assert_eq!(ages.insert("ada", &37).unwrap(), Some(36));
    send(&store, "SCRIPT", "FLUSH", &[]);
    let (old,) = store.atomic(|tx| (ages.on(tx).insert("ada", &38),)).unwrap();
    assert_eq!(old, Some(37));
}

#[test]
fn resp3_replies_are_read_too() {
    let server = Server::temporary().unwrap();
    let store = Store::open(&format!("{}?protocol=resp3", server.url())).unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    ages.extend([("ada".to_string(), 36), ("alan".to_string(), 41)]).unwrap();

    assert_eq!(ages.to_map().unwrap().len(), 2);
    assert_eq!(ages.iter().map(Result::unwrap).count(), 2);
    assert!(ages.pop_any().unwrap().is_some());
}

#[test]
fn many_threads_share_one_store() {
    let store = Store::temporary().unwrap();
    let visits: Counter<String> = Counter::open(&store, "visits");

    thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| (0..50).for_each(|_| assert!(visits.add("home", 1).unwrap() > 0)));
        }
    });

    assert_eq!(visits.get("home").unwrap(), 1600);
}

#[test]
fn a_connection_that_the_server_has_closed_is_replaced() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    ages.set("ada", &36).unwrap();

    kill_clients(&store);

    assert_eq!(ages.get("ada").unwrap(), Some(36));
}

#[test]
fn after_one_lost_connection_no_other_is_taken_for_good() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).connections(8).open().unwrap();
    let list: List<u32> = List::open(&store, "list");
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while used_connections(&store) < 8 {
                    list.push(&1).unwrap();
                }
            });
        }
    });

    kill_clients(&store);

    assert!(list.push(&2).is_err());
    assert!((0..8).all(|_| list.push(&2).is_ok()));
}

#[test]
fn a_write_that_must_not_be_repeated_is_not() {
    let store = Store::temporary().unwrap();
    let list: List<u32> = List::open(&store, "list");
    list.push(&1).unwrap();

    kill_clients(&store);
    let outcome = list.push(&2).map_err(|error| error.outcome());

    assert_eq!(outcome, Err(Outcome::Unknown));
    assert!(list.len().unwrap() <= 2);
}

#[test]
fn an_answer_that_comes_too_late_is_a_timeout_and_answers_nobody_else() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).timeout(Duration::from_millis(200)).open().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    ages.set("ada", &36).unwrap();

    let pause = Request::once("CLIENT", &Key::of_name(None, "PAUSE")).arg(500).arg("ALL");
    store.run(pause, |_| Ok(())).unwrap();
    let error = ages.set("ada", &37).unwrap_err();

    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    let patient = ages.on(&Store::open(server.url()).unwrap());
    assert!(patient.get("ada").unwrap().is_some());
    assert!(ages.contains_key("ada").unwrap());
}

#[test]
fn names_begin_with_the_namespace_of_their_store() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).namespace("game").open().unwrap();

    assert_eq!(Dict::<String, u32>::open(&store, "ages").key(), "game:ages");
    assert_eq!(Dict::<String, u32>::open(&store.namespace("shop"), "ages").key(), "shop:ages");
}

#[tokio::test]
async fn an_awaiting_store_does_all_of_it() {
    let store = aio::Store::temporary().await.unwrap();
    let ages: Dict<String, u32, aio::Store> = Dict::open(&store, "ages");

    let (old, age) =
        store.atomic(|tx| (ages.on(tx).insert("ada", &36), ages.on(tx).get("ada"))).await.unwrap();
    let (len,) = store.pipeline(|batch| (ages.on(batch).len(),)).await.unwrap();
    ages.extend((0..25_000).map(|n| (n.to_string(), n))).await.unwrap();
    let mut stream = ages.iter();
    let mut count = 0;
    while let Some(entry) = stream.next().await {
        entry.unwrap();
        count += 1;
    }

    assert_eq!((old, age, len, count), (None, Some(36), 1, 25_001));
    assert!(ages.exists().await.unwrap());
}

#[tokio::test]
async fn an_awaiting_store_survives_a_forgotten_script_and_a_lost_connection() {
    let server = Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let blocking = Store::open(server.url()).unwrap();
    let ages: Dict<String, u32, aio::Store> = Dict::open(&store, "ages");
    ages.insert("ada", &36).await.unwrap();

    send(&blocking, "SCRIPT", "FLUSH", &[]);
    assert_eq!(ages.insert("ada", &37).await.unwrap(), Some(36));
    kill_clients(&blocking);

    assert_eq!(ages.get("ada").await.unwrap(), Some(37));
}

#[tokio::test]
async fn an_awaited_transaction_reports_a_failed_command() {
    let store = aio::Store::temporary().await.unwrap();
    let (ages, list): (Dict<String, u32, _>, List<u32, _>) =
        (Dict::open(&store, "ages"), List::open(&store, "ages"));

    let error = store
        .atomic(|tx| (ages.on(tx).insert("ada", &36), list.on(tx).push(&1)))
        .await
        .unwrap_err();

    assert!(matches!(&error, Error::Partly { failed, .. } if failed[0].0 == 1), "{error}");
}

#[tokio::test]
async fn many_tasks_share_one_connection() {
    let store = aio::Store::temporary().await.unwrap();
    let visits: Counter<String, aio::Store> = Counter::open(&store, "visits");

    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let visits = visits.clone();
            tokio::spawn(async move { visits.add("home", 1).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    assert_eq!(visits.get("home").await.unwrap(), 64);
}

/// How many connections have carried a call. One that is still being opened has not.
fn used_connections(store: &Store) -> usize {
    let clients = match send(store, "CLIENT", "LIST", &[]) {
        Value::BulkString(bytes) => String::from_utf8(bytes).unwrap(),
        other => panic!("{other:?}"),
    };
    let used = |client: &&str| client.contains(" cmd=rpush") || client.contains(" cmd=client|list");
    clients.lines().filter(used).count()
}

/// Closes every connection, also the one that sends this.
fn kill_clients(store: &Store) {
    send(store, "CLIENT", "KILL", &["TYPE", "normal", "SKIPME", "no"]);
}
