//! How many round trips each call takes, counted by a proxy between the store and its server.

mod collections;
mod local;
mod scalars;
mod sequences;
mod stores;
mod structs;

use std::{fs, path::Path};

use redis_collections::Result;
use redis_collections_tests::Proxy;

/// Checks that each call takes one round trip, and names all that do not.
///
/// Each is made twice, and counted the second time: then the server knows its script.
macro_rules! assert_one_trip {
    ($proxy:expr, $($call:expr),+ $(,)?) => {
        $crate::assert_trips(1, &[$((stringify!($call), $crate::trips(&$proxy, || $call))),+]);
    };
}
use assert_one_trip;

fn trips<T>(proxy: &Proxy, call: impl Fn() -> Result<T>) -> usize {
    call().unwrap();
    let before = proxy.trips();
    call().unwrap();
    proxy.trips() - before
}

fn assert_trips(wanted: usize, calls: &[(&str, usize)]) {
    let others: Vec<_> = calls.iter().filter(|(_, trips)| *trips != wanted).collect();
    assert!(others.is_empty(), "not {wanted}: {others:?}");
}

/// What all collections stand on; it has no calls of its own.
const SHARED: [&str; 6] = ["collection", "hash_field", "modify", "operand", "scan", "scripts"];

/// A call of a collection stands in a table here as `dict.get(…)`, by the name of its file.
#[test]
fn no_call_is_forgotten() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tables: String =
        texts(&here.join("tests/round_trips")).into_iter().map(|it| it.1).collect();
    let sources = here.join("../redis-collections/src");
    let collections = fs::read_dir(sources.join("collections")).unwrap();
    let collections = collections.map(|entry| entry.unwrap().path());
    let collections = collections.map(|source| (name_of(&source), source));
    let collections = collections.filter(|(name, _)| !SHARED.contains(&&**name));
    let memory = [("lru_dict", "memory/lru"), ("syncable", "memory/sync/syncable")]
        .map(|(name, source)| (name.to_owned(), sources.join(source)));

    let mut forgotten = Vec::new();
    for (name, source) in collections.chain(memory) {
        for (_, text) in texts(&source) {
            let name = if name == "sequence" { "list" } else { &name };
            let calls = calls(&text).map(|call| format!(" {name}.{call}("));
            forgotten.extend(calls.filter(|call| !tables.contains(call)));
        }
    }

    assert!(forgotten.is_empty(), "{forgotten:?}");
}

/// The name of a file without its ending, or of a folder.
fn name_of(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The files at or beneath `path`, beside the name of the file or folder.
fn texts(path: &Path) -> Vec<(String, String)> {
    let name = name_of(path);
    if path.is_file() {
        return vec![(name, fs::read_to_string(path).unwrap())];
    }
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    files.flat_map(|file| texts(&file)).map(|(_, text)| (name.clone(), text)).collect()
}

/// The public methods in `source` that an executor answers.
fn calls(source: &str) -> impl Iterator<Item = &str> {
    source.split("    pub fn ").skip(1).filter_map(|function| {
        let (signature, _) = function.split_once('{')?;
        let end = signature.find(['(', '<'])?;
        let is_call = signature.contains("self") && signature.contains("E::Reply<");
        is_call.then_some(&signature[..end])
    })
}
