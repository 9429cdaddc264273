//! What is asked of a [`Set`].

use redis_collections::{Collection, Operand, Set, Store};
use serde_json::Value;

use super::{
    item::Item,
    op::{Answered, Op, all, failed, nothing, strict, value, was_there},
    world::World,
};

/// `set` with the items of `data` in it.
pub(crate) fn open(set: Set<Item>, data: Option<&Value>) -> Result<Set<Item>, String> {
    if let Some(data) = data {
        set.extend(Item::all_of(data)?).map_err(failed)?;
    }
    Ok(set)
}

pub(crate) fn call(set: &Set<Item>, op: &Op<'_>, world: &World) -> Answered {
    let other = || world.set(op.arg("other")?);
    match op.name() {
        "len" => value(set.len().map_err(failed)?),
        "clear" => nothing(set.clear().map(drop)),
        "contains" => {
            let member = Item::of(op.any(&["value", "key"])?)?;
            value(set.contains(&member).map_err(failed)?)
        }
        "eq" => value(set.equals(&*other()?).map_err(failed)?),
        "add" => nothing(set.insert(&op.item("value")?).map(drop)),
        "remove" => was_there(set.remove(&op.item("value")?).map_err(failed)?, "key_missing"),
        "discard" => nothing(set.remove(&op.item("value")?).map(drop)),
        "pop_any" => strict(set.pop_any().map_err(failed)?, "empty"),
        "sample" => {
            let count = op.int("k")?.unwrap_or(1);
            all(set.random_members(count).map_err(failed)?)
        }
        "is_subset" => value(set.is_subset(&*other()?).map_err(failed)?),
        "is_superset" => value(set.is_superset(&*other()?).map_err(failed)?),
        "is_proper_subset" => value(set.is_proper_subset(&*other()?).map_err(failed)?),
        "is_proper_superset" => value(set.is_proper_superset(&*other()?).map_err(failed)?),
        "is_disjoint" => value(set.is_disjoint(&*other()?).map_err(failed)?),
        "fill" => {
            let names = 0..op.int("n")?.unwrap_or_default();
            nothing(set.extend(names.map(|at| Item::Text(format!("k{at}")))))
        }
        "scan_count_distinct" => {
            let members: Vec<Item> = set.iter().collect::<Result<_, _>>().map_err(failed)?;
            value(members.len())
        }
        _ => combine(set, op, world),
    }
}

/// The algebra, with any number of other sets.
fn combine(set: &Set<Item>, op: &Op<'_>, world: &World) -> Answered {
    let others = op.optional("others").and_then(Value::as_array);
    let others: Vec<Box<dyn Operand<Set<Item>, Store>>> =
        others.into_iter().flatten().map(|other| world.set(other)).collect::<Result<_, _>>()?;
    let others = others.iter().map(|other| &**other);
    match op.name() {
        "union" => all(set.union(others).map_err(failed)?),
        "intersection" => all(set.intersection(others).map_err(failed)?),
        "difference" => all(set.difference(others).map_err(failed)?),
        "symmetric_difference" => all(set.symmetric_difference(others).map_err(failed)?),
        "union_update" | "update" => nothing(set.union_assign(others)),
        "intersection_update" => nothing(set.intersection_assign(others)),
        "difference_update" => nothing(set.difference_assign(others)),
        "symmetric_difference_update" => nothing(set.symmetric_difference_assign(others)),
        _ => op.unknown(),
    }
}
