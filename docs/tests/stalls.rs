//! The documentation of a method names the stall that docs/stalls.md has measured.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

mod methods;

use std::{collections::BTreeMap, fs};

use self::methods::{Methods, root};

/// The words before the figure, in the documentation of a method that stalls the server.
const SENTENCE: &str = " blocks the server for about ";

/// The words after the figure: the section that names the machine.
const MEASURED: &str = "([measured](crate::Collection#stalls)).";

/// The longest wait of other clients that the documentation need not mention, in milliseconds.
const LIMIT: u64 = 100;

#[test]
fn every_method_says_how_long_it_stalls_a_server() {
    let methods = Methods::read();

    let mut wrong = Vec::new();
    for (name, millis) in longest_waits() {
        let said = said(methods.docs(&name).unwrap_or_else(|| panic!("no {name}")));
        let wanted = (millis > LIMIT).then(|| rounded(millis));
        if said != wanted {
            wrong.push(format!("{name}: expected {wanted:?}, found {said:?}"));
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The longest wait of each method on the page, in milliseconds. For a method of all collections it
/// is that of the slowest collection.
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

/// The figure in the documentation of a method, which also says for how many elements it holds.
fn said(docs: &str) -> Option<String> {
    let words: Vec<&str> = docs.split_whitespace().collect();
    let docs = words.join(" ");
    let (before, after) = docs.split_once(SENTENCE)?;
    let (figure, _) = after.split_once(MEASURED)?;
    let sentence = before.rsplit_once(". ").map_or(before, |(_, last)| last);
    sentence.contains("00,000").then(|| figure.trim().to_owned())
}

/// A figure as the documentation has it: rounded up to 50 ms, and past a second to 100 ms.
fn rounded(millis: u64) -> String {
    match millis.div_ceil(100) {
        _ if millis <= 950 => format!("{} ms", millis.div_ceil(50) * 50),
        tenths if tenths % 10 == 0 => format!("{} s", tenths / 10),
        tenths => format!("{}.{} s", tenths / 10, tenths % 10),
    }
}
