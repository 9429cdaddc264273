//! Concurrent misses of one entry share one load.

use std::{
    future::Future,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::{Context, Waker},
    thread,
};

use redis_collections::{Collection, Dict, Error, LruDict, Server, Store, aio};
use redis_collections_tests::{Proxy, send};
use serde::{Deserialize, Deserializer, Serialize};

use crate::grass;

type Tiles<E> = LruDict<u32, String, E>;

/// A dictionary with grass in entry 7, whose calls go through a proxy.
fn tiles() -> (Server, Proxy, Tiles<Store>) {
    let server = Server::temporary().unwrap();
    let store = Store::open(server.url()).unwrap();
    Dict::<u32, String>::open(&store, "tiles").set(&7, &grass()).unwrap();
    let proxy = Proxy::to(&server);
    let tiles = LruDict::open(&Store::open(proxy.url()).unwrap(), "tiles", 10);
    (server, proxy, tiles)
}

async fn awaiting() -> (Server, Proxy, Tiles<aio::Store>) {
    let (server, proxy, tiles) = tiles();
    let store = aio::Store::open(proxy.url()).await.unwrap();
    (server, proxy, LruDict::open(&store, tiles.key(), 10))
}

/// Returns when `count` calls wait for the answer that another has asked for.
fn until_coalesced(tiles: &Tiles<Store>, count: u64) {
    while tiles.stats().coalesced < count {
        thread::yield_now();
    }
}

/// Polls `call` once, whose answer is held, as somebody does who then has other things to do.
fn poll_once(call: &mut (impl Future + Unpin)) {
    let is_over = pin!(call).poll(&mut Context::from_waker(Waker::noop())).is_ready();
    assert!(!is_over);
}

#[test]
fn sixty_four_threads_that_miss_an_entry_ask_once() {
    let (_server, proxy, tiles) = tiles();
    let hold = proxy.hold_after(0);
    let before = proxy.commands();

    thread::scope(|scope| {
        let get = || assert_eq!(tiles.get(&7).unwrap(), Some(grass()));
        (0..64).for_each(|_| drop(scope.spawn(get)));
        until_coalesced(&tiles, 63);
        hold.release();
    });

    assert_eq!(proxy.commands(), before + 1);
    assert_eq!((tiles.stats().misses, tiles.stats().coalesced), (64, 63));
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_tasks_that_miss_an_entry_ask_once() {
    let (_server, proxy, tiles) = awaiting().await;
    let hold = proxy.hold_after(0);
    let before = proxy.commands();

    let calls: Vec<_> = (0..64).map(|_| tokio::spawn(tiles.get(&7))).collect();
    assert_eq!(tiles.stats().coalesced, 63);
    hold.wait_for_more();
    hold.release();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), Some(grass()));
    }

    assert_eq!(proxy.commands(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_misses_of_a_missing_entry_share_one_request() {
    let (_server, proxy, tiles) = awaiting().await;
    let before = proxy.commands();

    assert_eq!(tokio::try_join!(tiles.get(&8), tiles.get(&8)).unwrap(), (None, None));
    assert_eq!(proxy.commands(), before + 1);
    assert_eq!(tiles.get(&8).await.unwrap(), None);
    assert_eq!(proxy.commands(), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiter_that_gives_up_leaves_the_load_to_the_others() {
    let (_server, proxy, tiles) = awaiting().await;
    let before = proxy.commands();
    let hold = proxy.hold_after(0);
    let (mut first, second) = (tiles.get(&7), tiles.get(&7));

    poll_once(&mut first);
    drop(first);
    hold.release();

    assert_eq!(second.await.unwrap(), Some(grass()));
    assert_eq!(proxy.commands(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiter_that_stops_polling_holds_up_nobody() {
    let (_server, proxy, tiles) = awaiting().await;
    let before = proxy.commands();
    let hold = proxy.hold_after(0);
    let mut first = tiles.get(&7);
    let never = tiles.get(&7);
    poll_once(&mut first);
    hold.release();

    assert_eq!(tiles.get(&7).await.unwrap(), Some(grass()));
    assert_eq!(first.await.unwrap(), Some(grass()));
    assert_eq!(never.await.unwrap(), Some(grass()));
    assert_eq!(proxy.commands(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiter_that_gives_up_before_its_first_poll_leaves_the_load_open() {
    let (_server, proxy, tiles) = awaiting().await;
    let before = proxy.commands();
    let hold = proxy.hold_after(0);
    let (first, mut second) = (tiles.get(&7), tiles.get(&7));

    poll_once(&mut second);
    drop(first);
    let third = tiles.get(&7);
    hold.release();

    assert_eq!(third.await.unwrap(), Some(grass()));
    assert_eq!(second.await.unwrap(), Some(grass()));
    assert_eq!(proxy.commands(), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_all_have_given_up_is_forgotten() {
    let (server, proxy, tiles) = awaiting().await;
    let hold = proxy.hold_after(0);
    let mut given_up = [tiles.get(&7), tiles.get(&7), tiles.get(&7)];
    given_up.iter_mut().for_each(poll_once);
    drop(given_up);
    hold.release();
    let store = Store::open(server.url()).unwrap();
    Dict::<u32, String>::open(&store, "tiles").set(&7, "sand").unwrap();

    assert_eq!(tiles.get(&7).await.unwrap(), Some("sand".into()));
    assert_eq!(tiles.stats().coalesced, 2);
}

#[test]
fn after_a_failure_each_asks_for_itself() {
    let (server, proxy, tiles) = tiles();
    send(&Store::open(server.url()).unwrap(), "SET", tiles.key(), &["text"]);
    let hold = proxy.hold_after(0);
    let before = proxy.commands();

    thread::scope(|scope| {
        let get = || assert!(matches!(tiles.get(&7), Err(Error::WrongType { .. })));
        (0..8).for_each(|_| drop(scope.spawn(get)));
        until_coalesced(&tiles, 7);
        hold.release();
    });

    assert_eq!(proxy.commands(), before + 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_shares_a_load_that_is_older_than_a_write() {
    let (_server, proxy, tiles) = awaiting().await;
    let hold = proxy.hold_after(0);
    let mut old = tiles.get(&7);
    poll_once(&mut old);
    let removed = tokio::spawn(tiles.remove(&7));

    let new = tiles.get(&7);
    hold.release();

    assert_eq!(removed.await.unwrap().unwrap(), Some(grass()));
    assert_eq!(new.await.unwrap(), None);
    assert_eq!(tiles.get(&7).await.unwrap(), None);
    drop(old);
}

/// Panics when it is read for the first time.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Touchy(u8);

impl<'de> Deserialize<'de> for Touchy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        static READ: AtomicUsize = AtomicUsize::new(0);

        // It is read back when it is written.
        assert_ne!(READ.fetch_add(1, Ordering::Relaxed), 1, "touched");
        u8::deserialize(deserializer).map(Touchy)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_that_of_one_and_the_others_ask_for_themselves() {
    let (_server, proxy, tiles) = awaiting().await;
    let touchy: LruDict<u32, Touchy, _> =
        LruDict::open(tiles.remote().handle().executor(), "touchy", 10);
    touchy.set(7, Touchy(1)).await.unwrap();
    touchy.sync_and_clear().await.unwrap();
    let hold = proxy.hold_after(0);
    let get = || tokio::spawn(touchy.get(&7));

    let both = [get(), get()];
    hold.wait_for_more();
    hold.release();

    let mut outcomes = Vec::new();
    for one in both {
        outcomes.push(one.await.ok().map(Result::unwrap));
    }
    outcomes.sort_by_key(Option::is_some);
    assert_eq!(outcomes, [None, Some(Some(Touchy(1)))]);
}
