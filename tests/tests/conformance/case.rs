//! [`Case`]: a state, one operation, and what has to come of it.

use std::collections::HashSet;

use redis::Value as Reply;
use redis_collections::Store;
use redis_collections_tests::send;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    op::{Answer, Answered, Op},
    state,
    verdict::{alike, is_same},
    world::World,
};

/// A case, as the files have it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    collection: String,
    #[serde(default)]
    setup: Vec<Value>,
    op: Value,
    expect: Expected,
    #[serde(default)]
    expect_state: Map<String, Value>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// What the operation has to answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    value: Value,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    unordered: bool,
    #[serde(default)]
    approx: f64,
}

impl Case {
    /// Carries it out on an empty server, and says what was not as expected.
    pub(crate) fn run(&self, store: &Store) -> Result<(), String> {
        send(store, "FLUSHDB", "SYNC", &[]);
        let mut world = World::new(store, &self.collection);
        for step in &self.setup {
            match call(&mut world, step)? {
                Answer::Value(_) => {}
                Answer::Error(class) => return Err(format!("{step} of the setup is {class}")),
            }
        }
        let answer = call(&mut world, &self.op)?;
        self.check_answer(&answer)?;
        // What is in memory comes first: to look at what is stored may write it.
        let (local, stored): (Vec<_>, Vec<_>) =
            self.expect_state.iter().partition(|(name, _)| name.strip_suffix(".local").is_some());
        for (name, wanted) in local {
            let found = state::local(&world, name.trim_end_matches(".local"))?;
            check(name, wanted, &found)?;
        }
        stored.into_iter().try_for_each(|(name, wanted)| check_stored(&world, name, wanted))?;
        check_keys(&world)
    }

    fn check_answer(&self, answer: &Answer) -> Result<(), String> {
        let Expected { value, error, unordered, approx } = &self.expect;
        let is_right = match (answer, error) {
            (Answer::Error(found), Some(wanted)) => found == wanted,
            (Answer::Value(found), None) => is_same(value, found, *approx, *unordered),
            _ => false,
        };
        if is_right {
            return Ok(());
        }
        let wanted = error.as_ref().map_or_else(|| value.to_string(), Clone::clone);
        Err(format!("expected {wanted}, found {answer:?}"))
    }
}

/// Carries out one operation, all arguments of which must be known.
fn call(world: &mut World, value: &Value) -> Answered {
    let op = Op::of(value)?;
    let answer = world.call(&op).map_err(|reason| format!("{value}: {reason}"))?;
    op.check().map_err(|reason| format!("{value}: {reason}"))?;
    Ok(answer)
}

fn check(name: &str, wanted: &Value, found: &Value) -> Result<(), String> {
    if alike(wanted, found) {
        return Ok(());
    }
    Err(format!("expected `{name}` to hold {wanted}, found {found}"))
}

fn check_stored(world: &World, name: &str, wanted: &Value) -> Result<(), String> {
    let (key, handle) = world.handle(name)?;
    let is_lru = state::kind(handle) == "lru_dict";
    let found = state::stored(world, name)?;
    if is_lru {
        check_spilled(world, name, wanted, &found)?;
    } else if matches!(state::kind(handle), "geo" | "set" | "synced_set") {
        if !is_same(wanted, &found, 0.0, true) {
            return Err(format!("expected `{name}` to hold {wanted}, found {found}"));
        }
    } else {
        check(name, wanted, &found)?;
    }
    let is_empty =
        found.as_array().map_or_else(|| found.as_object().is_none_or(Map::is_empty), Vec::is_empty);
    let exists = send(&world.store, "EXISTS", key, &[]) == Reply::Int(1);
    if exists == is_empty {
        return Err(format!("`{name}` holds {found}, and its key exists: {exists}"));
    }
    Ok(())
}

/// An `LruDict` keeps in Redis what a case says at least, and else what memory holds too.
fn check_spilled(world: &World, name: &str, wanted: &Value, found: &Value) -> Result<(), String> {
    let (Some(least), Some(all)) = (wanted.as_object(), found.as_object()) else {
        return Err(format!("{wanted} is no map"));
    };
    let local = state::local(world, name)?;
    let held: HashSet<String> = local
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| pair[0].as_str().map_or_else(|| pair[0].to_string(), str::to_owned))
        .collect();
    let is_there = least.iter().all(|(key, item)| all.get(key).is_some_and(|it| alike(item, it)));
    let is_known = all.keys().all(|key| least.contains_key(key) || held.contains(key));
    if is_there && is_known {
        return Ok(());
    }
    Err(format!("expected `{name}` to hold at least {wanted}, found {found}"))
}

/// Checks that there is no key but those of the handles, and the marks of operations.
fn check_keys(world: &World) -> Result<(), String> {
    let Reply::Array(keys) = send(&world.store, "KEYS", "*", &[]) else {
        return Err("`KEYS` is no array".into());
    };
    let keys =
        keys.into_iter().map(|key| redis::from_redis_value::<String>(key).unwrap_or_default());
    let known = world.keys();
    let others: Vec<String> =
        keys.filter(|key| !known.contains(key.as_str()) && !key.ends_with("~op")).collect();
    if others.is_empty() { Ok(()) } else { Err(format!("keys are left over: {others:?}")) }
}
