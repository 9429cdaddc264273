//! The other calls of the collections that are hashes.

use std::{collections::HashMap, iter::repeat_n, time::Duration};

use redis::cmd;
use redis_collections::{Counter, DefaultDict, Dict, Number, Tally, Value};

use super::{
    by_hand::{Item, decode, decode_all, decode_optional, decode_pairs, encode, hundred, soon},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn dict<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "items");
    let lives = DefaultDict::<String, u32, P::Store>::with_default(pair.store(), "lives", &3);
    let key = "hand:items";
    let sword = Item::sword();

    compare! { bench.compare:
        "Dict::is_empty",
        P::answer(items.is_empty()).await,
        pair.query::<usize>(cmd("HLEN").arg(key)).await == 0;
        "Dict::set_if_absent",
        P::answer(items.set_if_absent("sword", &sword)).await,
        pair.query::<bool>(cmd("HSETNX").arg(key).arg(encode("sword")).arg(encode(&sword))).await;
        "DefaultDict::peek",
        P::answer(lives.peek("grace")).await,
        decode_optional::<u32>(pair.query(cmd("HGET").arg("hand:lives").arg(encode("grace"))).await);
    }
}

pub(crate) async fn dict_in_bulk<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "many");
    let key = "hand:many";

    compare! { bench.compare_bulk:
        "Dict::keys of 100",
        P::answer(items.keys()).await,
        decode_all::<String>(&pair.query::<Vec<_>>(cmd("HKEYS").arg(key)).await);
        "Dict::values of 100",
        P::answer(items.values()).await,
        decode_all::<Item>(&pair.query::<Vec<_>>(cmd("HVALS").arg(key)).await);
        "Dict::to_map of 100",
        P::answer(items.to_map()).await,
        {
            let pairs: Vec<(Vec<u8>, Vec<u8>)> = pair.query(cmd("HGETALL").arg(key)).await;
            let pairs = decode_pairs::<String, _>(pairs);
            pairs.map(|(name, item)| (name, decode(&item))).collect::<HashMap<_, Item>>()
        };
    }
}

pub(crate) async fn lifetimes<P: Pair>(pair: &P, bench: &mut Bench) {
    let items: Dict<String, Item, P::Store> = Dict::open(pair.store(), "items");
    let minute = Duration::from_secs(60);
    let (soon, soon_millis) = soon();
    let of_sword = async |command: &str, time: Option<u64>| {
        let mut command = cmd(command);
        command.arg("hand:items").arg(time).arg("FIELDS").arg(1).arg(encode("sword"));
        let [answer]: [i64; 1] = pair.query(&command).await;
        answer > 0
    };

    compare! { bench.compare:
        "Dict::expire_entry",
        P::answer(items.expire_entry("sword", minute)).await,
        of_sword("HPEXPIRE", Some(60_000)).await;
        "Dict::expire_entry_at",
        P::answer(items.expire_entry_at("sword", soon)).await,
        of_sword("HPEXPIREAT", Some(soon_millis)).await;
        "Dict::entry_ttl",
        P::answer(items.entry_ttl("sword")).await.is_some(),
        of_sword("HPTTL", None).await;
        "Dict::persist_entry",
        P::answer(items.persist_entry("sword")).await,
        of_sword("HPERSIST", None).await;
    }
}

pub(crate) async fn counter<P: Pair>(pair: &P, bench: &mut Bench) {
    let kills: Counter<String, P::Store> = Counter::open(pair.store(), "kills");
    let key = "hand:kills";

    compare! { bench.compare:
        "Counter::len",
        P::answer(kills.len()).await,
        pair.query::<usize>(cmd("HLEN").arg(key)).await;
        "Counter::is_empty",
        P::answer(kills.is_empty()).await,
        pair.query::<usize>(cmd("HLEN").arg(key)).await == 0;
        "Counter::contains_key",
        P::answer(kills.contains_key("orc")).await,
        pair.query::<bool>(cmd("HEXISTS").arg(key).arg(encode("orc"))).await;
        "Counter::set",
        P::answer(kills.set("orc", 3)).await,
        pair.query::<()>(cmd("HSET").arg(key).arg(encode("orc")).arg(3)).await;
        "Counter::discard",
        P::answer(kills.discard("elf")).await,
        pair.query::<bool>(cmd("HDEL").arg(key).arg(encode("elf"))).await;
    }
}

pub(crate) async fn counter_in_bulk<P: Pair>(pair: &P, bench: &mut Bench) {
    let views: Counter<String, P::Store> = Counter::open(pair.store(), "views");
    let key = "hand:views";
    let names = hundred();
    for (name, count) in names.iter().zip(1i64..) {
        P::answer(views.set(name, count)).await;
        pair.query::<()>(cmd("HSET").arg(key).arg(encode(name)).arg(count)).await;
    }
    let all = async || {
        decode_pairs::<String, i64>(pair.query(cmd("HGETALL").arg(key)).await).collect::<Vec<_>>()
    };

    compare! { bench.compare_bulk:
        "Counter::get_many of 100",
        P::answer(views.get_many(&names)).await,
        {
            let fields: Vec<_> = names.iter().map(encode).collect();
            let counts: Vec<Option<i64>> = pair.query(cmd("HMGET").arg(key).arg(fields)).await;
            counts.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
        };
        "Counter::keys of 100",
        P::answer(views.keys()).await,
        decode_all::<String>(&pair.query::<Vec<_>>(cmd("HKEYS").arg(key)).await);
        "Counter::values of 100",
        P::answer(views.values()).await,
        pair.query::<Vec<i64>>(cmd("HVALS").arg(key)).await;
        "Counter::total of 100",
        P::answer(views.total()).await,
        pair.query::<Vec<i64>>(cmd("HVALS").arg(key)).await.into_iter().sum::<i64>();
        "Counter::most_common of 100",
        P::answer(views.most_common(3)).await,
        {
            let mut counts = all().await;
            counts.sort_by_key(|(_, count)| -count);
            counts.truncate(3);
            counts
        };
        "Counter::elements of 100",
        P::answer(views.elements()).await.count(),
        {
            let times = |(name, count)| repeat_n(name, usize::try_from(count).unwrap());
            all().await.into_iter().flat_map(times).count()
        };
        "Counter::to_tally of 100",
        P::answer(views.to_tally()).await,
        all().await.into_iter().collect::<Tally<_>>();
        "Counter::positive of 100",
        P::answer(views.positive()).await,
        all().await.into_iter().filter(|(_, count)| *count > 0).collect::<Tally<_>>();
        "Counter::negative of 100",
        P::answer(views.negative()).await,
        all().await.into_iter().filter(|(_, count)| *count < 0).collect::<Tally<_>>();
    }
}

pub(crate) async fn scalars<P: Pair>(pair: &P, bench: &mut Bench) {
    let gold: Number<i64, P::Store> = Number::open(pair.store(), "ada", "gold");
    let weapon: Value<Item, P::Store> = Value::open(pair.store(), "ada", "weapon");
    let key = "hand:ada";

    compare! { bench.compare:
        "Number::sub",
        P::answer(gold.sub(2)).await,
        pair.query::<i64>(cmd("HINCRBY").arg(key).arg("gold").arg(-2)).await;
        "Number::exists",
        P::answer(gold.exists()).await,
        pair.query::<bool>(cmd("HEXISTS").arg(key).arg("gold")).await;
        "Number::clear",
        P::answer(gold.clear()).await,
        pair.query::<bool>(cmd("HDEL").arg(key).arg("gold")).await;
        "Value::exists",
        P::answer(weapon.exists()).await,
        pair.query::<bool>(cmd("HEXISTS").arg(key).arg("weapon")).await;
        "Value::clear",
        P::answer(weapon.clear()).await,
        pair.query::<bool>(cmd("HDEL").arg(key).arg("weapon")).await;
    }
}
