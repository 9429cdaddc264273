//! What is asked of a [`List`] and a [`Deque`].

use std::ops::Deref;

use redis_collections::{Collection, Deque, Error, List, Sequence, Store};
use serde_json::Value;

use super::{
    item::Item,
    local,
    op::{Answer, Answered, Op, all, failed, nothing, strict, value, was_there},
    world::World,
};

/// `sequence` with the items of `data` behind those that it has.
pub(crate) fn open<S>(sequence: S, data: Option<&Value>) -> Result<S, String>
where
    S: Collection<Store> + Deref<Target = Sequence<Item>>,
{
    if let Some(data) = data {
        sequence.extend_from(&Item::all_of(data)?).map_err(failed)?;
    }
    Ok(sequence)
}

pub(crate) fn call_list(list: &List<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "clear" => nothing(list.clear().map(drop)),
        "push_back" => nothing(list.push(&op.item("value")?).map(drop)),
        "pop_back" => strict(list.pop().map_err(failed)?, "empty"),
        "set_slice" => {
            let (range, values) = (op.range()?, op.items("values")?);
            let step = op.int("step")?.unwrap_or(1);
            sliced(list.set_range_step(range, step, values), step)
        }
        _ => call(list, op, world),
    }
}

pub(crate) fn call_deque(deque: &Deque<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "clear" => nothing(deque.clear().map(drop)),
        "push_back" => nothing(deque.push_back(&op.item("value")?).map(drop)),
        "push_front" => nothing(deque.push_front(&op.item("value")?).map(drop)),
        "extend_front" => nothing(deque.extend_front(local::items(op.arg("other")?, world)?)),
        "pop_back" => strict(deque.pop_back().map_err(failed)?, "empty"),
        "pop_front" => strict(deque.pop_front().map_err(failed)?, "empty"),
        "rotate" => {
            let count = op.int("n")?.unwrap_or(1);
            let steps = usize::try_from(count.unsigned_abs()).map_err(|error| error.to_string())?;
            nothing(if count < 0 { deque.rotate_left(steps) } else { deque.rotate_right(steps) })
        }
        _ => call(deque, op, world),
    }
}

/// The calls by index, and those of all elements.
fn call(sequence: &Sequence<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(sequence.len().map_err(failed)?),
        "eq" => value(sequence.equals(&*world.sequence(op.arg("other")?)?).map_err(failed)?),
        "contains" => {
            let item = Item::of(op.any(&["value", "key"])?)?;
            value(sequence.contains(&item).map_err(failed)?)
        }
        "slice" => {
            let step = op.int("step")?.unwrap_or(1);
            match sequence.range_step(op.range()?, step) {
                Ok(items) => all(items),
                Err(error) => sliced(Err(error), step),
            }
        }
        "delete_slice" => {
            let step = op.int("step")?.unwrap_or(1);
            sliced(sequence.delete_range_step(op.range()?, step).map(drop), step)
        }
        "extend_back" => nothing(sequence.extend_from(&*world.sequence(op.arg("other")?)?)),
        "remove_value" => {
            let was_one = sequence.remove_value(&op.item("value")?).map_err(failed)?;
            was_there(was_one, "value_missing")
        }
        "index_of" => {
            let found = sequence.index_of_in(op.range()?, &op.item("value")?).map_err(failed)?;
            Ok(found.map_or(Answer::Error("value_missing"), |at| Answer::Value(at.into())))
        }
        "count" => value(sequence.count(&op.item("value")?).map_err(failed)?),
        "reverse" => nothing(sequence.reverse()),
        "sort" if op.flag("reverse") => nothing(sequence.sort_by(|one, other| other.cmp(one))),
        "sort" => nothing(sequence.sort()),
        "concat" => all(sequence.concat(&*world.sequence(op.arg("other")?)?).map_err(failed)?),
        "repeat" => all(sequence.repeat(times(op)?).map_err(failed)?),
        "repeat_assign" => nothing(sequence.repeat_assign(times(op)?)),
        _ => indexed(sequence, op),
    }
}

/// The calls of one element by its index.
fn indexed(sequence: &Sequence<Item>, op: &Op<'_>) -> Answered {
    let index = || op.int("index")?.ok_or_else(|| "no `index`".to_owned());
    match op.name() {
        "at" => strict(sequence.get(index()?).map_err(failed)?, "index_out_of_range"),
        "set_at" => {
            let was_set = sequence.set(index()?, &op.item("value")?).map_err(failed)?;
            was_there(was_set, "index_out_of_range")
        }
        "delete_at" => {
            let removed = sequence.remove(index()?).map_err(failed)?;
            was_there(removed.is_some(), "index_out_of_range")
        }
        "pop_at" => strict(sequence.remove(index()?).map_err(failed)?, "index_out_of_range"),
        "insert" => match sequence.insert(index()?, &op.item("value")?) {
            Err(Error::OutOfRange { .. }) => Ok(Answer::Error("full")),
            done => nothing(done.map(drop)),
        },
        _ => op.unknown(),
    }
}

/// Nothing, or what is wrong with a slice.
fn sliced(done: Result<(), Error>, step: i64) -> Answered {
    match done {
        Err(Error::OutOfRange { .. }) if step == 0 => Ok(Answer::Error("zero_step")),
        Err(Error::OutOfRange { .. }) => Ok(Answer::Error("length_mismatch")),
        done => nothing(done),
    }
}

/// How often to repeat: never if that is less.
fn times(op: &Op<'_>) -> Result<usize, String> {
    let count = op.int("n")?.ok_or("no `n`")?;
    Ok(usize::try_from(count).unwrap_or(0))
}
