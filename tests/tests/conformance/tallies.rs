//! What is asked of counts that are in memory.

use redis_collections::{SyncableCounter, Tally};
use serde_json::{Value, json};

use super::{
    counters,
    item::Item,
    local::{self, Operands},
    maps,
    op::{Answered, Op, all, nothing, value},
    world::{count_of, tally_of},
};

pub(crate) fn open(
    mut counter: SyncableCounter<Item>,
    data: Option<&Value>,
    op: &Op<'_>,
) -> Result<SyncableCounter<Item>, String> {
    let mut given = tally_of(data.map(local::pairs).transpose()?.unwrap_or_default())?;
    if op.optional("elements").is_some() {
        op.items("elements")?.into_iter().for_each(|thing| _ = given.add(thing, 1));
    }
    given.into_map().into_iter().for_each(|(thing, count)| _ = counter.add(thing, count));
    Ok(counter)
}

pub(crate) fn call(
    counter: &mut SyncableCounter<Item>,
    op: &Op<'_>,
    operands: &Operands,
) -> Answered {
    let other = || operands.tally();
    let assign = |counter: &mut SyncableCounter<Item>, new: Tally<Item>| {
        **counter = new;
        nothing(Ok(()))
    };
    match op.name() {
        "len" => value(counter.len()),
        "clear" => assign(counter, Tally::new()),
        "eq" => value(**counter == other()?),
        "contains" => value(counter.contains_key(&Item::of(op.any(&["key", "value"])?)?)),
        "get" | "at" => {
            let (thing, default) = (op.item("key")?, op.optional("default").cloned());
            match default.filter(|_| !counter.contains_key(&thing)) {
                Some(default) => value(default),
                None => value(counter.get(&thing)),
            }
        }
        "set" => {
            counter.set(op.item("key")?, count_of(&op.item("value")?)?);
            nothing(Ok(()))
        }
        "delete" => {
            counter.remove(&op.item("key")?);
            nothing(Ok(()))
        }
        "get_many" => {
            value(op.items("keys")?.iter().map(|key| counter.get(key)).collect::<Value>())
        }
        "pop" => maps::popped(counter.remove(&op.item("key")?).map(Item::Int), op),
        "items" => maps::entries(
            (**counter)
                .clone()
                .into_map()
                .into_iter()
                .map(|(thing, count)| (thing, Item::Int(count))),
        ),
        "add_counts" | "subtract_counts" | "update" => {
            let given = if op.optional("elements").is_some() {
                op.items("elements")?.into_iter().collect()
            } else if let Some(counts) = op.optional("counts").or_else(|| op.optional("pairs")) {
                tally_of(local::pairs(counts)?)?
            } else {
                other()?
            };
            let sign = if op.name() == "subtract_counts" { -1 } else { 1 };
            for (thing, count) in given.into_map() {
                counter.add(thing, sign * count);
            }
            nothing(Ok(()))
        }
        "most_common" => {
            let most = op.int("n")?.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(0));
            let counts = counter.most_common(most);
            value(counts.iter().map(|(thing, n)| json!([thing.value(), n])).collect::<Value>())
        }
        "elements" => all(counter.elements().cloned()),
        "plus" => counters::tally(counter.plus(&other()?)),
        "minus" => counters::tally(counter.minus(&other()?)),
        "max_with" => counters::tally(counter.max_with(&other()?)),
        "min_with" => counters::tally(counter.min_with(&other()?)),
        "positive" => counters::tally(counter.positive()),
        "negative" => counters::tally(counter.negative()),
        "plus_assign" => assign(counter, counter.plus(&other()?)),
        "minus_assign" => assign(counter, counter.minus(&other()?)),
        "max_assign" => assign(counter, counter.max_with(&other()?)),
        "min_assign" => assign(counter, counter.min_with(&other()?)),
        _ => op.unknown(),
    }
}
