//! The search for a server's program.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::user::{programs_folder, variable};
use crate::error::{Error, Result};

/// The variable that names the program. If it is set, nothing else is searched.
const VARIABLE: &str = "REDIS_COLLECTIONS_SERVER";
/// The names of the programs, in the order of preference.
const NAMES: [&str; 2] = ["valkey-server", "redis-server"];

/// Finds a server's program.
pub(super) fn find() -> Result<PathBuf> {
    if let Some(path) = variable(VARIABLE).map(PathBuf::from) {
        return is_program(&path).then(|| absolute(&path)).ok_or_else(|| not_a_program(&path));
    }
    let cache = programs_folder();
    let path = variable("PATH").unwrap_or_default();
    NAMES
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)))
        .chain(cache.iter().flat_map(|folder| NAMES.map(|name| folder.join(name))))
        .find(|program| is_program(program))
        .map(|program| absolute(&program))
        .ok_or_else(|| not_found(cache.as_deref()))
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The server starts in another working folder, in which a relative path would be wrong.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn not_a_program(path: &Path) -> Error {
    let path = path.display();
    Error::NoServer {
        reason: format!("`{VARIABLE}` names `{path}`, which is not an executable file"),
    }
}

fn not_found(cache: Option<&Path>) -> Error {
    let cache = cache.map_or_else(String::new, |path| format!(" or in `{}`", path.display()));
    Error::NoServer {
        reason: format!(
            "found neither `{}` nor `{}` on PATH{cache}; install one with `apt install valkey-server`, \
             `apt install redis-server` or `brew install valkey`, or run `./run` in the project's \
             folder, which fetches one, or set `{VARIABLE}` to a program, or `REDIS_URL` to a \
             running server",
            NAMES[0], NAMES[1]
        ),
    }
}
