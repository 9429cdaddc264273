//! `Dict` in pipelines and transactions, and awaited.

use redis_collections::{Dict, Error, aio};
use redis_collections_tests::{send, store};

use crate::ages;

#[test]
fn a_pipeline_and_a_transaction_give_each_call_its_answer() {
    let store = store();
    let ages = ages(&store);

    let answers = store.pipeline(|batch| {
        let ages = ages.on(batch);
        (ages.insert("ada", &37), ages.get("ada"), ages.len(), ages.get_many::<str>([]))
    });
    assert_eq!(answers.unwrap(), (Some(36), Some(37), 2, vec![]));
    let answers = store.atomic(|tx| vec![ages.on(tx).remove("ada"), ages.on(tx).get("alan")]);
    assert_eq!(answers.unwrap(), [Some(37), Some(41)]);
}

#[test]
fn an_array_and_an_option_of_calls_give_their_like_of_answers() {
    let store = store();
    let ages = ages(&store);

    let answers = store.atomic(|tx| {
        let asked = ["alan", "bob"].map(|name| ages.on(tx).get(name));
        (asked, Some(ages.on(tx).len()), None::<redis_collections::Ticket<'_, ()>>)
    });

    assert_eq!(answers.unwrap(), ([Some(41), None], Some(2), None));
}

#[test]
fn extend_within_a_transaction_is_part_of_it() {
    let store = store();
    let ages: Dict<u32, u32> = Dict::open(&store, "ages");

    let answers = store.atomic(|tx| {
        (ages.on(tx).extend((0..1200).map(|n| (n, n))), ages.on(tx).len(), ages.on(tx).get(&7))
    });

    assert_eq!(answers.unwrap(), ((), 1200, Some(7)));
}

#[test]
fn a_failed_command_of_a_transaction_is_listed_by_its_position() {
    let store = store();
    let (ages, text) = (ages(&store), Dict::<u32, u32>::open(&store, "text"));
    send(&store, "SET", text.key(), &["text"]);

    let answers =
        store.atomic(|tx| (ages.on(tx).insert("bob", &3), text.on(tx).get(&1), ages.on(tx).len()));

    let Err(Error::Partly { failed, .. }) = answers else { panic!() };
    assert!(matches!(&failed[..], [(1, Error::WrongType { key, .. })] if key == text.key()));
    assert_eq!(ages.get("bob").unwrap(), Some(3));
}

#[tokio::test]
async fn a_dict_awaits() {
    let server = redis_collections::Server::temporary().unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let ages: Dict<u32, u32, aio::Store> = Dict::open(&store, "ages");

    ages.extend((0..2500).map(|n| (n, n))).await.unwrap();
    assert_eq!(ages.insert(&7, &8).await.unwrap(), Some(7));
    let (old, len) = store.atomic(|tx| (ages.on(tx).remove(&7), ages.on(tx).len())).await.unwrap();
    assert_eq!((old, len), (Some(8), 2499));
    let (mut entries, mut met) = (ages.iter(), 0);
    while let Some(entry) = entries.next().await {
        met += usize::from(entry.is_ok());
    }
    assert_eq!(met, 2499);
}
