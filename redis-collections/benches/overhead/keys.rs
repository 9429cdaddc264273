//! Calls of any collection, and of a struct's keys.

use std::time::Duration;

use redis::cmd;
use redis_collections::{Collection, LruDict, RedisStruct, Set};

use super::{
    by_hand::{encode, soon},
    comparison::Bench,
    pair::Pair,
};

/// A struct of one key.
#[derive(RedisStruct, Debug, Default)]
#[redis(namespace = "hero")]
struct Hero {
    name: String,
}

pub(crate) async fn collection<P: Pair>(pair: &P, bench: &mut Bench) {
    let friends: Set<String, P::Store> = Set::open(pair.store(), "lasting");
    let key = "hand:lasting";
    P::answer(friends.insert("grace")).await;
    pair.query::<()>(cmd("SADD").arg(key).arg(encode("grace"))).await;
    let (minute, millis) = (Duration::from_secs(60), 60_000);
    let (soon, soon_millis) = soon();

    compare! { bench.compare:
        "Collection::exists",
        P::answer(friends.exists()).await,
        pair.query::<bool>(cmd("EXISTS").arg(key)).await;
        "Collection::expire",
        P::answer(friends.expire(minute)).await,
        pair.query::<bool>(cmd("PEXPIRE").arg(key).arg(millis)).await;
        "Collection::expire_at",
        P::answer(friends.expire_at(soon)).await,
        pair.query::<bool>(cmd("PEXPIREAT").arg(key).arg(soon_millis)).await;
        "Collection::ttl",
        P::answer(friends.ttl()).await.is_some(),
        pair.query::<i64>(cmd("PTTL").arg(key)).await > 0;
        "Collection::persist",
        P::answer(friends.persist()).await,
        pair.query::<bool>(cmd("PERSIST").arg(key)).await;
        "Collection::clear",
        P::answer(friends.clear()).await,
        pair.query::<bool>(cmd("UNLINK").arg(key)).await;
    }
}

pub(crate) async fn structs<P: Pair>(pair: &P, bench: &mut Bench) {
    let tiles: LruDict<String, u32, P::Store> = LruDict::open(pair.store(), "tiles", 10);

    compare! { bench.compare:
        "RedisStruct::exists",
        P::answer(Hero::exists(pair.store(), "ada")).await,
        pair.query::<bool>(cmd("EXISTS").arg("hand:hero")).await;
        "LruDict::len",
        P::answer(tiles.len()).await,
        pair.query::<usize>(cmd("HLEN").arg("hand:tiles")).await;
    }
}
