//! The other calls of a sorted set.

use redis::cmd;
use redis_collections::{Scores, SortedSetCounter};

use super::{
    by_hand::{decode_pairs, encode, hundred},
    comparison::Bench,
    pair::Pair,
};

/// A sorted set of a hundred members on either side, whose keys end in `name`.
async fn filled<P: Pair>(pair: &P, name: &str) -> SortedSetCounter<String, P::Store> {
    let ours = SortedSetCounter::open(pair.store(), name);
    for (name_of, score) in hundred().iter().zip(0..) {
        P::answer(ours.set_score(name_of, score)).await;
        let key = format!("hand:{name}");
        pair.query::<()>(cmd("ZADD").arg(key).arg(score).arg(encode(name_of))).await;
    }
    ours
}

pub(crate) async fn members<P: Pair>(pair: &P, bench: &mut Bench) {
    let ranking = filled(pair, "ranking").await;
    let key = "hand:ranking";
    let names = hundred();

    compare! { bench.compare:
        "SortedSetCounter::len",
        P::answer(ranking.len()).await,
        pair.query::<usize>(cmd("ZCARD").arg(key)).await;
        "SortedSetCounter::is_empty",
        P::answer(ranking.is_empty()).await,
        pair.query::<usize>(cmd("ZCARD").arg(key)).await == 0;
        "SortedSetCounter::contains",
        P::answer(ranking.contains("item-50")).await,
        pair.query::<Option<f64>>(cmd("ZSCORE").arg(key).arg(encode("item-50"))).await.is_some();
        "SortedSetCounter::rank_reversed",
        P::answer(ranking.rank_reversed("item-50")).await,
        pair.query::<Option<usize>>(cmd("ZREVRANK").arg(key).arg(encode("item-50"))).await;
        "SortedSetCounter::discard",
        P::answer(ranking.discard("nobody")).await,
        pair.query::<bool>(cmd("ZREM").arg(key).arg(encode("nobody"))).await;
    }
    compare! { bench.compare_bulk:
        "SortedSetCounter::scores of 100",
        P::answer(ranking.scores(&names)).await,
        {
            let members: Vec<_> = names.iter().map(encode).collect();
            pair.query::<Vec<Option<f64>>>(cmd("ZMSCORE").arg(key).arg(members)).await
        };
    }
}

pub(crate) async fn ranges<P: Pair>(pair: &P, bench: &mut Bench) {
    let ranking = filled(pair, "ranking").await;
    let key = "hand:ranking";
    let range = async |first: &str, last: &str, how: &[&str]| {
        let mut command = cmd("ZRANGE");
        command.arg(key).arg(first).arg(last).arg(how).arg("WITHSCORES");
        decode_pairs(pair.query(&command).await).collect::<Vec<(String, f64)>>()
    };

    compare! { bench.compare:
        "SortedSetCounter::range_by_rank of 3",
        P::answer(ranking.range_by_rank(..3)).await,
        range("0", "2", &[]).await;
        "SortedSetCounter::range_by_rank_reversed of 3",
        P::answer(ranking.range_by_rank_reversed(..3)).await,
        range("0", "2", &["REV"]).await;
        "SortedSetCounter::range_by_score of 3",
        P::answer(ranking.range_by_score(97.0..)).await,
        range("97", "inf", &["BYSCORE"]).await;
        "SortedSetCounter::range_by_score_reversed of 3",
        P::answer(ranking.range_by_score_reversed(97.0..)).await,
        range("inf", "97", &["BYSCORE", "REV"]).await;
        "SortedSetCounter::count_between",
        P::answer(ranking.count_between(10.0..20.0)).await,
        pair.query::<usize>(cmd("ZCOUNT").arg(key).arg(10).arg("(20")).await;
        "SortedSetCounter::remove_by_rank",
        P::answer(ranking.remove_by_rank(1_000..)).await,
        pair.query::<usize>(cmd("ZREMRANGEBYRANK").arg(key).arg(1_000).arg(-1)).await;
        "SortedSetCounter::remove_by_score",
        P::answer(ranking.remove_by_score(1e6..)).await,
        pair.query::<usize>(cmd("ZREMRANGEBYSCORE").arg(key).arg(1_000_000).arg("inf")).await;
    }
    compare! { bench.compare_bulk:
        "SortedSetCounter::items of 100",
        P::answer(ranking.items()).await,
        range("0", "-1", &[]).await;
        "SortedSetCounter::items_reversed of 100",
        P::answer(ranking.items_reversed()).await,
        range("0", "-1", &["REV"]).await;
        "SortedSetCounter::to_scores of 100",
        P::answer(ranking.to_scores()).await,
        range("0", "-1", &[]).await.into_iter().collect::<Scores<_>>();
    }
}

pub(crate) async fn ends<P: Pair>(pair: &P, bench: &mut Bench) {
    let waiting: SortedSetCounter<String, P::Store> = filled(pair, "waiting").await;
    let key = "hand:waiting";
    let numbered = || (0..20_000).map(|number| (format!("user-{number}"), number));
    P::answer(waiting.extend(numbered())).await;
    let mut by_hand = cmd("ZADD");
    by_hand.arg(key);
    for (member, score) in numbered() {
        by_hand.arg(score).arg(encode(&member));
    }
    pair.query::<()>(&by_hand).await;
    let one = async |command: &redis::Cmd| decode_pairs(pair.query(command).await).next();

    compare! { bench.compare:
        "SortedSetCounter::first",
        P::answer(waiting.first()).await,
        one(cmd("ZRANGE").arg(key).arg(0).arg(0).arg("WITHSCORES")).await;
        "SortedSetCounter::last",
        P::answer(waiting.last()).await,
        one(cmd("ZRANGE").arg(key).arg(-1).arg(-1).arg("WITHSCORES")).await;
        "SortedSetCounter::pop_first",
        P::answer(waiting.pop_first()).await,
        one(cmd("ZPOPMIN").arg(key)).await;
        "SortedSetCounter::pop_last",
        P::answer(waiting.pop_last()).await,
        one(cmd("ZPOPMAX").arg(key)).await;
    }
}
