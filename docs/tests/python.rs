//! The page for those who come from Python names what is there, and what it sends.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

mod methods;

use std::{collections::BTreeSet, fs};

use self::methods::{Methods, root};

/// The public methods of the Python library, as `dir` shows them.
const PYTHON: [(&str, &str); 8] = [
    ("Dict", "fromkeys get getmany items keys pop popitem scan_items setdefault update values"),
    (
        "Counter",
        "elements fromkeys get getmany items keys most_common pop popitem scan_items \
                 setdefault subtract update values",
    ),
    ("List", "append count extend index insert pop remove reverse sort"),
    (
        "Deque",
        "append appendleft count extend extendleft index insert pop popleft remove reverse \
               rotate sort",
    ),
    (
        "Set",
        "add difference difference_update discard intersection intersection_update isdisjoint \
             issubset issuperset pop random_sample remove scan_elements symmetric_difference \
             symmetric_difference_update union update",
    ),
    (
        "SortedSetCounter",
        "count_between discard_between discard_by_rank discard_by_score \
                          discard_member get_or_set_score get_rank get_score increment_score \
                          items items_by_rank items_by_score scan_items set_score update",
    ),
    (
        "GeoDb",
        "discard_member distance_between get_hash get_location places_within_radius \
               scan_items set_location update",
    ),
    ("LruDict", "clear copy get items keys pop popitem setdefault sync update values"),
];

#[test]
fn every_method_of_the_python_library_has_a_row() {
    let page = page();

    let missing: Vec<String> = PYTHON
        .into_iter()
        .flat_map(|(class, methods)| methods.split_whitespace().map(move |it| (class, it)))
        .filter(|(class, method)| !section(&page, class).contains(&format!(".{method}(")))
        .map(|(class, method)| format!("{class}.{method}"))
        .collect();

    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_method_that_the_page_names_is_there() {
    let methods = Methods::read();

    let missing: Vec<String> =
        names(&page()).into_iter().filter(|name| methods.docs(name).is_none()).collect();

    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_method_sends_what_the_page_says() {
    let methods = Methods::read();
    let mut wrong = Vec::new();
    for row in rows(&page()).filter(|row| row.len() == 4) {
        let docs: Vec<&str> = names(&row[1]).iter().filter_map(|name| methods.docs(name)).collect();
        let sent: BTreeSet<String> = docs.iter().flat_map(|docs| commands(cost(docs))).collect();
        if !docs.is_empty() && sent != commands(&row[2]) {
            wrong.push(format!("{}: {sent:?}", row[0]));
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_method_takes_as_many_round_trips_as_the_page_says() {
    let methods = Methods::read();
    let mut wrong = Vec::new();
    for row in rows(&page()) {
        for name in names(&row[1]) {
            let cost = methods.docs(&name).map(cost).unwrap_or_default();
            let trips = match cost {
                cost if cost.contains("two round trips") => "2",
                cost if cost.contains("as there are pages") => "pages",
                _ => "1",
            };
            let last = row.last().unwrap().as_str();
            if !cost.is_empty() && last != "0" && last != trips {
                wrong.push(format!("{name}: {trips}"));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn page() -> String {
    fs::read_to_string(root("docs/python.md")).unwrap()
}

/// What stands under the heading of `class`.
fn section<'p>(page: &'p str, class: &str) -> &'p str {
    let start = page.find(&format!("\n## `{class}`\n")).unwrap_or_else(|| panic!("no {class}"));
    let section = &page[start + 1..];
    section.find("\n## ").map_or(section, |end| &section[..end])
}

/// The cells of each row of the tables.
fn rows(page: &str) -> impl Iterator<Item = Vec<String>> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Python"));
    rows.map(|row| {
        let row = row.replace(r"\|", "or");
        row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    })
}

/// What stands between backticks and has two colons: a type and its method.
fn names(text: &str) -> Vec<String> {
    let prose = text.split("```").step_by(2);
    let code = prose.flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let is_name = |code: &&str| code.contains("::") && !code.contains(['(', ' ']);
    code.filter(is_name).map(str::to_owned).collect()
}

/// The commands that stand between backticks, without their arguments.
fn commands(text: &str) -> BTreeSet<String> {
    let code = text.split('`').skip(1).step_by(2).filter_map(|code| code.split(' ').next());
    let is_command = |word: &&str| word.len() > 2 && word.chars().all(|it| it.is_ascii_uppercase());
    code.filter(is_command).map(str::to_owned).collect()
}

/// The paragraph of a method's documentation that says what it costs.
fn cost(docs: &str) -> &str {
    docs.split("\n\n").find(|paragraph| paragraph.contains("O(")).unwrap_or_default()
}
