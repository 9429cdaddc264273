//! What a struct cannot say, though it can be read.

use std::collections::{HashMap, HashSet};

use syn::{GenericParam, Ident, LitStr};

use crate::{
    ast::{Field, Struct},
    attr::FieldAttr,
    report::Report,
};

/// Reports every mistake in `input`, and marks the fields that have one.
pub(crate) fn check(input: &mut Struct<'_>, report: &mut Report) {
    check_struct(input, report);
    for field in &mut input.fields {
        let before = report.len();
        check_field(field, report);
        field.wrong |= report.len() > before;
    }
    check_names(input, report);
}

/// Reports what is wrong with the struct, its fields aside.
fn check_struct(input: &Struct<'_>, report: &mut Report) {
    for param in &input.original.generics.params {
        if let GenericParam::Lifetime(param) = param {
            report.add(param, "a struct in Redis owns its data; it cannot have a lifetime");
        }
    }
    if let Some(namespace) = &input.attrs.namespace {
        check_namespace(namespace, report);
    }
    if let Some(live) = &input.attrs.live {
        check_live(live, &input.original.ident, report);
    }
}

/// Reports what is wrong with one field.
fn check_field(field: &Field<'_>, report: &mut Report) {
    for (at, (later, name)) in field.attrs.iter().enumerate() {
        for (earlier, other) in field.attrs.iter().take(at) {
            if let Some(reason) = conflict(earlier, later) {
                report.add(name, format!("not together with `{other}`: {reason}"));
            }
        }
    }
    if let Some(rename) = &field.attrs.rename {
        check_stored_name(rename, report);
    }
    if field.name.starts_with("__") && !field.attrs.has(FieldAttr::Skip) {
        report.add(
            field.ident,
            "names that begin with `__` are kept for the live twin; give it another",
        );
    }
}

/// Reports names that are stored twice, and removed ones that are still there.
fn check_names(input: &Struct<'_>, report: &mut Report) {
    let mut stored: HashMap<String, &Field<'_>> = HashMap::new();
    for field in input.stored() {
        if let Some(earlier) = stored.insert(field.stored_name(), field) {
            let renamed = if field.attrs.rename.is_some() { field } else { earlier };
            let other = if field.attrs.rename.is_some() { earlier } else { field };
            let message = format!("`{}` is stored under this name too", other.name);
            report.add(&renamed.attrs.rename, message);
        }
    }
    let mut removed = HashSet::new();
    for name in &input.attrs.removed {
        check_stored_name(name, report);
        if let Some(field) = stored.get(&name.value()) {
            report.add(name, format!("the field `{}` is still stored under this name", field.name));
        }
        if !removed.insert(name.value()) {
            report.add(name, format!("`{}` is listed twice", name.value()));
        }
    }
}

/// Why a field cannot have both attributes, if it cannot.
fn conflict(one: FieldAttr, other: FieldAttr) -> Option<&'static str> {
    if one == FieldAttr::Skip || other == FieldAttr::Skip {
        return Some("`skip` leaves the field out of Redis");
    }
    let reason = |attr: FieldAttr, other: FieldAttr| {
        excludes(attr).iter().find(|(excluded, _)| *excluded == other).map(|(_, reason)| *reason)
    };
    reason(one, other).or_else(|| reason(other, one))
}

/// The attributes that `attr` excludes, and why. Either attribute of a pair may list it.
fn excludes(attr: FieldAttr) -> &'static [(FieldAttr, &'static str)] {
    use FieldAttr::{Codec, Default, Lru, Maxlen, Nested, Rename, Skip, Sync, Value};

    const WHOLE: &str = "one value is written whole at once; keep one of them";
    const NO_DEQUE: &str = "only a deque has a length to limit";
    const INNER_FIELDS: &str = "write it on the fields of the nested struct";

    match attr {
        Value => &[
            (Nested, "a nested struct has fields of its own; keep one of them"),
            (Sync, WHOLE),
            (Lru, WHOLE),
            (Maxlen, NO_DEQUE),
        ],
        Nested => &[
            (Sync, "write `#[sync]` on the fields of the nested struct"),
            (Lru, "write `#[lru]` on the fields of the nested struct"),
            (Default, INNER_FIELDS),
            (Maxlen, INNER_FIELDS),
            (Codec, "write it on the nested struct"),
        ],
        Lru => &[
            (Sync, "memory holds all of a field or the part last used; keep one of them"),
            (Default, "a missing entry has no default there"),
            (Maxlen, NO_DEQUE),
        ],
        Default => &[(Maxlen, NO_DEQUE)],
        Skip | Rename | Maxlen | Codec | Sync => &[],
    }
}

fn check_namespace(namespace: &LitStr, report: &mut Report) {
    let text = namespace.value();
    if text.is_empty() {
        report.add(namespace, "a namespace cannot be empty");
    } else if let Some(letter) = text
        .chars()
        .find(|letter| matches!(letter, '{' | '}') || letter.is_whitespace() || letter.is_control())
    {
        report.add(namespace, format!("a namespace cannot contain `{}`", letter.escape_debug()));
    }
}

fn check_live(live: &LitStr, own: &Ident, report: &mut Report) {
    match live.parse::<Ident>() {
        Err(_) => report.add(live, format!("`{}` is not an identifier", live.value())),
        Ok(name) if name == *own => {
            report.add(live, "the live twin needs a name other than the struct's");
        }
        Ok(_) => {}
    }
}

fn check_stored_name(name: &LitStr, report: &mut Report) {
    let text = name.value();
    if text.is_empty() {
        report.add(name, "a stored name cannot be empty");
    } else if let Some(letter) = text.chars().find(|letter| ":~{}".contains(*letter)) {
        report.add(name, format!("a stored name cannot contain `{letter}`"));
    }
}
