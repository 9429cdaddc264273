//! The benchmark `overhead` has a line for every call that is a single command.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The sources of the calls, and the name of their type in the benchmark.
const SOURCES: [(&str, &str); 14] = [
    ("collections/collection.rs", "Collection"),
    ("collections/counter", "Counter"),
    ("collections/default_dict", "DefaultDict"),
    ("collections/deque.rs", "Deque"),
    ("collections/dict", "Dict"),
    ("collections/geo_db", "GeoDb"),
    ("collections/list.rs", "List"),
    ("collections/number", "Number"),
    ("collections/sequence", "List"),
    ("collections/set", "Set"),
    ("collections/sorted_set_counter", "SortedSetCounter"),
    ("collections/value.rs", "Value"),
    ("store/blocking", "Store"),
    ("structs/mod.rs", "RedisStruct"),
];

#[test]
fn every_call_that_is_a_single_command_has_a_line() {
    let bench = text(&root("redis-collections/benches/overhead"));
    let calls: Vec<String> = SOURCES
        .into_iter()
        .map(|(source, ty)| (text(&root("redis-collections/src").join(source)), ty))
        .flat_map(|(source, ty)| singles(&source).into_iter().map(move |it| format!("{ty}::{it}")))
        .collect();

    let has_line =
        |call: &String| ["\"", " of "].iter().any(|end| bench.contains(&format!("\"{call}{end}")));
    let missing: Vec<_> = calls.iter().filter(|call| !has_line(call)).collect();

    assert!(calls.len() > 100, "only {} calls are found", calls.len());
    assert!(
        missing.is_empty(),
        "these calls have no line in benches/overhead; add one, or word the cost line so that the call \
         is no single command: {missing:?}"
    );
}

#[test]
fn every_collection_is_among_the_sources() {
    let modules = text(&root("redis-collections/src/collections/mod.rs"));
    let public = modules.split("\npub use ").skip(1).filter_map(|line| line.split("::").next());
    let is_source =
        |module: &&str| SOURCES.iter().any(|(path, _)| path.contains(&format!("/{module}")));

    // Users call neither an operand nor the field behind a scalar.
    let is_called = |module: &&str| !["operand", "hash_field"].contains(module);
    let missing: Vec<&str> = public.filter(is_called).filter(|it| !is_source(it)).collect();

    assert!(missing.is_empty(), "add these to SOURCES: {missing:?}");
}

/// Returns the functions of a source whose documentation names one command before the cost.
fn singles(source: &str) -> Vec<String> {
    let (mut found, mut docs) = (Vec::new(), String::new());
    for line in source.lines().map(str::trim_start) {
        if let Some(text) = line.strip_prefix("///") {
            docs += text.trim();
            docs.push('\n');
        } else if !line.starts_with("#[") {
            let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("fn ");
            if let Some(name) = name.filter(|_| is_single(&docs)) {
                let end = name.find(['(', '<']).unwrap();
                found.push(name[..end].to_owned());
            }
            docs.clear();
        }
    }
    found
}

/// Returns whether the cost line has the form "`HGET`, O(1)." and the call sends no more than that.
fn is_single(docs: &str) -> bool {
    let cost = docs.split("\n\n").find(|paragraph| paragraph.contains("O(")).unwrap_or_default();
    let command = cost.strip_prefix('`').and_then(|cost| cost.split_once("`, O("));
    command.is_some_and(|(command, cost)| {
        // A copy costs what it copies, and a cursor as many commands as there are pages.
        !command.contains(['`', '\n']) && !command.starts_with("COPY") && !cost.contains("page")
    })
}

/// Returns the text of the file at `path`, or of all files beneath it.
fn text(path: &Path) -> String {
    if path.is_file() {
        return fs::read_to_string(path).unwrap();
    }
    fs::read_dir(path).unwrap().map(|entry| text(&entry.unwrap().path())).collect()
}

/// A path in the project.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
