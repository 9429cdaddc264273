//! [`Item`]: a value of a case, as it is stored.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A value of a case: equal numbers are one item, however they are written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Item {
    Null,
    Bool(bool),
    Int(i64),
    /// The bits of a number that is no integer.
    Float(u64),
    Text(String),
}

impl Item {
    /// The item that stands for `value`.
    pub(crate) fn of(value: &Value) -> Result<Self, String> {
        match value {
            Value::Null => Ok(Item::Null),
            Value::Bool(bool) => Ok(Item::Bool(*bool)),
            Value::String(text) => Ok(Item::Text(text.clone())),
            Value::Number(number) => Ok(match (number.as_i64(), number.as_f64()) {
                (Some(int), _) => Item::Int(int),
                (None, float) => Item::of_float(float.unwrap_or(f64::NAN)),
            }),
            other => Err(format!("{other} is no text, number or null")),
        }
    }

    /// The items that stand for the parts of an array.
    pub(crate) fn all_of(values: &Value) -> Result<Vec<Self>, String> {
        let values = values.as_array().ok_or_else(|| format!("{values} is no array"))?;
        values.iter().map(Item::of).collect()
    }

    /// The value that it stands for.
    pub(crate) fn value(&self) -> Value {
        match self {
            Item::Null => Value::Null,
            Item::Bool(bool) => json!(bool),
            Item::Int(int) => json!(int),
            Item::Float(bits) => json!(f64::from_bits(*bits)),
            Item::Text(text) => json!(text),
        }
    }

    /// The text by which an object names it.
    pub(crate) fn name(&self) -> String {
        match self {
            Item::Text(text) => text.clone(),
            other => other.value().to_string(),
        }
    }

    fn of_float(float: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "it is compared afterwards")]
        let int = float as i64;
        #[expect(clippy::cast_precision_loss, reason = "an integer beyond 2^53 stays a float")]
        let is_int = (int as f64).to_bits() == float.to_bits() && int.unsigned_abs() <= 1 << 53;
        if is_int { Item::Int(int) } else { Item::Float(float.to_bits()) }
    }

    fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "cases have small numbers")]
            Item::Int(int) => Some(*int as f64),
            Item::Float(bits) => Some(f64::from_bits(*bits)),
            _ => None,
        }
    }
}

/// Numbers by size, and texts by their letters, as Python sorts them.
impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            (one, two) => {
                two.is_some().cmp(&one.is_some()).then_with(|| self.name().cmp(&other.name()))
            }
        }
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
