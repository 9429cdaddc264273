//! Read-modify-write of one field of a hash.

use crate::{
    collections::{HashField, KeyHandle},
    command::{Key, Request, Script, reply},
    error::Result,
    store::Connected,
};

static MODIFY: Script = Script::once("HSET", include_str!("scripts/hash_modify.lua"));

/// Passes the value of a field of the hash at `handle` to `compute`, and sets the field to the
/// value that it returns. `None` is a missing field. Returns the second result of `compute`.
///
/// `field` adds the field's name to a request.
pub(crate) fn modify_field<'a, E: Connected, T: Send + 'a>(
    handle: &KeyHandle<E>,
    field: impl Fn(Request) -> Request + Clone + Send + 'a,
    mut compute: impl FnMut(Option<&[u8]>) -> Result<(Option<Vec<u8>>, T)> + Send + 'a,
) -> E::Reply<'a, T> {
    let at = field.clone();
    let read = move |key: &Key| at(Request::read("HGET", key));
    handle.executor().modify(handle.key(), read, move |key, answer| {
        let old = reply::or_nil(answer, reply::bytes)?;
        let (new, outcome) = compute(old.as_deref())?;
        if new == old {
            return Ok((None, outcome));
        }
        let request = field(Request::script(&MODIFY, [key])).arg(usize::from(old.is_some()));
        Ok((Some(request.arg(old).arg(new)), outcome))
    })
}

/// Sets the scalar at `field` as [`modify_field`] does.
pub(crate) fn modify_scalar<'a, E: Connected, T: Send + 'a>(
    field: &HashField<E>,
    compute: impl FnMut(Option<&[u8]>) -> Result<(Option<Vec<u8>>, T)> + Send + 'a,
) -> E::Reply<'a, T> {
    let name = field.name().to_owned();
    modify_field(field.handle(), move |request| request.field(&name), compute)
}
