//! [`check`]: the rules for a struct that parses.

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

/// Reports mistakes in the struct that belong to no field.
fn check_struct(input: &Struct<'_>, report: &mut Report) {
    for param in &input.original.generics.params {
        if let GenericParam::Lifetime(param) = param {
            report.add(param, "a struct in Redis cannot have a lifetime; use owned types");
        }
    }
    if let Some(namespace) = &input.attrs.namespace {
        check_namespace(namespace, report);
    }
    if let Some(live) = &input.attrs.live {
        check_live(live, &input.original.ident, report);
    }
}

/// Reports mistakes in one field.
fn check_field(field: &Field<'_>, report: &mut Report) {
    for (at, (later, name)) in field.attrs.iter().enumerate() {
        for (earlier, other) in field.attrs.iter().take(at) {
            if let Some(reason) = conflict(earlier, later) {
                report.add(name, format!("cannot be combined with `{other}`: {reason}"));
            }
        }
    }
    if let Some(rename) = &field.attrs.rename {
        check_stored_name(rename, report);
    }
    if field.name.starts_with("__") && !field.attrs.has(FieldAttr::Skip) {
        report.add(
            field.ident,
            "names that begin with `__` are reserved for the live twin; rename the field",
        );
    }
}

/// Reports stored names that two fields share, and removed names that a field still has.
fn check_names(input: &Struct<'_>, report: &mut Report) {
    let mut stored: HashMap<String, &Field<'_>> = HashMap::new();
    for field in input.stored() {
        if let Some(earlier) = stored.insert(field.stored_name(), field) {
            let renamed = if field.attrs.rename.is_some() { field } else { earlier };
            let other = if field.attrs.rename.is_some() { earlier } else { field };
            let message =
                format!("the field `{}` has the same stored name; choose another", other.name);
            report.add(&renamed.attrs.rename, message);
        }
    }
    let mut removed = HashSet::new();
    for name in &input.attrs.removed {
        check_stored_name(name, report);
        if let Some(field) = stored.get(&name.value()) {
            let message = format!(
                "the field `{}` still has this stored name; list only removed fields",
                field.name
            );
            report.add(name, message);
        }
        if !removed.insert(name.value()) {
            report.add(name, format!("`{}` is listed twice", name.value()));
        }
    }
}

/// The reason why a field cannot have both attributes, if they exclude each other.
fn conflict(one: FieldAttr, other: FieldAttr) -> Option<&'static str> {
    if one == FieldAttr::Skip || other == FieldAttr::Skip {
        return Some("a skipped field is not stored; keep one of them");
    }
    let reason = |attr: FieldAttr, other: FieldAttr| {
        excludes(attr).iter().find(|(excluded, _)| *excluded == other).map(|(_, reason)| *reason)
    };
    reason(one, other).or_else(|| reason(other, one))
}

/// The attributes that `attr` excludes, with the reasons. One attribute of each pair lists it.
fn excludes(attr: FieldAttr) -> &'static [(FieldAttr, &'static str)] {
    use FieldAttr::{Codec, Default, Lru, Maxlen, Nested, Rename, Skip, Sync, Value};

    const WHOLE: &str = "a `value` field is always written whole; keep one of them";
    const NO_DEQUE: &str = "only a deque can have a maximum length; keep one of them";
    const INNER_FIELDS: &str = "write it on the fields of the nested struct";

    match attr {
        Value => &[
            (Nested, "`value` stores one value, `nested` several fields; keep one of them"),
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
            (Sync, "`sync` keeps the whole field in memory, `lru` a part of it; keep one of them"),
            (Default, "an `LruDict` has no default; keep one of them"),
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
        Err(_) => report.add(live, format!("expected an identifier, found `{}`", live.value())),
        Ok(name) if name == *own => {
            report.add(live, "the live twin cannot have the name of the struct; choose another");
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
