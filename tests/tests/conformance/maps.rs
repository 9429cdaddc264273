//! What is asked of a [`Dict`] and a [`DefaultDict`].

use redis_collections::{Collection, DefaultDict, Dict, Error};
use serde_json::{Value, json};

use super::{
    item::Item,
    local,
    op::{Answer, Answered, Op, failed, nothing, strict, value, was_there},
    world::World,
};

/// `dict` with the entries of `data` in it.
pub(crate) fn open(
    dict: Dict<Item, Item>,
    data: Option<&Value>,
) -> Result<Dict<Item, Item>, String> {
    if let Some(data) = data {
        dict.extend(local::pairs(data)?).map_err(failed)?;
    }
    Ok(dict)
}

/// Only `get`, which does not store, and `at`, which does, are others than those of a dictionary.
pub(crate) fn call_default(dict: &DefaultDict<Item, Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "at" => match dict.get(&op.item("key")?) {
            Ok(item) => value(item.value()),
            Err(Error::Missing { .. }) => Ok(Answer::Error("key_missing")),
            Err(error) => Err(failed(error)),
        },
        _ => call(dict, op, world),
    }
}

pub(crate) fn call(dict: &Dict<Item, Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(dict.len().map_err(failed)?),
        "clear" => nothing(dict.clear().map(drop)),
        "eq" => value(dict.equals(&*world.map(op.arg("other")?)?).map_err(failed)?),
        "contains" => {
            let key = Item::of(op.any(&["key", "value"])?)?;
            value(dict.contains_key(&key).map_err(failed)?)
        }
        "get" => {
            let default = op.optional("default").cloned().unwrap_or_default();
            let found = dict.get(&op.item("key")?).map_err(failed)?;
            value(found.map_or(default, |item| item.value()))
        }
        "at" => strict(dict.get(&op.item("key")?).map_err(failed)?, "key_missing"),
        "set" => nothing(dict.set(&op.item("key")?, &op.item("value")?)),
        "delete" => was_there(dict.discard(&op.item("key")?).map_err(failed)?, "key_missing"),
        "get_many" => many(&dict.get_many(&op.items("keys")?).map_err(failed)?),
        "pop" => popped(dict.remove(&op.item("key")?).map_err(failed)?, op),
        "pop_any" => any(dict.pop_any().map_err(failed)?),
        "set_default" => {
            let default = Item::of(op.optional("value").unwrap_or(&Value::Null))?;
            value(dict.get_or_insert(&op.item("key")?, &default).map_err(failed)?.value())
        }
        "update" => {
            if let Some(pairs) = op.optional("pairs") {
                dict.extend(local::pairs(pairs)?).map_err(failed)?;
            }
            match op.optional("other") {
                Some(other) => nothing(dict.extend_from(&*world.map(other)?)),
                None => nothing(Ok(())),
            }
        }
        "merge" => object(dict.merge(&*world.map(op.arg("other")?)?).map_err(failed)?),
        "items" => entries(dict.to_map().map_err(failed)?),
        "fill" => {
            let names = 0..op.int("n")?.unwrap_or_default();
            nothing(dict.extend(names.map(|at| (Item::Text(format!("k{at}")), Item::Int(at)))))
        }
        "scan_count_distinct" => {
            let keys = dict.iter().map(|entry| entry.map(|(key, _)| key));
            let keys: Vec<Item> = keys.collect::<Result<_, _>>().map_err(failed)?;
            value(keys.len())
        }
        _ => op.unknown(),
    }
}

/// Items, or null for each that is not there.
pub(crate) fn many(found: &[Option<Item>]) -> Answered {
    value(found.iter().map(|item| item.as_ref().map(Item::value)).collect::<Value>())
}

/// What was removed, or the default of `op`.
pub(crate) fn popped(item: Option<Item>, op: &Op<'_>) -> Answered {
    match (item, op.optional("default")) {
        (None, Some(default)) => value(default.clone()),
        (item, _) => strict(item, "key_missing"),
    }
}

/// An entry that was removed.
pub(crate) fn any(entry: Option<(Item, Item)>) -> Answered {
    match entry {
        Some((key, item)) => value(json!([key.value(), item.value()])),
        None => Ok(Answer::Error("empty")),
    }
}

/// Entries as an object.
pub(crate) fn object(entries: impl IntoIterator<Item = (Item, Item)>) -> Answered {
    value(entries.into_iter().map(|(key, item)| (key.name(), item.value())).collect::<Value>())
}

/// Entries as an array.
pub(crate) fn entries(entries: impl IntoIterator<Item = (Item, Item)>) -> Answered {
    value(
        entries
            .into_iter()
            .map(|(key, item)| json!([key.value(), item.value()]))
            .collect::<Value>(),
    )
}
