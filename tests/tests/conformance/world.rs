//! [`World`]: the handles of a case, by their names.

use std::collections::{BTreeMap, HashMap, HashSet};

use redis_collections::{
    Collection, Coordinates, Counter, DefaultDict, Deque, Dict, GeoDb, List, LruDict, Operand,
    Sequence, Set, SortedSetCounter, Store, Syncable, SyncableCounter, SyncableDeque, SyncableDict,
    SyncableList, SyncableSet, Tally, codegen::KeyHandle,
};
use serde_json::Value;

use super::{
    counters, geo,
    item::Item,
    local, lru, maps,
    op::{Answered, Op, failed, nothing},
    scores, sequences, sets, state, synced, tallies,
};

/// A collection that a case has opened.
#[derive(Debug)]
pub(crate) enum Handle {
    Dict(Dict<Item, Item>),
    DefaultDict(DefaultDict<Item, Item>),
    Counter(Counter<Item>),
    List(List<Item>),
    Deque(Deque<Item>),
    Set(Set<Item>),
    Scores(SortedSetCounter<Item>),
    Geo(GeoDb<Item>),
    Lru(LruDict<Item, Item>),
    SyncedDict(SyncableDict<Item, Item>),
    SyncedCounter(SyncableCounter<Item>),
    SyncedList(SyncableList<Item>),
    SyncedDeque(SyncableDeque<Item>),
    SyncedSet(SyncableSet<Item>),
}

/// All handles of a case, each beside the name of its key.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) store: Store,
    collection: String,
    handles: BTreeMap<String, (String, Handle)>,
}

impl World {
    pub(crate) fn new(store: &Store, collection: &str) -> Self {
        let (store, collection) = (store.clone(), collection.to_owned());
        World { store, collection, handles: BTreeMap::new() }
    }

    /// The handle called `name`, and the name of its key.
    pub(crate) fn handle(&self, name: &str) -> Result<&(String, Handle), String> {
        self.handles.get(name).ok_or_else(|| format!("no handle `{name}`"))
    }

    /// The names of all keys that may be there.
    pub(crate) fn keys(&self) -> HashSet<&str> {
        self.handles.values().map(|(key, _)| key.as_str()).collect()
    }

    /// Carries out `op`.
    pub(crate) fn call(&mut self, op: &Op<'_>) -> Answered {
        if op.name() == "new" {
            return self.open(op);
        }
        let on = op.optional("on").and_then(Value::as_str).unwrap_or("a");
        if op.name() == "copy" {
            return self.copy(on, op);
        }
        if let (_, Handle::Lru(lru)) = self.handle(on)? {
            return lru::call(&lru.clone(), op, self);
        }
        match &self.handle(on)?.1 {
            Handle::Dict(dict) => maps::call(dict, op, self),
            Handle::DefaultDict(dict) => maps::call_default(dict, op, self),
            Handle::Counter(counter) => counters::call(counter, op, self),
            Handle::List(list) => sequences::call_list(list, op, self),
            Handle::Deque(deque) => sequences::call_deque(deque, op, self),
            Handle::Set(set) => sets::call(set, op, self),
            Handle::Scores(scores) => scores::call(scores, op, self),
            Handle::Geo(geo) => geo::call(geo, op, self),
            _ => {
                let operands = local::Operands::of(op, self)?;
                let (_, handle) = self.handles.get_mut(on).ok_or("no handle")?;
                synced::call(handle, op, &operands)
            }
        }
    }

    /// Opens another handle, with what it is given.
    fn open(&mut self, op: &Op<'_>) -> Answered {
        let name = op.text("as")?.to_owned();
        let key = op.optional("key").and_then(Value::as_str).unwrap_or(&name).to_owned();
        let kind = op.optional("collection").and_then(Value::as_str).unwrap_or(&self.collection);
        let handle = self.handle_of(kind, &key, op)?;
        self.handles.insert(name, (key, handle));
        nothing(Ok(()))
    }

    fn handle_of(&self, kind: &str, key: &str, op: &Op<'_>) -> Result<Handle, String> {
        let store = &self.store;
        let data = op.optional("data").filter(|data| !data.is_null());
        let maxlen = op.int("maxlen")?.map(|most| usize::try_from(most).unwrap_or_default());
        let maxsize = op.int("maxsize")?.map(|most| usize::try_from(most).unwrap_or_default());
        let deque = || match maxlen {
            Some(maxlen) => Deque::open(store, key).with_maxlen(maxlen),
            None => Deque::open(store, key),
        };
        match kind {
            "dict" => maps::open(Dict::open(store, key), data).map(Handle::Dict),
            "default_dict" => {
                let dict = match op.optional("default").filter(|default| !default.is_null()) {
                    Some(default) => DefaultDict::with_default(store, key, &Item::of(default)?),
                    None => DefaultDict::from_handle(KeyHandle::of_name(store, key)),
                };
                maps::open(Dict::open(store, key), data).map(|_| Handle::DefaultDict(dict))
            }
            "counter" => counters::open(Counter::open(store, key), data, op).map(Handle::Counter),
            "list" => sequences::open(List::open(store, key), data).map(Handle::List),
            "deque" => sequences::open(deque(), data).map(Handle::Deque),
            "set" => sets::open(Set::open(store, key), data).map(Handle::Set),
            "sorted_set" => {
                scores::open(SortedSetCounter::open(store, key), data).map(Handle::Scores)
            }
            "geo" => geo::open(GeoDb::open(store, key), data).map(Handle::Geo),
            "lru_dict" => {
                let lru = LruDict::open(store, key, maxsize.unwrap_or(usize::MAX));
                lru::open(lru, data).map(Handle::Lru)
            }
            "synced_dict" => {
                let dict = Syncable::open(store, key).map_err(failed)?;
                synced::open_dict(dict, data).map(Handle::SyncedDict)
            }
            "synced_counter" => {
                let counter = Syncable::open(store, key).map_err(failed)?;
                tallies::open(counter, data, op).map(Handle::SyncedCounter)
            }
            "synced_list" => {
                let list = Syncable::open(store, key).map_err(failed)?;
                synced::open_list(list, data).map(Handle::SyncedList)
            }
            "synced_deque" => {
                let deque = SyncableDeque::of(&deque()).map_err(failed)?;
                synced::open_deque(deque, data).map(Handle::SyncedDeque)
            }
            "synced_set" => {
                let set = Syncable::open(store, key).map_err(failed)?;
                synced::open_set(set, data).map(Handle::SyncedSet)
            }
            other => Err(format!("unknown collection `{other}`")),
        }
    }

    /// Copies what `on` holds to another key, and opens a handle of the same kind there.
    fn copy(&mut self, on: &str, op: &Op<'_>) -> Answered {
        let into = op.text("into")?.to_owned();
        let kind = state::kind(&self.handle(on)?.1);
        let copied = match &mut self.handles.get_mut(on).ok_or("no handle")?.1 {
            Handle::Dict(it) => it.copy_to(&into),
            Handle::DefaultDict(it) => it.copy_to(&into),
            Handle::Counter(it) => it.copy_to(&into),
            Handle::List(it) => it.copy_to(&into),
            Handle::Deque(it) => it.copy_to(&into),
            Handle::Set(it) => it.copy_to(&into),
            Handle::Scores(it) => it.copy_to(&into),
            Handle::Geo(it) => it.copy_to(&into),
            Handle::Lru(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
            Handle::SyncedDict(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
            Handle::SyncedCounter(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
            Handle::SyncedList(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
            Handle::SyncedDeque(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
            Handle::SyncedSet(it) => it.sync().and_then(|()| it.remote().copy_to(&into)),
        };
        copied.map_err(failed)?;
        let handle = if let (_, Handle::Deque(deque)) = self.handle(on)? {
            let copy = Deque::open(&self.store, &into);
            Handle::Deque(deque.maxlen().into_iter().fold(copy, Deque::with_maxlen))
        } else {
            let args = serde_json::json!({"op": "new"});
            self.handle_of(kind, &into, &Op::of(&args)?)?
        };
        self.handles.insert(into.clone(), (into, handle));
        nothing(Ok(()))
    }

    /// A map to combine with: another handle, or what stands in the case.
    pub(crate) fn map(
        &self,
        other: &Value,
    ) -> Result<Box<dyn Operand<Dict<Item, Item>, Store>>, String> {
        Ok(match self.referred(other)? {
            Some(Handle::Dict(dict)) => Box::new(dict.clone()),
            Some(Handle::DefaultDict(dict)) => Box::new(dict.clone()),
            _ => Box::new(local::map(other, self)?.into_iter().collect::<HashMap<_, _>>()),
        })
    }

    /// Counts to combine with.
    pub(crate) fn counts(
        &self,
        other: &Value,
    ) -> Result<Box<dyn Operand<Counter<Item>, Store>>, String> {
        Ok(match self.referred(other)? {
            Some(Handle::Counter(counter)) => Box::new(counter.clone()),
            _ => Box::new(local::tally(other, self)?),
        })
    }

    /// A sequence to combine with.
    pub(crate) fn sequence(
        &self,
        other: &Value,
    ) -> Result<Box<dyn Operand<Sequence<Item>, Store>>, String> {
        Ok(match self.referred(other)? {
            Some(Handle::List(list)) => Box::new(list.clone()),
            Some(Handle::Deque(deque)) => Box::new(deque.clone()),
            _ => Box::new(local::items(other, self)?),
        })
    }

    /// A set to combine with.
    pub(crate) fn set(&self, other: &Value) -> Result<Box<dyn Operand<Set<Item>, Store>>, String> {
        Ok(match self.referred(other)? {
            Some(Handle::Set(set)) => Box::new(set.clone()),
            _ => Box::new(local::items(other, self)?.into_iter().collect::<HashSet<_>>()),
        })
    }

    /// The handle that `other` refers to, if it does.
    pub(crate) fn referred(&self, other: &Value) -> Result<Option<&Handle>, String> {
        let name = other.as_object().and_then(|object| object.get("ref")?.as_str());
        name.map(|name| self.handle(name).map(|(_, handle)| handle)).transpose()
    }
}

/// Counts of things, as an object has them.
pub(crate) fn tally_of(map: impl IntoIterator<Item = (Item, Item)>) -> Result<Tally<Item>, String> {
    map.into_iter().map(|(thing, count)| Ok((thing, count_of(&count)?))).collect()
}

/// A count.
pub(crate) fn count_of(item: &Item) -> Result<i64, String> {
    match item {
        Item::Int(count) => Ok(*count),
        other => Err(format!("{other:?} is no count")),
    }
}

/// A place of a case: its name, latitude and longitude.
pub(crate) fn coordinates(latitude: f64, longitude: f64) -> Coordinates {
    Coordinates::new(latitude, longitude)
}
