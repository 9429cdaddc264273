//! [`Op`]: one operation of a case, and what it answers.

use std::{cell::RefCell, collections::BTreeSet, ops::Bound};

use redis_collections::Error;
use serde_json::{Map, Value};

use super::item::Item;

/// What an operation answers: a value, or the class of its error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Value(Value),
    Error(&'static str),
}

/// An answer, or why the operation cannot be carried out: the case fails then.
pub(crate) type Answered = Result<Answer, String>;

/// One operation: its name, and its arguments.
#[derive(Debug)]
pub(crate) struct Op<'c> {
    args: &'c Map<String, Value>,
    /// The arguments that somebody has asked for: others are unknown.
    known: RefCell<BTreeSet<&'static str>>,
}

impl<'c> Op<'c> {
    pub(crate) fn of(value: &'c Value) -> Result<Self, String> {
        let args = value.as_object().ok_or_else(|| format!("{value} is no operation"))?;
        Ok(Op { args, known: RefCell::new(BTreeSet::from(["op"])) })
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &'c str {
        self.args.get("op").and_then(Value::as_str).unwrap_or_default()
    }

    /// The argument called `name`, if it is given.
    pub(crate) fn optional(&self, name: &'static str) -> Option<&'c Value> {
        self.known.borrow_mut().insert(name);
        self.args.get(name)
    }

    /// The argument called `name`.
    pub(crate) fn arg(&self, name: &'static str) -> Result<&'c Value, String> {
        self.optional(name).ok_or_else(|| format!("`{}` without `{name}`", self.name()))
    }

    /// The first of the arguments called `names` that is given.
    pub(crate) fn any(&self, names: &[&'static str]) -> Result<&'c Value, String> {
        let given: Vec<_> = names.iter().filter_map(|name| self.optional(name)).collect();
        let none = || format!("`{}` without any of {names:?}", self.name());
        given.first().copied().ok_or_else(none)
    }

    pub(crate) fn text(&self, name: &'static str) -> Result<&'c str, String> {
        let value = self.arg(name)?;
        value.as_str().ok_or_else(|| format!("`{name}` is {value}, and no text"))
    }

    pub(crate) fn item(&self, name: &'static str) -> Result<Item, String> {
        Item::of(self.arg(name)?)
    }

    pub(crate) fn items(&self, name: &'static str) -> Result<Vec<Item>, String> {
        Item::all_of(self.arg(name)?)
    }

    /// An integer; `None` if it is not given, or null.
    pub(crate) fn int(&self, name: &'static str) -> Result<Option<i64>, String> {
        match self.optional(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match Item::of(value)? {
                Item::Int(int) => Ok(Some(int)),
                _ => Err(format!("`{name}` is {value}, and no integer")),
            },
        }
    }

    /// A number; `None` if it is not given, or null.
    pub(crate) fn float(&self, name: &'static str) -> Result<Option<f64>, String> {
        match self.optional(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_f64()
                .map(Some)
                .ok_or_else(|| format!("`{name}` is {value}, and no number")),
        }
    }

    pub(crate) fn flag(&self, name: &'static str) -> bool {
        self.optional(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The range between `start` and `stop`.
    pub(crate) fn range(&self) -> Result<(Bound<i64>, Bound<i64>), String> {
        let start = self.int("start")?.map_or(Bound::Unbounded, Bound::Included);
        let stop = self.int("stop")?.map_or(Bound::Unbounded, Bound::Excluded);
        Ok((start, stop))
    }

    /// The name of the handle that `name` refers to, if it does.
    pub(crate) fn reference(value: &'c Value) -> Option<&'c str> {
        value.as_object()?.get("ref")?.as_str()
    }

    /// Refuses arguments that nobody has asked for.
    pub(crate) fn check(&self) -> Result<(), String> {
        let known = self.known.borrow();
        let unknown: Vec<_> =
            self.args.keys().filter(|name| !known.contains(name.as_str())).collect();
        if unknown.is_empty() { Ok(()) } else { Err(format!("unknown arguments {unknown:?}")) }
    }

    /// The failure of an operation that its collection does not have.
    pub(crate) fn unknown(&self) -> Answered {
        Err(format!("unknown operation `{}`", self.name()))
    }
}

/// The answer of an operation that gives nothing.
pub(crate) fn nothing(done: Result<(), Error>) -> Answered {
    done.map(|()| Answer::Value(Value::Null)).map_err(failed)
}

/// The answer of an operation that gives `value`.
pub(crate) fn value(value: impl Into<Value>) -> Answered {
    Ok(Answer::Value(value.into()))
}

/// The answer of an operation that gives an item, or `class` if there is none.
pub(crate) fn strict(item: Option<Item>, class: &'static str) -> Answered {
    Ok(item.map_or(Answer::Error(class), |item| Answer::Value(item.value())))
}

/// Nothing, or `class` if something was not there.
pub(crate) fn was_there(is_there: bool, class: &'static str) -> Answered {
    Ok(if is_there { Answer::Value(Value::Null) } else { Answer::Error(class) })
}

/// The answer of an operation that gives items in order.
pub(crate) fn all(items: impl IntoIterator<Item = Item>) -> Answered {
    Ok(Answer::Value(items.into_iter().map(|item| item.value()).collect()))
}

/// Why a call failed that should not have.
#[expect(clippy::needless_pass_by_value, reason = "it stands where errors are mapped")]
pub(crate) fn failed(error: Error) -> String {
    format!("the call failed: {error}")
}
