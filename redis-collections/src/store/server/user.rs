//! Where a user's files are.

use std::{env, ffi::OsString, path::PathBuf};

use crate::error::{Error, Result};

/// The variable that names the folder of the shared server.
const DIR: &str = "REDIS_COLLECTIONS_DIR";

/// The folder that the project's scripts put a server into.
pub(super) fn programs() -> Option<PathBuf> {
    Some(base("XDG_CACHE_HOME", ".cache")?.join("redis-collections/bin"))
}

/// The folder of the server that all programs of the user share.
pub(super) fn data() -> Result<PathBuf> {
    variable(DIR)
        .map(PathBuf::from)
        .or_else(|| Some(base("XDG_DATA_HOME", ".local/share")?.join("redis-collections")))
        .ok_or_else(|| Error::NoServer {
            reason: format!("neither `{DIR}` nor `HOME` says where its data should be"),
        })
}

/// An environment variable; one that is empty counts as absent, as in a shell.
pub(super) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The folder that `name` sets, else `fallback` at home.
fn base(name: &str, fallback: &str) -> Option<PathBuf> {
    let set = variable(name).map(PathBuf::from);
    set.or_else(|| Some(PathBuf::from(variable("HOME")?).join(fallback)))
}
