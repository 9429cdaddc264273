//! The other calls of a set.

use std::collections::HashSet;

use redis::cmd;
use redis_collections::Set;

use super::{
    by_hand::{self, decode, decode_optional, encode, encoded_names, hundred},
    comparison::Bench,
    pair::Pair,
};

pub(crate) async fn members<P: Pair>(pair: &P, bench: &mut Bench) {
    let friends: Set<String, P::Store> = Set::open(pair.store(), "friends");
    let key = "hand:friends";
    let names = hundred();
    P::answer(friends.extend(&names)).await;
    pair.query::<()>(cmd("SADD").arg(key).arg(encoded_names(100))).await;

    compare! { bench.compare:
        "Set::is_empty",
        P::answer(friends.is_empty()).await,
        pair.query::<usize>(cmd("SCARD").arg(key)).await == 0;
    }
    compare! { bench.compare_bulk:
        "Set::contains_many of 100",
        P::answer(friends.contains_many(&names)).await,
        {
            let members: Vec<_> = names.iter().map(encode).collect();
            pair.query::<Vec<bool>>(cmd("SMISMEMBER").arg(key).arg(members)).await
        };
        "Set::to_set of 100",
        P::answer(friends.to_set()).await,
        decode_set(&pair.query::<Vec<_>>(cmd("SMEMBERS").arg(key)).await);
    }
}

pub(crate) async fn at_random<P: Pair>(pair: &P, bench: &mut Bench) {
    let crowd: Set<String, P::Store> = Set::open(pair.store(), "crowd");
    let key = "hand:crowd";
    P::answer(crowd.extend(&by_hand::names(20_000))).await;
    pair.query::<()>(cmd("SADD").arg(key).arg(encoded_names(20_000))).await;

    compare! { bench.compare:
        "Set::random_member",
        P::answer(crowd.random_member()).await.is_some(),
        decode_optional::<String>(pair.query(cmd("SRANDMEMBER").arg(key)).await).is_some();
        "Set::random_members of 3",
        P::answer(crowd.random_members(3)).await.len(),
        decode_set(&pair.query::<Vec<_>>(cmd("SRANDMEMBER").arg(key).arg(3)).await).len();
        "Set::pop_any",
        P::answer(crowd.pop_any()).await.is_some(),
        decode_optional::<String>(pair.query(cmd("SPOP").arg(key)).await).is_some();
    }
}

pub(crate) async fn algebra<P: Pair>(pair: &P, bench: &mut Bench) {
    let friends: Set<String, P::Store> = Set::open(pair.store(), "friends");
    let others: Set<String, P::Store> = Set::open(pair.store(), "others");
    P::answer(others.extend(&hundred()[..50])).await;
    let half = encoded_names(50);
    pair.query::<()>(cmd("SADD").arg("hand:others").arg(half)).await;
    let both = async |command: &str| {
        decode_set(&pair.query::<Vec<_>>(cmd(command).arg("hand:friends").arg("hand:others")).await)
    };

    compare! { bench.compare_bulk:
        "Set::union of 100",
        P::answer(friends.union([&others])).await,
        both("SUNION").await;
        "Set::intersection of 100",
        P::answer(friends.intersection([&others])).await,
        both("SINTER").await;
        "Set::difference of 100",
        P::answer(friends.difference([&others])).await,
        both("SDIFF").await;
    }
}

fn decode_set(members: &[Vec<u8>]) -> HashSet<String> {
    members.iter().map(|member| decode(member)).collect()
}
