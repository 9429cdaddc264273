//! Calls together, calls that are awaited, and what is asked beside a call.

use redis_collections::{Counter, Dict, Server, Store, aio};
use redis_collections_tests::{Proxy, proxied};

use crate::{assert_one_trip, assert_trips};

#[test]
fn calls_together() {
    let (proxy, store) = proxied();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    let visits: Counter<String> = Counter::open(&store, "visits");

    assert_one_trip!(
        proxy,
        store.ping(),
        store
            .pipeline(|batch| (ages.on(batch).insert("ada", &36), visits.on(batch).add("home", 1))),
        store.atomic(|tx| (ages.on(tx).insert("ada", &37), visits.on(tx).add("home", 1))),
        store.atomic(|tx| (0..500).map(|_| ages.on(tx).get("ada")).collect::<Vec<_>>()),
    );
}

#[test]
fn an_empty_call_takes_none() {
    let (proxy, store) = proxied();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");
    let before = proxy.trips();

    ages.get_many([""; 0]).unwrap();
    ages.extend([("", 0); 0].map(|(name, age)| (name.to_owned(), age))).unwrap();

    assert_eq!(proxy.trips(), before);
}

#[test]
fn a_script_takes_two_the_first_time() {
    let server = Server::temporary().unwrap();
    let proxy = Proxy::to(&server);
    let store = Store::open(proxy.url()).unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    let trips = [36, 37, 38].map(|age| {
        let before = proxy.trips();
        ages.insert("ada", &age).unwrap();
        proxy.trips() - before
    });

    assert_eq!(trips, [2, 1, 1]);
}

#[test]
fn twenty_five_thousand_entries_take_one_for_each_ten_thousand() {
    let (proxy, store) = proxied();
    let ages: Dict<u32, u32> = Dict::open(&store, "ages");
    let before = proxy.trips();

    ages.extend((0..25_000).map(|age| (age, age))).unwrap();

    assert_eq!(proxy.trips() - before, 3);
}

#[tokio::test]
async fn what_is_awaited() {
    let (proxy, _) = proxied();
    let store = aio::Store::open(proxy.url()).await.unwrap().namespace("awaited");
    let ages: Dict<String, u32, aio::Store> = Dict::open(&store, "ages");
    ages.insert("ada", &36).await.unwrap();

    let mut trips = vec![proxy.trips()];
    ages.get("ada").await.unwrap();
    trips.push(proxy.trips());
    ages.insert("ada", &37).await.unwrap();
    trips.push(proxy.trips());
    store.pipeline(|batch| (ages.on(batch).get("ada"), ages.on(batch).len())).await.unwrap();
    trips.push(proxy.trips());
    store.atomic(|tx| (ages.on(tx).get("ada"), ages.on(tx).remove("ada"))).await.unwrap();
    trips.push(proxy.trips());

    let names = ["get", "insert", "pipeline", "atomic"];
    let each = trips.windows(2).map(|pair| pair[1] - pair[0]);
    assert_trips(1, &names.into_iter().zip(each).collect::<Vec<_>>());
}
