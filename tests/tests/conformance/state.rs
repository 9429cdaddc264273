//! What a handle holds: in Redis, as a fresh handle reads it, and in memory.

use redis_collections::{Counter, Deque, Dict, GeoDb, List, Set, SortedSetCounter, Store, Tally};
use serde_json::{Value, json};

use super::{
    item::Item,
    op::failed,
    world::{Handle, World},
};

/// The collection that a case would call `handle`'s.
pub(crate) fn kind(handle: &Handle) -> &'static str {
    match handle {
        Handle::Dict(_) => "dict",
        Handle::DefaultDict(_) => "default_dict",
        Handle::Counter(_) => "counter",
        Handle::List(_) => "list",
        Handle::Deque(_) => "deque",
        Handle::Set(_) => "set",
        Handle::Scores(_) => "sorted_set",
        Handle::Geo(_) => "geo",
        Handle::Lru(_) => "lru_dict",
        Handle::SyncedDict(_) => "synced_dict",
        Handle::SyncedCounter(_) => "synced_counter",
        Handle::SyncedList(_) => "synced_list",
        Handle::SyncedDeque(_) => "synced_deque",
        Handle::SyncedSet(_) => "synced_set",
    }
}

/// What Redis holds for the handle called `name`.
pub(crate) fn stored(world: &World, name: &str) -> Result<Value, String> {
    let (key, handle) = world.handle(name)?;
    read(&world.store, kind(handle), key).map_err(failed)
}

fn read(store: &Store, kind: &str, key: &str) -> redis_collections::Result<Value> {
    Ok(match kind {
        "counter" | "synced_counter" => counts(Counter::open(store, key).to_tally()?),
        "list" | "synced_list" => array(List::open(store, key).to_vec()?),
        "deque" | "synced_deque" => array(Deque::open(store, key).to_vec()?),
        "set" | "synced_set" => sorted(Set::open(store, key).to_set()?),
        "sorted_set" => {
            let scores: Vec<(Item, f64)> = SortedSetCounter::open(store, key).items()?;
            scores.into_iter().map(|(member, score)| json!([member.value(), score])).collect()
        }
        "geo" => {
            let places =
                GeoDb::<Item>::open(store, key).iter().map(|it| it.map(|(place, _)| place));
            sorted(places.collect::<Result<Vec<Item>, _>>()?)
        }
        _ => object(Dict::open(store, key).to_map()?),
    })
}

/// What the handle called `name` has in memory.
pub(crate) fn local(world: &World, name: &str) -> Result<Value, String> {
    match &world.handle(name)?.1 {
        Handle::Lru(lru) => {
            let oldest_first = lru.recent().into_iter().rev();
            Ok(oldest_first.map(|(key, item)| json!([key.value(), item.value()])).collect())
        }
        Handle::SyncedDict(dict) => Ok(object((**dict).clone())),
        Handle::SyncedCounter(counter) => Ok(counts((**counter).clone())),
        Handle::SyncedList(list) => Ok(array((**list).clone())),
        Handle::SyncedDeque(deque) => Ok(array((**deque).clone())),
        Handle::SyncedSet(set) => Ok(sorted((**set).clone())),
        _ => Err(format!("`{name}` has nothing in memory")),
    }
}

/// What the handle called `name` holds, in memory if it is kept there, else in Redis.
pub(crate) fn held(world: &World, name: &str) -> Result<Value, String> {
    match &world.handle(name)?.1 {
        Handle::Lru(lru) => {
            lru.sync().map_err(failed)?;
            stored(world, name)
        }
        handle if kind(handle).starts_with("synced") => local(world, name),
        _ => stored(world, name),
    }
}

pub(crate) fn object(entries: impl IntoIterator<Item = (Item, Item)>) -> Value {
    entries.into_iter().map(|(key, item)| (key.name(), item.value())).collect()
}

pub(crate) fn counts(tally: Tally<Item>) -> Value {
    tally.into_map().into_iter().map(|(thing, count)| (thing.name(), json!(count))).collect()
}

pub(crate) fn array(items: impl IntoIterator<Item = Item>) -> Value {
    items.into_iter().map(|item| item.value()).collect()
}

pub(crate) fn sorted(items: impl IntoIterator<Item = Item>) -> Value {
    let mut items: Vec<Item> = items.into_iter().collect();
    items.sort();
    array(items)
}
