//! Calls of the collections that are hashes, and of batches of them.

use redis::{Script, cmd};
use redis_collections::{Counter, Dict, Number, Value};

use super::{
    by_hand::{Item, decode_optional, encode, hundred},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn dict<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "items");
    let key = "hand:items";
    let sword = Item::sword();
    let insert = Script::new(include_str!("../../src/collections/scripts/dict_insert.lua"));

    bench
        .compare(
            "Dict::set",
            async || P::answer(items.set("sword", &sword)).await,
            async || {
                let (field, value) = (encode("sword"), encode(&sword));
                pair.query::<()>(cmd("HSET").arg(key).arg(field).arg(value)).await;
            },
        )
        .await;
    bench
        .compare(
            "Dict::get",
            async || P::answer(items.get("sword")).await,
            async || {
                let bytes = pair.query(cmd("HGET").arg(key).arg(encode("sword"))).await;
                decode_optional::<Item>(bytes)
            },
        )
        .await;
    bench
        .compare(
            "Dict::insert",
            async || P::answer(items.insert("sword", &sword)).await,
            async || {
                let mut call = insert.key(key);
                let bytes = pair.invoke(call.arg(encode("sword")).arg(encode(&sword))).await;
                decode_optional::<Item>(bytes)
            },
        )
        .await;
    bench
        .compare(
            "Dict::contains_key",
            async || P::answer(items.contains_key("sword")).await,
            async || pair.query::<bool>(cmd("HEXISTS").arg(key).arg(encode("sword"))).await,
        )
        .await;
    bench
        .compare(
            "Dict::len",
            async || P::answer(items.len()).await,
            async || pair.query::<usize>(cmd("HLEN").arg(key)).await,
        )
        .await;
    bench
        .compare(
            "Dict::discard",
            async || P::answer(items.discard("shield")).await,
            async || pair.query::<bool>(cmd("HDEL").arg(key).arg(encode("shield"))).await,
        )
        .await;
    dict_in_bulk(pair, bench).await;
}

async fn dict_in_bulk<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "many");
    let key = "hand:many";
    let (sword, names) = (Item::sword(), hundred());

    bench
        .compare_bulk(
            "Dict::extend of 100",
            async || P::answer(items.extend(names.iter().map(|name| (name, &sword)))).await,
            async || {
                let mut command = cmd("HSET");
                command.arg(key);
                for name in &names {
                    command.arg(encode(name)).arg(encode(&sword));
                }
                pair.query::<()>(&command).await;
            },
        )
        .await;
    bench
        .compare_bulk(
            "Dict::get_many of 100",
            async || P::answer(items.get_many(&names)).await,
            async || {
                let mut command = cmd("HMGET");
                command.arg(key);
                for name in &names {
                    command.arg(encode(name));
                }
                let values: Vec<Option<Vec<u8>>> = pair.query(&command).await;
                values.into_iter().map(decode_optional::<Item>).collect()
            },
        )
        .await;
}

pub(crate) async fn counter<P: Pair>(pair: &P, bench: &mut Bench) {
    let kills: Counter<String, P::Store> = Counter::open(pair.store(), "kills");
    let key = "hand:kills";

    bench
        .compare(
            "Counter::add",
            async || P::answer(kills.add("orc", 2)).await,
            async || pair.query::<i64>(cmd("HINCRBY").arg(key).arg(encode("orc")).arg(2)).await,
        )
        .await;
    bench
        .compare(
            "Counter::get",
            async || P::answer(kills.get("orc")).await,
            async || {
                let count: Option<i64> = pair.query(cmd("HGET").arg(key).arg(encode("orc"))).await;
                count.unwrap_or_default()
            },
        )
        .await;
}

pub(crate) async fn scalars<P: Pair>(pair: &P, bench: &mut Bench) {
    let gold: Number<i64, P::Store> = Number::open(pair.store(), "ada", "gold");
    let weapon: Value<Item, P::Store> = Value::open(pair.store(), "ada", "weapon");
    let key = "hand:ada";
    let sword = Item::sword();

    bench
        .compare(
            "Number::set",
            async || P::answer(gold.set(40)).await,
            async || pair.query(cmd("HSET").arg(key).arg("gold").arg(40)).await,
        )
        .await;
    bench
        .compare(
            "Number::add",
            async || P::answer(gold.add(2)).await,
            async || pair.query::<i64>(cmd("HINCRBY").arg(key).arg("gold").arg(2)).await,
        )
        .await;
    bench
        .compare(
            "Number::get",
            async || P::answer(gold.get()).await,
            async || {
                let gold: Option<i64> = pair.query(cmd("HGET").arg(key).arg("gold")).await;
                gold.unwrap_or_default()
            },
        )
        .await;
    bench
        .compare(
            "Value::set",
            async || P::answer(weapon.set(&sword)).await,
            async || pair.query(cmd("HSET").arg(key).arg("weapon").arg(encode(&sword))).await,
        )
        .await;
    bench
        .compare(
            "Value::get",
            async || P::answer(weapon.get()).await,
            async || {
                let bytes = pair.query(cmd("HGET").arg(key).arg("weapon")).await;
                decode_optional::<Item>(bytes)
            },
        )
        .await;
}

pub(crate) async fn batches<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "items");
    let kills: Counter<String, P::Store> = Counter::open(pair.store(), "visits");
    let by_hand = |mut pipe: redis::Pipeline| {
        pipe.cmd("HGET").arg("hand:items").arg(encode("sword"));
        pipe.cmd("HINCRBY").arg("hand:visits").arg(encode("orc")).arg(2);
        pipe.cmd("HLEN").arg("hand:items");
        pipe
    };

    bench
        .compare(
            "pipeline of 3",
            async || {
                pair.pipeline(|batch| {
                    let (items, kills) = (items.on(batch), kills.on(batch));
                    (items.get("sword"), kills.add("orc", 2), items.len())
                })
                .await
            },
            async || {
                let (bytes, count, len) = pair.query_all(&by_hand(redis::pipe())).await;
                (decode_optional::<Item>(bytes), count, len)
            },
        )
        .await;
    bench
        .compare(
            "atomic of 3",
            async || {
                pair.atomic(|tx| {
                    let (items, kills) = (items.on(tx), kills.on(tx));
                    (items.get("sword"), kills.add("orc", 2), items.len())
                })
                .await
            },
            async || {
                let mut pipe = redis::pipe();
                pipe.atomic();
                let (bytes, count, len) = pair.query_all(&by_hand(pipe)).await;
                (decode_optional::<Item>(bytes), count, len)
            },
        )
        .await;
}
