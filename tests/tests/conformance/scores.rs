//! What is asked of a [`SortedSetCounter`].

use std::collections::HashSet;

use redis_collections::{Collection, Error, Operand, SortedSetCounter, Store};
use serde_json::{Value, json};

use super::{
    item::Item,
    op::{Answered, Op, failed, nothing, value},
    world::{Handle, World},
};

type Scored = (Item, f64);

/// `scores` with the pairs of `data` in it.
pub(crate) fn open(
    scores: SortedSetCounter<Item>,
    data: Option<&Value>,
) -> Result<SortedSetCounter<Item>, String> {
    if let Some(data) = data {
        scores.extend(pairs(data)?).map_err(failed)?;
    }
    Ok(scores)
}

pub(crate) fn call(scores: &SortedSetCounter<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(scores.len().map_err(failed)?),
        "clear" => nothing(scores.clear().map(drop)),
        "contains" => value(scores.contains(&member(op)?).map_err(failed)?),
        "eq" => value(scores.equals(&*other(op.arg("other")?, world)?).map_err(failed)?),
        "score" => {
            let default = op.optional("default").cloned().unwrap_or_default();
            let score = scores.score(&member(op)?).map_err(failed)?;
            value(score.map_or(default, Value::from))
        }
        "get_or_set_score" => {
            let default = op.float("default")?.unwrap_or(0.0);
            value(scores.get_or_set_score(&member(op)?, default).map_err(failed)?)
        }
        "set_score" => {
            let score = op.float("score")?.ok_or("no `score`")?;
            nothing(scores.set_score(&member(op)?, score).map(drop))
        }
        "increment" => {
            let amount = op.float("amount")?.unwrap_or(1.0);
            value(scores.increment(&member(op)?, amount).map_err(failed)?)
        }
        "rank" => {
            let member = member(op)?;
            let reversed = op.flag("reverse");
            let rank = if reversed { scores.rank_reversed(&member) } else { scores.rank(&member) };
            value(rank.map_err(failed)?)
        }
        "items" => {
            let chosen = items(scores, op)?.map_err(failed)?;
            value(
                chosen
                    .iter()
                    .map(|(member, score)| json!([member.value(), score]))
                    .collect::<Value>(),
            )
        }
        "count_between" => value(scores.count_between(bounds(op)?).map_err(failed)?),
        "discard" => nothing(scores.discard(&member(op)?).map(drop)),
        "discard_between" => discard_between(scores, op),
        "update" => match op.optional("pairs") {
            Some(given) => nothing(scores.extend(pairs(given)?)),
            None => nothing(scores.extend_from(&*other(op.arg("other")?, world)?)),
        },
        _ => op.unknown(),
    }
}

/// The items between ranks or scores, or both.
fn items(
    scores: &SortedSetCounter<Item>,
    op: &Op<'_>,
) -> Result<Result<Vec<Scored>, Error>, String> {
    let (ranks, limits, reversed) = (ranks(op)?, bounds(op)?, op.flag("reverse"));
    let by_score = has_scores(op)?;
    if by_score && !has_ranks(op)? {
        return Ok(if reversed {
            scores.range_by_score_reversed(limits)
        } else {
            scores.range_by_score(limits)
        });
    }
    let chosen =
        if reversed { scores.range_by_rank_reversed(ranks) } else { scores.range_by_rank(ranks) };
    Ok(chosen.map(|mut chosen| {
        chosen.retain(|(_, score)| !by_score || std::ops::RangeBounds::contains(&limits, score));
        chosen
    }))
}

/// Removes what is between the ranks, and what is between the scores.
fn discard_between(scores: &SortedSetCounter<Item>, op: &Op<'_>) -> Answered {
    let (ranks, limits) = (ranks(op)?, bounds(op)?);
    match (has_ranks(op)?, has_scores(op)?) {
        (false, false) => nothing(Ok(())),
        (true, false) => nothing(scores.remove_by_rank(ranks).map(drop)),
        (false, true) => nothing(scores.remove_by_score(limits).map(drop)),
        (true, true) => {
            let by_rank = scores.range_by_rank(ranks).map_err(failed)?;
            let by_score = scores.range_by_score(limits).map_err(failed)?;
            let all: HashSet<Item> = by_rank.into_iter().chain(by_score).map(|it| it.0).collect();
            nothing(all.iter().try_for_each(|member| scores.discard(member).map(drop)))
        }
    }
}

fn member(op: &Op<'_>) -> Result<Item, String> {
    Item::of(op.any(&["member", "value", "key"])?)
}

fn has_ranks(op: &Op<'_>) -> Result<bool, String> {
    Ok(op.int("min_rank")?.is_some() || op.int("max_rank")?.is_some())
}

fn has_scores(op: &Op<'_>) -> Result<bool, String> {
    Ok(op.float("min_score")?.is_some() || op.float("max_score")?.is_some())
}

fn ranks(op: &Op<'_>) -> Result<std::ops::RangeInclusive<i64>, String> {
    Ok(op.int("min_rank")?.unwrap_or(0)..=op.int("max_rank")?.unwrap_or(-1))
}

fn bounds(op: &Op<'_>) -> Result<std::ops::RangeInclusive<f64>, String> {
    let lowest = op.float("min_score")?.unwrap_or(f64::NEG_INFINITY);
    Ok(lowest..=op.float("max_score")?.unwrap_or(f64::INFINITY))
}

/// Members with their scores: an object, or an array of pairs.
fn pairs(data: &Value) -> Result<Vec<Scored>, String> {
    super::local::pairs(data)?
        .into_iter()
        .map(|(member, score)| {
            let score = score.value().as_f64().ok_or_else(|| format!("{score:?} is no score"))?;
            Ok((member, score))
        })
        .collect()
}

/// Another sorted set, or scores in the case.
fn other(
    other: &Value,
    world: &World,
) -> Result<Box<dyn Operand<SortedSetCounter<Item>, Store>>, String> {
    Ok(match world.referred(other)? {
        Some(Handle::Scores(scores)) => Box::new(scores.clone()),
        Some(_) => return Err(format!("{other} is no sorted set")),
        None => Box::new(redis_collections::Scores::from_iter(pairs(other)?)),
    })
}
