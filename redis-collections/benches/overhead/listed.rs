//! Calls of the collections that are lists, sets and sorted sets.

use redis::{Script, cmd};
use redis_collections::{Coordinates, Deque, GeoDb, List, Set, SortedSetCounter};

use super::{
    by_hand::{Item, decode_all, decode_optional, encode, hundred},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn list<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: List<Item, P::Store> = List::open(pair.store(), "chest");
    let key = "hand:chest";
    let sword = Item::sword();

    bench
        .compare(
            "List::push",
            async || P::answer(items.push(&sword)).await,
            async || pair.query::<usize>(cmd("RPUSH").arg(key).arg(encode(&sword))).await,
        )
        .await;
    bench
        .compare(
            "List::get",
            async || P::answer(items.get(-1)).await,
            async || decode_optional::<Item>(pair.query(cmd("LINDEX").arg(key).arg(-1)).await),
        )
        .await;
    bench
        .compare(
            "List::len",
            async || P::answer(items.len()).await,
            async || pair.query::<usize>(cmd("LLEN").arg(key)).await,
        )
        .await;
    bench
        .compare(
            "List::range of 10",
            async || P::answer(items.range(..10)).await,
            async || {
                let bytes: Vec<Vec<u8>> = pair.query(cmd("LRANGE").arg(key).arg(0).arg(9)).await;
                decode_all::<Item>(&bytes)
            },
        )
        .await;
    bench
        .compare(
            "List::pop",
            async || P::answer(items.pop()).await,
            async || decode_optional::<Item>(pair.query(cmd("RPOP").arg(key)).await),
        )
        .await;
}

pub(crate) async fn deque<P: Pair>(pair: &P, bench: &mut Bench) {
    let inbox: Deque<Item, P::Store> = Deque::open(pair.store(), "inbox");
    let latest = Deque::<Item, P::Store>::open(pair.store(), "latest").with_maxlen(100);
    let key = "hand:inbox";
    let sword = Item::sword();
    let push_back = Script::new(include_str!("../../src/collections/scripts/deque_push_back.lua"));

    bench
        .compare(
            "Deque::push_back",
            async || P::answer(inbox.push_back(&sword)).await,
            async || pair.query::<usize>(cmd("RPUSH").arg(key).arg(encode(&sword))).await,
        )
        .await;
    bench
        .compare(
            "Deque::push_back with a maxlen",
            async || P::answer(latest.push_back(&sword)).await,
            async || {
                let mut call = push_back.key("hand:latest");
                pair.invoke::<usize>(call.arg(100).arg(encode(&sword))).await
            },
        )
        .await;
    bench
        .compare(
            "Deque::pop_front",
            async || P::answer(inbox.pop_front()).await,
            async || decode_optional::<Item>(pair.query(cmd("LPOP").arg(key)).await),
        )
        .await;
}

pub(crate) async fn set<P: Pair>(pair: &P, bench: &mut Bench) {
    let friends: Set<String, P::Store> = Set::open(pair.store(), "friends");
    let key = "hand:friends";
    let names = hundred();

    bench
        .compare(
            "Set::insert",
            async || P::answer(friends.insert("grace")).await,
            async || pair.query::<bool>(cmd("SADD").arg(key).arg(encode("grace"))).await,
        )
        .await;
    bench
        .compare(
            "Set::contains",
            async || P::answer(friends.contains("grace")).await,
            async || pair.query::<bool>(cmd("SISMEMBER").arg(key).arg(encode("grace"))).await,
        )
        .await;
    bench
        .compare(
            "Set::len",
            async || P::answer(friends.len()).await,
            async || pair.query::<usize>(cmd("SCARD").arg(key)).await,
        )
        .await;
    bench
        .compare(
            "Set::remove",
            async || P::answer(friends.remove("alan")).await,
            async || pair.query::<bool>(cmd("SREM").arg(key).arg(encode("alan"))).await,
        )
        .await;
    bench
        .compare_bulk(
            "Set::extend of 100",
            async || P::answer(friends.extend(&names)).await,
            async || {
                let mut command = cmd("SADD");
                command.arg(key);
                for name in &names {
                    command.arg(encode(name));
                }
                pair.query::<()>(&command).await;
            },
        )
        .await;
}

pub(crate) async fn sorted_set_counter<P: Pair>(pair: &P, bench: &mut Bench) {
    let ladder: SortedSetCounter<String, P::Store> = SortedSetCounter::open(pair.store(), "ladder");
    let key = "hand:ladder";

    bench
        .compare(
            "SortedSetCounter::set_score",
            async || P::answer(ladder.set_score("grace", 3.5)).await,
            async || pair.query(cmd("ZADD").arg(key).arg(3.5).arg(encode("grace"))).await,
        )
        .await;
    bench
        .compare(
            "SortedSetCounter::score",
            async || P::answer(ladder.score("grace")).await,
            async || pair.query::<Option<f64>>(cmd("ZSCORE").arg(key).arg(encode("grace"))).await,
        )
        .await;
    bench
        .compare(
            "SortedSetCounter::increment",
            async || P::answer(ladder.increment("ada", 2)).await,
            async || pair.query::<f64>(cmd("ZINCRBY").arg(key).arg(2).arg(encode("ada"))).await,
        )
        .await;
    bench
        .compare(
            "SortedSetCounter::rank",
            async || P::answer(ladder.rank("grace")).await,
            async || pair.query::<Option<usize>>(cmd("ZRANK").arg(key).arg(encode("grace"))).await,
        )
        .await;
}

pub(crate) async fn geo_db<P: Pair>(pair: &P, bench: &mut Bench) {
    let cities: GeoDb<String, P::Store> = GeoDb::open(pair.store(), "cities");
    let key = "hand:cities";
    let (berlin, potsdam) = (Coordinates::new(52.52, 13.405), Coordinates::new(52.4, 13.066));
    P::answer(cities.set("potsdam", potsdam)).await;
    let by_hand = cmd("GEOADD").arg(key).arg(13.066).arg(52.4).arg(encode("potsdam")).take();
    pair.query::<()>(&by_hand).await;

    bench
        .compare(
            "GeoDb::set",
            async || P::answer(cities.set("berlin", berlin)).await,
            async || {
                let mut command = cmd("GEOADD");
                command.arg(key).arg(13.405).arg(52.52).arg(encode("berlin"));
                pair.query::<()>(&command).await;
            },
        )
        .await;
    bench
        .compare(
            "GeoDb::get",
            async || {
                let found = P::answer(cities.get("berlin")).await;
                found.map(|found| (found.longitude, found.latitude))
            },
            async || {
                let found = pair.query(cmd("GEOPOS").arg(key).arg(encode("berlin"))).await;
                let [found]: [Option<(f64, f64)>; 1] = found;
                found
            },
        )
        .await;
    bench
        .compare(
            "GeoDb::distance",
            async || P::answer(cities.distance("berlin", "potsdam")).await,
            async || {
                let mut command = cmd("GEODIST");
                command.arg(key).arg(encode("berlin")).arg(encode("potsdam")).arg("m");
                pair.query::<Option<f64>>(&command).await
            },
        )
        .await;
}
