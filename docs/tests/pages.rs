//! The rendered documentation: the order of the methods on each page, and the listing of the public API.
//!
//! The tests read the HTML that `cargo doc` writes to `target/pages`, a folder of its own, so that
//! it waits for no other cargo.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

use std::{env, fs, path::PathBuf, process::Command, sync::OnceLock};

/// The pages whose methods are in the order of [`COLLECTION`].
const COLLECTIONS: [&str; 11] = [
    "Dict",
    "DefaultDict",
    "Counter",
    "List",
    "Deque",
    "Sequence",
    "Set",
    "SortedSetCounter",
    "GeoDb",
    "Value",
    "Number",
];

/// The order of a collection's methods, theme by theme. Within a theme, any order is right.
const COLLECTION: [(&str, &str); 7] = [
    ("open", "open with_default with_maxlen on key field maxlen"),
    (
        "read",
        "len is_empty exists get get_many peek contains contains_key contains_many first last front \
         back index_of count score scores rank rank_reversed distance geohash random_member \
         random_members",
    ),
    (
        "write",
        "set insert set_if_absent set_score get_or_insert get_or_set_score replace_if modify add \
         add_all subtract_all sub increment push push_back push_front",
    ),
    (
        "remove",
        "remove remove_value discard take pop pop_any pop_back pop_front pop_back_wait pop_front_wait \
         pop_first pop_last",
    ),
    (
        "many elements",
        "range range_step index_of_in set_range set_range_step delete_range delete_range_step \
         range_by_rank range_by_rank_reversed range_by_score range_by_score_reversed count_between \
         remove_by_rank remove_by_score within within_with around around_with keys values items \
         items_reversed elements total most_common to_map to_set to_vec to_tally to_scores to_places \
         iter extend extend_front remove_many rotate_left rotate_right repeat repeat_assign reverse \
         sort sort_by clear",
    ),
    (
        "algebra",
        "extend_from equals merge concat union union_assign intersection intersection_assign \
         difference difference_assign symmetric_difference symmetric_difference_assign is_subset \
         is_superset is_proper_subset is_proper_superset is_disjoint positive negative plus \
         plus_assign minus minus_assign max_with max_with_assign min_with min_with_assign add_from \
         subtract_from",
    ),
    ("time to live", "set_with_ttl expire_entry expire_entry_at persist_entry entry_ttl"),
];

/// The order of the methods of `LruDict`.
const LRU_DICT: [(&str, &str); 5] = [
    ("open", "open with_write_through key remote maxsize"),
    ("read", "get get_many contains_key len recent stats is_dirty"),
    ("write", "set insert extend"),
    ("remove", "remove clear"),
    ("sync", "sync sync_and_clear"),
];

/// The order of the methods of `Syncable`. Those that shadow a method of std come last.
const SYNCABLE: [(&str, &str); 4] = [
    ("open", "open of key remote"),
    ("changes", "is_dirty changes"),
    ("sync", "sync sync_checked sync_replace reload refresh discard into_local"),
    (
        "std's methods",
        "add subtract set insert set_score increment remove get_mut entry extend get_or_default push \
         pop clear push_back push_front pop_back pop_front take retain",
    ),
];

/// What the page of each collection says of the type that its methods return.
const REPLY: &str = "Methods return E::Reply<T>: a Result<T> on Store, a future of one on aio::Store, \
                     and a Ticket<T> on a Batch.";

/// The sections of a page that list what other types and traits offer.
const OTHERS: [&str; 7] = [
    "deref-methods",
    "trait-implementations",
    "synthetic-implementations",
    "blanket-implementations",
    "foreign-impls",
    "implementors",
    "dyn-compatibility",
];

#[test]
fn every_collection_has_its_page_checked() {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../redis-collections/src/collections");
    let mut sources = vec![folder];
    let mut missing = Vec::new();
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let names = text.split("> Collection<E> for ").skip(1);
        let names = names.filter_map(|rest| rest.split('<').next().map(str::to_owned));
        missing.extend(names.filter(|name| !COLLECTIONS.contains(&name.as_str())));
    }

    assert!(missing.is_empty(), "add these to COLLECTIONS: {missing:?}");
}

#[test]
fn the_methods_of_a_collection_are_in_reading_order() {
    let collections = COLLECTIONS.map(|page| (page, &COLLECTION[..]));
    let in_memory = [("LruDict", &LRU_DICT[..]), ("Syncable", &SYNCABLE[..])];

    let wrong: Vec<String> = collections
        .into_iter()
        .chain(in_memory)
        .flat_map(|(page, themes)| misplaced(page, themes))
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_page_of_a_collection_says_what_its_methods_return() {
    let is_silent = |page: &&str| !text(&html(&format!("struct.{page}.html"))).contains(REPLY);

    let silent: Vec<&str> = COLLECTIONS.into_iter().filter(is_silent).collect();

    assert!(silent.is_empty(), "{silent:?} do not say: {REPLY}");
}

#[test]
fn the_listing_of_the_public_api_is_up_to_date() {
    let path = root("docs/public-api.txt");
    let found = public_api();
    if env::var_os("UPDATE_PUBLIC_API").is_some() {
        fs::write(&path, &found).unwrap();
    }

    let listed = fs::read_to_string(&path).unwrap_or_default();

    let removed: Vec<&str> = listed.lines().filter(|line| !has(&found, line)).collect();
    let added: Vec<&str> = found.lines().filter(|line| !has(&listed, line)).collect();
    assert!(
        listed == found,
        "docs/public-api.txt differs from the documentation, which adds {added:#?}, removes \
         {removed:#?}, and may order lines differently. If you mean this change, run\n    \
         UPDATE_PUBLIC_API=1 cargo test -p redis-collections-docs --test pages\n"
    );
}

/// The methods of a page that are not in the order of `themes`.
fn misplaced(page: &str, themes: &[(&str, &str)]) -> Vec<String> {
    let methods: Vec<String> = members(&html(&format!("struct.{page}.html")))
        .into_iter()
        .filter_map(|id| id.strip_prefix("method.").map(str::to_owned))
        .collect();
    let mut wrong = Vec::new();
    if methods.iter().any(|name| name == "open") && methods[0] != "open" {
        wrong.push(format!("{page}: expected `open` first, found `{}`", methods[0]));
    }
    let mut reached = 0;
    for name in methods {
        match themes.iter().position(|(_, names)| names.split_whitespace().any(|it| it == name)) {
            Some(theme) if theme < reached => wrong.push(format!(
                "{page}::{name}: expected under \"{}\", found under \"{}\"",
                themes[theme].0, themes[reached].0
            )),
            Some(theme) => reached = theme,
            None => wrong.push(format!(
                "{page}::{name}: unknown; add its name to a theme of the table in docs/tests/pages.rs"
            )),
        }
    }
    wrong
}

/// A line for each public item, and one for each of its methods, fields and variants, in the order
/// of the pages.
fn public_api() -> String {
    let mut lines = Vec::new();
    for item in html("all.html").split("<li><a href=\"").skip(1) {
        // The links of the sidebar have a title as well.
        let (page, rest) = item.split_once('"').unwrap();
        let Some(rest) = rest.strip_prefix('>') else { continue };
        let path = rest.split_once("</a>").unwrap().0;
        let kind = page.rsplit('/').next().unwrap().split('.').next().unwrap();
        lines.push(format!("{kind} {path}\n"));
        if !["struct", "enum", "trait"].contains(&kind) {
            continue;
        }
        for member in members(&html(page)) {
            let name = member.split_once('.').unwrap().1.replace(".field.", ".");
            lines.push(format!("    {path}::{name}\n"));
        }
    }
    lines.concat()
}

/// The methods, fields, variants and associated items that a page describes, as `kind.name`.
fn members(page: &str) -> Vec<String> {
    let sections = page.split("<h2 id=\"").skip(1);
    let own = sections.filter(|section| !OTHERS.iter().any(|other| section.starts_with(other)));
    let ids = own.flat_map(|section| section.split(" id=\"").skip(1));
    let mut members = Vec::<String>::new();
    for id in ids.filter_map(|id| id.split_once('"')).map(|(id, _)| id) {
        let Some((kind, name)) = id.split_once('.') else { continue };
        // A name that several impls have is numbered from the second on.
        let name = name.split('-').next().unwrap();
        let kind = match kind {
            "method" | "tymethod" => "method",
            "structfield" | "variant" | "associatedtype" | "associatedconstant" => kind,
            _ => continue,
        };
        let member = format!("{kind}.{name}");
        if !name.ends_with(".fields") && !members.contains(&member) {
            members.push(member);
        }
    }
    members
}

/// The text of a page without its tags, each space once.
fn text(page: &str) -> String {
    let words: String = page.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let words = words.replace("&lt;", "<").replace("&gt;", ">");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has(lines: &str, line: &str) -> bool {
    lines.lines().any(|it| it == line)
}

/// A page of the library's documentation, which is rendered first.
fn html(page: &str) -> String {
    static RENDERED: OnceLock<PathBuf> = OnceLock::new();
    let pages = RENDERED.get_or_init(render);
    fs::read_to_string(pages.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// Renders the documentation, and returns where its pages are.
fn render() -> PathBuf {
    let target = root("target/pages");
    let output = Command::new(env!("CARGO"))
        .args([
            "doc",
            "--package",
            "redis-collections",
            "--no-deps",
            "--all-features",
            "--target-dir",
        ])
        .arg(&target)
        .current_dir(root(""))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("doc/redis_collections")
}

/// A path in the project.
fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
