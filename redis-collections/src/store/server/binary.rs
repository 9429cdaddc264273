//! Where the program of a server is found.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::user::{programs, variable};
use crate::error::{Error, Result};

/// The variable that names the program, before anything else is looked for.
const VARIABLE: &str = "REDIS_COLLECTIONS_SERVER";
/// The names of the programs, the preferred one first.
const NAMES: [&str; 2] = ["valkey-server", "redis-server"];

/// Finds the program of a server.
pub(super) fn find() -> Result<PathBuf> {
    if let Some(path) = variable(VARIABLE).map(PathBuf::from) {
        return is_program(&path).then(|| absolute(&path)).ok_or_else(|| not_a_program(&path));
    }
    let cache = programs();
    let path = variable("PATH").unwrap_or_default();
    NAMES
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)))
        .chain(cache.iter().flat_map(|folder| NAMES.map(|name| folder.join(name))))
        .find(|program| is_program(program))
        .map(|program| absolute(&program))
        .ok_or_else(|| nowhere(cache.as_deref()))
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The server is started in another folder than the program's own.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn not_a_program(path: &Path) -> Error {
    let path = path.display();
    Error::NoServer {
        reason: format!("`{VARIABLE}` names `{path}`, which is not an executable file"),
    }
}

fn nowhere(cache: Option<&Path>) -> Error {
    let cache = cache.map_or_else(String::new, |path| format!(" or in `{}`", path.display()));
    Error::NoServer {
        reason: format!(
            "found neither `{}` nor `{}` on PATH{cache}; install one with `apt install valkey-server`, \
             `apt install redis-server` or `brew install valkey`, or play `./run` in the project's \
             folder, which fetches one, or let `{VARIABLE}` name one, or let `REDIS_URL` name a \
             server that runs",
            NAMES[0], NAMES[1]
        ),
    }
}
