//! What stands in memory for an operand: what a case has, or what a handle holds.

use std::collections::HashMap;

use redis_collections::Tally;
use serde_json::Value;

use super::{
    item::Item,
    op::Op,
    state,
    world::{World, tally_of},
};

/// The operands of an operation on a collection that is in memory, read before it is changed.
#[derive(Debug)]
pub(crate) struct Operands {
    other: Option<Value>,
    others: Vec<Value>,
}

impl Operands {
    pub(crate) fn of(op: &Op<'_>, world: &World) -> Result<Self, String> {
        let other = op.optional("other").map(|other| resolve(other, world)).transpose()?;
        let others = op.optional("others").and_then(Value::as_array).into_iter().flatten();
        let others = others.map(|other| resolve(other, world)).collect::<Result<_, _>>()?;
        Ok(Operands { other, others })
    }

    pub(crate) fn other(&self) -> Result<&Value, String> {
        self.other.as_ref().ok_or_else(|| "no `other`".into())
    }

    pub(crate) fn map(&self) -> Result<Vec<(Item, Item)>, String> {
        pairs(self.other()?)
    }

    pub(crate) fn items(&self) -> Result<Vec<Item>, String> {
        Item::all_of(self.other()?)
    }

    pub(crate) fn tally(&self) -> Result<Tally<Item>, String> {
        tally_of(self.map()?)
    }

    pub(crate) fn sets(&self) -> Result<Vec<Vec<Item>>, String> {
        self.others.iter().map(Item::all_of).collect()
    }
}

/// What `other` holds, or is.
fn resolve(other: &Value, world: &World) -> Result<Value, String> {
    match Op::reference(other) {
        Some(name) => state::held(world, name),
        None => Ok(other.clone()),
    }
}

/// The entries that `other` holds, or is.
pub(crate) fn map(other: &Value, world: &World) -> Result<HashMap<Item, Item>, String> {
    Ok(pairs(&resolve(other, world)?)?.into_iter().collect())
}

pub(crate) fn tally(other: &Value, world: &World) -> Result<Tally<Item>, String> {
    tally_of(pairs(&resolve(other, world)?)?)
}

pub(crate) fn items(other: &Value, world: &World) -> Result<Vec<Item>, String> {
    Item::all_of(&resolve(other, world)?)
}

/// Pairs: an object, or an array of arrays of two.
pub(crate) fn pairs(value: &Value) -> Result<Vec<(Item, Item)>, String> {
    match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, item)| Ok((Item::Text(key.clone()), Item::of(item)?)))
            .collect(),
        Value::Array(pairs) => pairs
            .iter()
            .map(|pair| match Item::all_of(pair)?.as_slice() {
                [key, item] => Ok((key.clone(), item.clone())),
                _ => Err(format!("{pair} is no pair")),
            })
            .collect(),
        other => Err(format!("{other} has no pairs")),
    }
}
