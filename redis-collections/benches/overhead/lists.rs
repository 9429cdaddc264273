//! The other calls of the collections that are lists.

use redis::cmd;
use redis_collections::{Deque, List};

use super::{
    by_hand::{self, decode_all, decode_optional, encode, encoded_names, hundred},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn ends<P: Pair>(pair: &P, bench: &mut Bench) {
    let names: List<String, P::Store> = List::open(pair.store(), "ends");
    let queue: Deque<String, P::Store> = Deque::open(pair.store(), "ends");
    let key = "hand:ends";
    let at = async |index: i64| {
        decode_optional::<String>(pair.query(cmd("LINDEX").arg(key).arg(index)).await)
    };

    compare! { bench.compare:
        "List::push_front",
        P::answer(names.push_front("ada")).await,
        pair.query::<usize>(cmd("LPUSH").arg(key).arg(encode("ada"))).await;
        "List::first",
        P::answer(names.first()).await,
        at(0).await;
        "List::last",
        P::answer(names.last()).await,
        at(-1).await;
        "Deque::front",
        P::answer(queue.front()).await,
        at(0).await;
        "Deque::back",
        P::answer(queue.back()).await,
        at(-1).await;
        "List::pop_front",
        P::answer(names.pop_front()).await,
        decode_optional::<String>(pair.query(cmd("LPOP").arg(key)).await);
    }
    P::answer(names.extend(&by_hand::names(8_000))).await;
    pair.query::<()>(cmd("RPUSH").arg(key).arg(encoded_names(8_000))).await;
    compare! { bench.compare:
        "Deque::pop_back",
        P::answer(queue.pop_back()).await,
        decode_optional::<String>(pair.query(cmd("RPOP").arg(key)).await);
    }
}

pub(crate) async fn elements<P: Pair>(pair: &P, bench: &mut Bench) {
    let names: List<String, P::Store> = List::open(pair.store(), "names");
    let key = "hand:names";
    P::answer(names.extend(&hundred())).await;
    pair.query::<()>(cmd("RPUSH").arg(key).arg(encoded_names(100))).await;
    let range = async |last: i64| {
        let bytes: Vec<Vec<u8>> = pair.query(cmd("LRANGE").arg(key).arg(0).arg(last)).await;
        decode_all::<String>(&bytes)
    };
    let find = async |name: &str| {
        pair.query::<Option<usize>>(cmd("LPOS").arg(key).arg(encode(name))).await
    };

    compare! { bench.compare:
        "List::is_empty",
        P::answer(names.is_empty()).await,
        pair.query::<usize>(cmd("LLEN").arg(key)).await == 0;
        "List::index_of",
        P::answer(names.index_of("item-50")).await,
        find("item-50").await;
        "List::contains",
        P::answer(names.contains("item-50")).await,
        find("item-50").await.is_some();
        "List::remove_value",
        P::answer(names.remove_value("nobody")).await,
        pair.query::<bool>(cmd("LREM").arg(key).arg(1).arg(encode("nobody"))).await;
        "List::range_step of 5",
        P::answer(names.range_step(..9, 2)).await,
        {
            let bytes: Vec<Vec<u8>> = pair.query(cmd("LRANGE").arg(key).arg(0).arg(8)).await;
            decode_all::<String>(&bytes.into_iter().step_by(2).collect::<Vec<_>>())
        };
    }
    compare! { bench.compare_bulk:
        "List::to_vec of 100",
        P::answer(names.to_vec()).await,
        range(-1).await;
        "List::repeat of 100",
        P::answer(names.repeat(2)).await,
        {
            let once = range(-1).await;
            [once.clone(), once].concat()
        };
    }
}
