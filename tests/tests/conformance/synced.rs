//! What is asked of the collections that are in memory, whose calls are std's own.

use std::collections::HashSet;

use redis_collections::{SyncableDeque, SyncableDict, SyncableList, SyncableSet};
use serde_json::Value;

use super::{
    item::Item,
    local::{self, Operands},
    maps,
    op::{Answered, Op, all, nothing, strict, value, was_there},
    tallies, vectors,
    world::Handle,
};

pub(crate) fn open_dict(
    mut dict: SyncableDict<Item, Item>,
    data: Option<&Value>,
) -> Result<SyncableDict<Item, Item>, String> {
    let pairs = data.map(local::pairs).transpose()?.unwrap_or_default();
    for (key, item) in pairs {
        dict.insert(key, item);
    }
    Ok(dict)
}

pub(crate) fn open_list(
    mut list: SyncableList<Item>,
    data: Option<&Value>,
) -> Result<SyncableList<Item>, String> {
    list.extend(data.map(Item::all_of).transpose()?.unwrap_or_default());
    Ok(list)
}

pub(crate) fn open_deque(
    mut deque: SyncableDeque<Item>,
    data: Option<&Value>,
) -> Result<SyncableDeque<Item>, String> {
    deque.extend(data.map(Item::all_of).transpose()?.unwrap_or_default());
    Ok(deque)
}

pub(crate) fn open_set(
    mut set: SyncableSet<Item>,
    data: Option<&Value>,
) -> Result<SyncableSet<Item>, String> {
    for member in data.map(Item::all_of).transpose()?.unwrap_or_default() {
        set.insert(member);
    }
    Ok(set)
}

pub(crate) fn call(handle: &mut Handle, op: &Op<'_>, operands: &Operands) -> Answered {
    if op.name() == "sync" {
        op.optional("clear_cache");
        return nothing(match handle {
            Handle::SyncedDict(it) => it.sync(),
            Handle::SyncedCounter(it) => it.sync(),
            Handle::SyncedList(it) => it.sync(),
            Handle::SyncedDeque(it) => it.sync(),
            Handle::SyncedSet(it) => it.sync(),
            _ => return op.unknown(),
        });
    }
    match handle {
        Handle::SyncedDict(dict) => map(dict, op, operands),
        Handle::SyncedCounter(counter) => tallies::call(counter, op, operands),
        Handle::SyncedList(list) => match op.name() {
            "push_back" => {
                list.push(op.item("value")?);
                nothing(Ok(()))
            }
            _ => vectors::call(list, op, operands),
        },
        Handle::SyncedDeque(deque) => queue(deque, op, operands),
        Handle::SyncedSet(members) => set(members, op, operands),
        _ => op.unknown(),
    }
}

fn map(dict: &mut SyncableDict<Item, Item>, op: &Op<'_>, operands: &Operands) -> Answered {
    match op.name() {
        "len" => value(dict.len()),
        "clear" => {
            dict.clear();
            nothing(Ok(()))
        }
        "eq" => value(**dict == operands.map()?.into_iter().collect()),
        "contains" => value(dict.contains_key(&Item::of(op.any(&["key", "value"])?)?)),
        "get" => {
            let default = op.optional("default").cloned().unwrap_or_default();
            value(dict.get(&op.item("key")?).map_or(default, Item::value))
        }
        "at" => strict(dict.get(&op.item("key")?).cloned(), "key_missing"),
        "set" => {
            dict.insert(op.item("key")?, op.item("value")?);
            nothing(Ok(()))
        }
        "delete" => was_there(dict.remove(&op.item("key")?).is_some(), "key_missing"),
        "get_many" => {
            let found =
                op.items("keys")?.iter().map(|key| dict.get(key).cloned()).collect::<Vec<_>>();
            maps::many(&found)
        }
        "pop" => maps::popped(dict.remove(&op.item("key")?), op),
        "pop_any" => {
            let key = dict.keys().next().cloned();
            maps::any(key.and_then(|key| dict.remove(&key).map(|item| (key, item))))
        }
        "set_default" => {
            let default = Item::of(op.optional("value").unwrap_or(&Value::Null))?;
            value(dict.entry(op.item("key")?).or_insert(default).value())
        }
        "update" => {
            let pairs = op.optional("pairs").map(local::pairs).transpose()?.unwrap_or_default();
            let others = op.optional("other").map(|_| operands.map()).transpose()?;
            for (key, item) in pairs.into_iter().chain(others.unwrap_or_default()) {
                dict.insert(key, item);
            }
            nothing(Ok(()))
        }
        "merge" => {
            let mut both = (**dict).clone();
            both.extend(operands.map()?);
            maps::object(both)
        }
        "items" => maps::entries((**dict).clone()),
        _ => op.unknown(),
    }
}

fn queue(deque: &mut SyncableDeque<Item>, op: &Op<'_>, operands: &Operands) -> Answered {
    match op.name() {
        "push_back" => deque.push_back(op.item("value")?),
        "push_front" => deque.push_front(op.item("value")?),
        "pop_back" => return strict(deque.pop_back(), "empty"),
        "pop_front" => return strict(deque.pop_front(), "empty"),
        "extend_front" => operands.items()?.into_iter().for_each(|item| deque.push_front(item)),
        "rotate" => {
            let len = i64::try_from(deque.len()).map_err(|error| error.to_string())?.max(1);
            let count = op.int("n")?.unwrap_or(1).rem_euclid(len);
            deque.rotate_right(usize::try_from(count).map_err(|error| error.to_string())?);
        }
        _ => {
            let mut items: Vec<Item> = deque.iter().cloned().collect();
            let answer = vectors::call(&mut items, op, operands)?;
            if !deque.iter().eq(&items) {
                **deque = items.into();
            }
            return Ok(answer);
        }
    }
    nothing(Ok(()))
}

fn set(set: &mut SyncableSet<Item>, op: &Op<'_>, operands: &Operands) -> Answered {
    let other = || Ok::<HashSet<Item>, String>(operands.items()?.into_iter().collect());
    match op.name() {
        "len" => value(set.len()),
        "clear" => {
            set.clear();
            nothing(Ok(()))
        }
        "contains" => value(set.contains(&Item::of(op.any(&["value", "key"])?)?)),
        "eq" => value(**set == other()?),
        "add" => {
            set.insert(op.item("value")?);
            nothing(Ok(()))
        }
        "remove" => was_there(set.remove(&op.item("value")?), "key_missing"),
        "discard" => {
            set.remove(&op.item("value")?);
            nothing(Ok(()))
        }
        "pop_any" => {
            let member = set.iter().next().cloned();
            if let Some(member) = &member {
                set.remove(member);
            }
            strict(member, "empty")
        }
        "sample" => {
            let count = op.int("k")?.unwrap_or(1);
            let most = usize::try_from(count.unsigned_abs()).map_err(|error| error.to_string())?;
            let members = set.iter().cloned();
            if count < 0 {
                all(members.collect::<Vec<_>>().into_iter().cycle().take(most))
            } else {
                all(members.take(most))
            }
        }
        "is_subset" => value(set.is_subset(&other()?)),
        "is_superset" => value(set.is_superset(&other()?)),
        "is_proper_subset" => value(set.is_subset(&other()?) && **set != other()?),
        "is_proper_superset" => value(set.is_superset(&other()?) && **set != other()?),
        "is_disjoint" => value(set.is_disjoint(&other()?)),
        name => {
            let mut members = (**set).clone();
            for other in operands.sets()? {
                let other: HashSet<Item> = other.into_iter().collect();
                members = match name.trim_end_matches("_update") {
                    "union" => &members | &other,
                    "intersection" => &members & &other,
                    "difference" => &members - &other,
                    "symmetric_difference" => &members ^ &other,
                    _ => return op.unknown(),
                };
            }
            match name {
                "union" | "intersection" | "difference" | "symmetric_difference" => all(members),
                _ if name.ends_with("_update") => {
                    **set = members;
                    nothing(Ok(()))
                }
                _ => op.unknown(),
            }
        }
    }
}
