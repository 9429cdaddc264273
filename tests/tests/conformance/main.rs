//! Runs the cases that are written down without a language in mind: a state, one operation, and
//! what has to come of it.
//!
//! `CONFORMANCE_CASES` names the files, separated by colons; without it, those of this project run.
//! A word on the command line picks the cases whose id has it.

#![allow(clippy::unnecessary_wraps, reason = "an answer has one form, whatever gives it")]

mod case;
mod counters;
mod geo;
mod item;
mod local;
mod lru;
mod maps;
mod op;
mod scores;
mod sequences;
mod sets;
mod state;
mod synced;
mod tallies;
mod vectors;
mod verdict;
mod world;

use std::{env, fs, path::PathBuf, process::ExitCode};

use redis_collections::Store;

use self::case::Case;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    if words.iter().any(|word| word == "--list") {
        return ExitCode::SUCCESS;
    }
    let filter = words.iter().find(|word| !word.starts_with('-'));
    let store = Store::temporary().unwrap();
    let (mut passed, mut failed) = (0, 0);
    for file in files() {
        for case in cases(&file) {
            if filter.is_some_and(|filter| !case.id.contains(filter)) {
                continue;
            }
            match case.run(&store) {
                Ok(()) => passed += 1,
                Err(reason) => {
                    failed += 1;
                    println!("{}: {reason}", case.id);
                }
            }
        }
    }
    failed += must_fail(&store);
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How many of the cases that must fail do not: a runner that lets them pass proves nothing.
fn must_fail(store: &Store) -> usize {
    let wrong = cases(&ours("wrong.json")).into_iter().filter(|case| case.run(store).is_ok());
    wrong.map(|case| println!("{}: expected to fail, but passed", case.id)).count()
}

fn files() -> Vec<PathBuf> {
    match env::var("CONFORMANCE_CASES") {
        Ok(files) => files.split(':').map(PathBuf::from).collect(),
        Err(_) => ["cases.json", "more.json"].map(ours).into(),
    }
}

fn ours(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("conformance").join(name)
}

fn cases(file: &PathBuf) -> Vec<Case> {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
