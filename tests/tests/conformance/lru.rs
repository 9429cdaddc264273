//! What is asked of a [`LruDict`].

use std::collections::HashMap;

use redis_collections::LruDict;
use serde_json::Value;

use super::{
    item::Item,
    local, maps,
    op::{Answered, Op, failed, nothing, strict, value, was_there},
    world::World,
};

/// `lru` with the entries of `data` in it.
pub(crate) fn open(
    lru: LruDict<Item, Item>,
    data: Option<&Value>,
) -> Result<LruDict<Item, Item>, String> {
    let pairs = data.map(local::pairs).transpose()?.unwrap_or_default();
    lru.extend(pairs).map_err(failed)?;
    Ok(lru)
}

pub(crate) fn call(lru: &LruDict<Item, Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(lru.len().map_err(failed)?),
        "clear" => nothing(lru.clear()),
        "contains" => {
            let key = Item::of(op.any(&["key", "value"])?)?;
            value(lru.contains_key(&key).map_err(failed)?)
        }
        "get" => {
            let default = op.optional("default").cloned().unwrap_or_default();
            let found = lru.get(&op.item("key")?).map_err(failed)?;
            value(found.map_or(default, |item| item.value()))
        }
        "at" => strict(lru.get(&op.item("key")?).map_err(failed)?, "key_missing"),
        "set" => nothing(lru.set(op.item("key")?, op.item("value")?)),
        "delete" => {
            let removed = lru.remove(&op.item("key")?).map_err(failed)?;
            was_there(removed.is_some(), "key_missing")
        }
        "get_many" => maps::many(&lru.get_many(&op.items("keys")?).map_err(failed)?),
        "pop" => maps::popped(lru.remove(&op.item("key")?).map_err(failed)?, op),
        "pop_any" => {
            let Some(key) = all(lru)?.into_keys().next() else { return maps::any(None) };
            let item = lru.remove(&key).map_err(failed)?;
            maps::any(item.map(|item| (key, item)))
        }
        "set_default" => {
            let key = op.item("key")?;
            let default = Item::of(op.optional("value").unwrap_or(&Value::Null))?;
            if let Some(found) = lru.get(&key).map_err(failed)? {
                return value(found.value());
            }
            lru.set(key, default.clone()).map_err(failed)?;
            value(default.value())
        }
        "update" => {
            let pairs = op.optional("pairs").map(local::pairs).transpose()?.unwrap_or_default();
            let other = op.optional("other").map(|other| local::map(other, world)).transpose()?;
            nothing(lru.extend(pairs.into_iter().chain(other.unwrap_or_default())))
        }
        "merge" => {
            let theirs = local::map(op.arg("other")?, world)?;
            maps::object(all(lru)?.into_iter().chain(theirs).collect::<HashMap<_, _>>())
        }
        "eq" => value(all(lru)? == local::map(op.arg("other")?, world)?),
        "items" => maps::entries(all(lru)?),
        "sync" if op.flag("clear_cache") => nothing(lru.sync_and_clear()),
        "sync" => nothing(lru.sync()),
        _ => op.unknown(),
    }
}

/// All entries, once Redis has those that only memory had.
fn all(lru: &LruDict<Item, Item>) -> Result<HashMap<Item, Item>, String> {
    lru.sync().and_then(|()| lru.remote().to_map()).map_err(failed)
}
