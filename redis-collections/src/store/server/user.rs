//! The folders of a user.

use std::{env, ffi::OsString, path::PathBuf};

use crate::error::{Error, Result};

/// The variable that names the folder of the shared server.
const DIR: &str = "REDIS_COLLECTIONS_DIR";

/// The folder into which the project's scripts put a server's program.
pub(super) fn programs_folder() -> Option<PathBuf> {
    Some(base("XDG_CACHE_HOME", ".cache")?.join("redis-collections/bin"))
}

/// The folder of the shared server.
pub(super) fn data_folder() -> Result<PathBuf> {
    variable(DIR)
        .map(PathBuf::from)
        .or_else(|| Some(base("XDG_DATA_HOME", ".local/share")?.join("redis-collections")))
        .ok_or_else(|| Error::NoServer {
            reason: format!("neither `{DIR}` nor `HOME` is set, so its data has no folder"),
        })
}

/// An environment variable. An empty one counts as unset, as in a shell.
pub(super) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The folder in the variable `name`, else `fallback` in the home folder.
fn base(name: &str, fallback: &str) -> Option<PathBuf> {
    let set = variable(name).map(PathBuf::from);
    set.or_else(|| Some(PathBuf::from(variable("HOME")?).join(fallback)))
}
