//! What is asked of a [`Counter`].

use redis_collections::{Collection, Counter, Tally};
use serde_json::{Value, json};

use super::{
    item::Item,
    local, maps,
    op::{Answer, Answered, Op, all, failed, nothing, value},
    world::{World, count_of, tally_of},
};

/// `counter` with the counts of `data`, and those of the elements of `op`.
pub(crate) fn open(
    counter: Counter<Item>,
    data: Option<&Value>,
    op: &Op<'_>,
) -> Result<Counter<Item>, String> {
    if let Some(data) = data {
        counter.add_all(&tally_of(local::pairs(data)?)?).map_err(failed)?;
    }
    if op.optional("elements").is_some() {
        let elements: Tally<Item> = op.items("elements")?.into_iter().collect();
        counter.add_all(&elements).map_err(failed)?;
    }
    Ok(counter)
}

pub(crate) fn call(counter: &Counter<Item>, op: &Op<'_>, world: &World) -> Answered {
    let other = || world.counts(op.arg("other")?);
    match op.name() {
        "add_counts" | "subtract_counts" => change(counter, op, world),
        "most_common" => {
            let most = op.int("n")?.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(0));
            let counts = counter.most_common(most).map_err(failed)?;
            value(counts.iter().map(|(thing, n)| json!([thing.value(), n])).collect::<Value>())
        }
        "elements" => all(counter.elements().map_err(failed)?),
        "plus" => tally(counter.plus(&*other()?).map_err(failed)?),
        "minus" => tally(counter.minus(&*other()?).map_err(failed)?),
        "max_with" => tally(counter.max_with(&*other()?).map_err(failed)?),
        "min_with" => tally(counter.min_with(&*other()?).map_err(failed)?),
        "positive" => tally(counter.positive().map_err(failed)?),
        "negative" => tally(counter.negative().map_err(failed)?),
        "plus_assign" => nothing(counter.plus_assign(&*other()?)),
        "minus_assign" => nothing(counter.minus_assign(&*other()?)),
        "max_assign" => nothing(counter.max_with_assign(&*other()?)),
        "min_assign" => nothing(counter.min_with_assign(&*other()?)),
        "eq" => value(counter.equals(&*other()?).map_err(failed)?),
        _ => entry(counter, op, world),
    }
}

/// The calls that a counter shares with dictionaries.
fn entry(counter: &Counter<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(counter.len().map_err(failed)?),
        "clear" => nothing(counter.clear().map(drop)),
        "contains" => {
            let key = Item::of(op.any(&["key", "value"])?)?;
            value(counter.contains_key(&key).map_err(failed)?)
        }
        "get" => {
            let (thing, default) = (op.item("key")?, op.optional("default").cloned());
            let calls = |tx: &_| (counter.on(tx).get(&thing), counter.on(tx).contains_key(&thing));
            match (world.store.atomic(calls).map_err(failed)?, default) {
                ((_, false), Some(default)) => value(default),
                ((count, _), _) => value(count),
            }
        }
        "at" => value(counter.get(&op.item("key")?).map_err(failed)?),
        "set" => nothing(counter.set(&op.item("key")?, count_of(&op.item("value")?)?)),
        "delete" => nothing(counter.discard(&op.item("key")?).map(drop)),
        "get_many" => value(counter.get_many(&op.items("keys")?).map_err(failed)?),
        "pop" => {
            let count = counter.remove(&op.item("key")?).map_err(failed)?;
            maps::popped(count.map(Item::Int), op)
        }
        "pop_any" => {
            let entry = counter.pop_any().map_err(failed)?;
            maps::any(entry.map(|(thing, count)| (thing, Item::Int(count))))
        }
        "set_default" => {
            let count = count_of(&Item::of(op.arg("value")?)?)?;
            value(counter.get_or_insert(&op.item("key")?, count).map_err(failed)?)
        }
        "update" => change(counter, op, world),
        "merge" => {
            let ours = counter.to_tally().map_err(failed)?.into_map();
            let theirs = local::tally(op.arg("other")?, world)?.into_map();
            tally(ours.into_iter().chain(theirs).collect())
        }
        "items" => {
            let counts = counter.to_tally().map_err(failed)?.into_map();
            maps::entries(counts.into_iter().map(|(thing, count)| (thing, Item::Int(count))))
        }
        _ => op.unknown(),
    }
}

/// Adds or subtracts elements, counts, or those of another.
fn change(counter: &Counter<Item>, op: &Op<'_>, world: &World) -> Answered {
    let adds = op.name() != "subtract_counts";
    let mut given = Tally::new();
    if op.optional("elements").is_some() {
        given = op.items("elements")?.into_iter().collect();
    } else if let Some(counts) = op.optional("counts").or_else(|| op.optional("pairs")) {
        given = tally_of(local::pairs(counts)?)?;
    } else if let Some(other) = op.optional("other") {
        let other = world.counts(other)?;
        let done = if adds { counter.add_from(&*other) } else { counter.subtract_from(&*other) };
        return nothing(done);
    }
    nothing(if adds { counter.add_all(&given) } else { counter.subtract_all(&given) })
}

/// Counts as an object.
pub(crate) fn tally(tally: Tally<Item>) -> Answered {
    let counts = tally.into_map().into_iter();
    Ok(Answer::Value(counts.map(|(thing, count)| (thing.name(), json!(count))).collect()))
}
