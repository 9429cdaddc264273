//! What is asked of a list that is in memory, as Python's own lists answer it.

use super::{
    item::Item,
    local::Operands,
    op::{Answer, Answered, Op, all, nothing, strict, value, was_there},
};

pub(crate) fn call(list: &mut Vec<Item>, op: &Op<'_>, operands: &Operands) -> Answered {
    match op.name() {
        "len" => value(list.len()),
        "eq" => value(*list == operands.items()?),
        "contains" => value(list.contains(&Item::of(op.any(&["value", "key"])?)?)),
        "index_of" => {
            let wanted = op.item("value")?;
            let (start, stop) = (op.int("start")?, op.int("stop")?);
            let chosen = slice(list.len(), start, stop, 1).unwrap_or_default();
            let found = chosen.into_iter().find(|at| list[*at] == wanted);
            Ok(found.map_or(Answer::Error("value_missing"), |at| Answer::Value(at.into())))
        }
        "count" => {
            let wanted = op.item("value")?;
            value(list.iter().filter(|item| **item == wanted).count())
        }
        "concat" => all(list.iter().cloned().chain(operands.items()?)),
        "repeat" => all(repeated(list, times(op)?)),
        "at" => strict(at(list, op)?.map(|at| list[at].clone()), "index_out_of_range"),
        "slice" => match chosen(list, op)? {
            Some(chosen) => all(chosen.into_iter().map(|at| list[at].clone())),
            None => Ok(Answer::Error("zero_step")),
        },
        "pop_back" => strict(list.pop(), "empty"),
        "pop_at" => strict(at(list, op)?.map(|at| list.remove(at)), "index_out_of_range"),
        "delete_at" => {
            let removed = at(list, op)?.map(|at| list.remove(at));
            was_there(removed.is_some(), "index_out_of_range")
        }
        "remove_value" => {
            let wanted = op.item("value")?;
            let found = list.iter().position(|item| *item == wanted).map(|at| list.remove(at));
            was_there(found.is_some(), "value_missing")
        }
        "set_at" => {
            let item = op.item("value")?;
            let set = at(list, op)?.map(|at| list[at] = item);
            was_there(set.is_some(), "index_out_of_range")
        }
        _ => change(list, op, operands),
    }
}

/// The operations that give nothing.
fn change(list: &mut Vec<Item>, op: &Op<'_>, operands: &Operands) -> Answered {
    match op.name() {
        "clear" => list.clear(),
        "extend_back" => list.extend(operands.items()?),
        "insert" => {
            let len = i64::try_from(list.len()).map_err(|error| error.to_string())?;
            let index = op.int("index")?.ok_or("no `index`")?;
            let index = if index < 0 { index + len } else { index }.clamp(0, len);
            let index = usize::try_from(index).map_err(|error| error.to_string())?;
            list.insert(index, op.item("value")?);
        }
        "reverse" => list.reverse(),
        "sort" if op.flag("reverse") => list.sort_by(|one, other| other.cmp(one)),
        "sort" => list.sort(),
        "repeat_assign" => *list = repeated(list, times(op)?),
        "delete_slice" => {
            let Some(mut chosen) = chosen(list, op)? else { return Ok(Answer::Error("zero_step")) };
            chosen.sort_unstable();
            chosen.into_iter().rev().for_each(|at| drop(list.remove(at)));
        }
        "set_slice" => return set_slice(list, op),
        _ => return op.unknown(),
    }
    nothing(Ok(()))
}

fn set_slice(list: &mut Vec<Item>, op: &Op<'_>) -> Answered {
    let values = op.items("values")?;
    let Some(chosen) = chosen(list, op)? else { return Ok(Answer::Error("zero_step")) };
    if op.int("step")?.unwrap_or(1) == 1 {
        let starts = slice(list.len(), op.int("start")?, None, 1).unwrap_or_default();
        let start = starts.first().copied().unwrap_or(list.len());
        list.splice(start..start + chosen.len(), values);
    } else if chosen.len() == values.len() {
        chosen.into_iter().zip(values).for_each(|(at, item)| list[at] = item);
    } else {
        return Ok(Answer::Error("length_mismatch"));
    }
    nothing(Ok(()))
}

/// The index that `op` means, if there is one.
fn at(list: &[Item], op: &Op<'_>) -> Result<Option<usize>, String> {
    let len = i64::try_from(list.len()).map_err(|error| error.to_string())?;
    let index = op.int("index")?.ok_or("no `index`")?;
    let index = if index < 0 { index + len } else { index };
    Ok(usize::try_from(index).ok().filter(|at| *at < list.len()))
}

/// The indices that the slice of `op` means; none for a step of 0.
fn chosen(list: &[Item], op: &Op<'_>) -> Result<Option<Vec<usize>>, String> {
    let step = op.int("step")?.unwrap_or(1);
    Ok(slice(list.len(), op.int("start")?, op.int("stop")?, step))
}

/// The indices that a slice means in Python.
fn slice(len: usize, start: Option<i64>, end: Option<i64>, step: i64) -> Option<Vec<usize>> {
    let len = i64::try_from(len).ok()?;
    let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let clamp = |at: i64| if at < 0 { (at + len).max(low) } else { at.min(high) };
    let first = start.map_or(if step < 0 { high } else { low }, clamp);
    let last = end.map_or(if step < 0 { low } else { high }, clamp);
    let mut all = Vec::new();
    let mut at = first;
    while step != 0 && if step < 0 { at > last } else { at < last } {
        all.push(usize::try_from(at).ok()?);
        at += step;
    }
    (step != 0).then_some(all)
}

fn repeated(list: &[Item], times: usize) -> Vec<Item> {
    std::iter::repeat_n(list, times).flatten().cloned().collect()
}

/// How often to repeat: never if that is less.
fn times(op: &Op<'_>) -> Result<usize, String> {
    Ok(usize::try_from(op.int("n")?.ok_or("no `n`")?).unwrap_or(0))
}
