//! What the documentation of a method says of its stalls is what the page about stalls has measured.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

mod methods;

use std::{collections::BTreeMap, fs};

use self::methods::{Methods, root};

/// What the documentation of a method that stalls the server says before the figure.
const SENTENCE: &str = "it stalls the server for some ";

/// How long others may have to wait before the documentation says so, in milliseconds.
const LIMIT: u64 = 100;

#[test]
fn every_method_says_how_long_it_stalls_a_server() {
    let methods = Methods::read();

    let mut wrong = Vec::new();
    for (name, millis) in longest_waits() {
        let said = said(methods.docs(&name).unwrap_or_else(|| panic!("no {name}")));
        let wanted = (millis > LIMIT).then(|| told(millis));
        if said != wanted {
            wrong.push(format!("{name}: expected {wanted:?}, found {said:?}"));
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The longest wait of each method that the page names, in milliseconds; that of what all
/// collections have, with the kind that takes longest.
fn longest_waits() -> BTreeMap<String, u64> {
    let page = fs::read_to_string(root("docs/stalls.md")).unwrap();
    let mut longest = BTreeMap::new();
    for row in page.lines().filter(|line| line.starts_with("| ") && line.ends_with(" ms |")) {
        let cells: Vec<&str> = row.split(['|', ',']).map(str::trim).collect();
        let name = cells[1].split(' ').next().unwrap();
        let name = if name.ends_with("::copy_to") { "Collection::copy_to" } else { name };
        let millis: u64 = cells[cells.len() - 2].strip_suffix(" ms").unwrap().parse().unwrap();
        let known = longest.entry(name.to_owned()).or_insert(0);
        *known = millis.max(*known);
    }
    longest
}

/// The figure in what a method says of itself.
fn said(docs: &str) -> Option<String> {
    let (_, figure) = docs.split_once(SENTENCE)?;
    let words: Vec<&str> = figure.split_whitespace().take(2).collect();
    Some(words.join(" ").trim_end_matches('.').into())
}

/// A figure as the documentation tells it: rounded up to 50 ms, and past a second to 100 ms.
fn told(millis: u64) -> String {
    match millis.div_ceil(100) {
        _ if millis <= 950 => format!("{} ms", millis.div_ceil(50) * 50),
        tenths if tenths % 10 == 0 => format!("{} s", tenths / 10),
        tenths => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}
