//! What the pages say of the code is true of it, and the house keeps its rules.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for page in files("", "md") {
        let folder = page.parent().unwrap();
        for target in links(&fs::read_to_string(&page).unwrap()) {
            let (path, heading) = target.split_once('#').unwrap_or((&target, ""));
            let file = if path.is_empty() { page.clone() } else { folder.join(path) };
            if !file.exists() || !heading.is_empty() && !headings(&file).contains(heading) {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }

    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let mut all = Vec::new();
    collect(&root(""), &mut all);
    let all: Vec<String> = all.iter().map(|file| file.display().to_string()).collect();
    let mut gone = Vec::new();
    for page in ["docs/ARCHITECTURE.md", "docs/design/decisions.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root(page)).unwrap();
        let prose = text.split("```").step_by(2);
        for name in prose.flat_map(|prose| prose.split('`').skip(1).step_by(2)) {
            let is_file = [".rs", ".lua", ".md", "/"].iter().any(|end| name.ends_with(end));
            let part = format!("/{name}");
            let is_it = |file: &String| {
                if name.ends_with('/') { file.contains(&part) } else { file.ends_with(&part) }
            };
            if is_file && !all.iter().any(is_it) {
                gone.push(format!("{page}: {name}"));
            }
        }
    }

    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn the_architecture_names_each_part_of_the_library_in_the_order_of_reading() {
    let page = fs::read_to_string(root("docs/ARCHITECTURE.md")).unwrap();

    let house = page.split("```text\nredis-collections/src/").nth(1).unwrap();
    let named: Vec<&str> = house
        .lines()
        .take_while(|line| !line.starts_with("```"))
        .filter_map(|line| line.split_whitespace().next())
        .map(|name| name.trim_end_matches('/').trim_end_matches(".rs"))
        .filter(|name| *name != "lib")
        .collect();

    assert_eq!(named, modules());
}

#[test]
fn the_guide_names_a_remedy_for_each_error() {
    let page = fs::read_to_string(root("docs/guide/errors.md")).unwrap();
    let source = fs::read_to_string(root("redis-collections/src/error/mod.rs")).unwrap();

    let variants = source.split("pub enum Error {").nth(1).unwrap().split("\n}").next().unwrap();
    let missing: Vec<&str> = variants
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(" {"))
        .filter(|variant| !page.contains(&format!("`{variant}`")))
        .collect();

    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_module_imports_only_from_modules_before_it() {
    let crates = ["redis-collections/src", "redis-collections-derive/src"];
    // The guard's adapters call each other, as serde's traits do; a test stands outside the order.
    let is_listed =
        |file: &PathBuf| !file.iter().any(|part| part == "guard") && !file.ends_with("tests.rs");

    let wrong: Vec<String> = crates
        .into_iter()
        .flat_map(|krate| {
            let files = files(krate, "rs").filter(is_listed);
            files.flat_map(|file| upward(&root(krate), &file)).collect::<Vec<_>>()
        })
        .collect();

    assert!(
        wrong.is_empty(),
        "these import from a later module, or from the crate's root: {wrong:#?}\nimport from earlier \
         modules of the list in docs/ARCHITECTURE.md, by the name of their room"
    );
}

#[test]
fn no_file_of_the_library_is_longer_than_a_reader_is_patient() {
    let files = files("redis-collections", "rs").chain(files("redis-collections-derive", "rs"));

    let long: Vec<PathBuf> =
        files.filter(|file| fs::read_to_string(file).unwrap().lines().count() > 300).collect();

    assert!(long.is_empty(), "{long:#?}");
}

/// The imports of a file that lead to modules below its own.
fn upward(source: &Path, file: &Path) -> Vec<String> {
    let own = chain(file.strip_prefix(source).unwrap());
    let code = code(&fs::read_to_string(file).unwrap());
    let crates = paths(&code, "crate::").into_iter().map(|path| (Vec::new(), path));
    let supers = paths(&code, "\nuse super::").into_iter().map(|path| (parent(&own), path));
    let all = crates.chain(supers.filter(|_| !file.ends_with("mod.rs")));
    let is_up = |(base, path): &(Vec<String>, Vec<String>)| points_up(source, &own, base, path);
    let line = |(_, path): (_, Vec<String>)| format!("{}: {}", file.display(), path.join("::"));
    all.filter(is_up).map(line).collect()
}

/// Whether `path`, written in the module `own`, leads from `base` to a module that is not above.
fn points_up(source: &Path, own: &[String], base: &[String], path: &[String]) -> bool {
    let mut at = base.to_vec();
    for word in path {
        let modules = Modules::of(source, &at);
        let Some(found) = modules.find(word) else { return at.is_empty() };
        let Some(mine) = own.get(at.len()) else { return false };
        if modules.names[found] != *mine {
            return modules.names.iter().position(|name| name == mine) < Some(found);
        }
        at.push(mine.clone());
        if *word != *mine {
            return points_up(
                source,
                own,
                &at,
                path.last().map(std::slice::from_ref).unwrap_or_default(),
            );
        }
    }
    false
}

/// The modules that a module declares, in their order, and which of them each name comes from.
struct Modules {
    names: Vec<String>,
    owners: HashMap<String, usize>,
}

impl Modules {
    /// Those of the module at `chain`; none if it is one file.
    fn of(source: &Path, chain: &[String]) -> Self {
        let folder = source.join(chain.join("/"));
        let file = folder.join(if chain.is_empty() { "lib.rs" } else { "mod.rs" });
        let code = code(&fs::read_to_string(file).unwrap_or_default());
        let mut modules = Modules { names: Vec::new(), owners: HashMap::new() };
        for line in code.lines() {
            let name = line.split("mod ").nth(1).and_then(|name| name.strip_suffix(';'));
            modules.names.extend(name.map(str::to_owned));
        }
        for path in paths(&code, " use ") {
            if let (Some(owner), Some(name)) = (modules.find(&path[0]), path.last()) {
                modules.owners.insert(name.clone(), owner);
            }
        }
        modules
    }

    fn find(&self, name: &str) -> Option<usize> {
        let module = self.names.iter().position(|module| module == name);
        module.or_else(|| self.owners.get(name).copied())
    }
}

/// The modules of the library, in their order.
fn modules() -> Vec<String> {
    Modules::of(&root("redis-collections/src"), &[]).names
}

/// The names of the modules around a file, and its own.
fn chain(file: &Path) -> Vec<String> {
    let file = file.with_extension("");
    let names = file.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "mod" && name != "lib").collect()
}

fn parent(chain: &[String]) -> Vec<String> {
    chain.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default()
}

/// The lines of a file that are no comments.
fn code(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

/// All paths in `code` that follow `start`, those in braces one by one.
fn paths(code: &str, start: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (at, _) in code.match_indices(start) {
        path(&mut code[at + start.len()..].chars().peekable(), &mut Vec::new(), &mut all);
    }
    all
}

/// Reads one path, or several in braces, each of which begins with `before`.
fn path(
    code: &mut std::iter::Peekable<std::str::Chars<'_>>,
    before: &mut Vec<String>,
    all: &mut Vec<Vec<String>>,
) {
    let depth = before.len();
    loop {
        while code.next_if(|letter| letter.is_whitespace()).is_some() {}
        let mut word = String::new();
        while let Some(letter) = code.next_if(|letter| letter.is_alphanumeric() || *letter == '_') {
            word.push(letter);
        }
        if code.next_if_eq(&'{').is_some() {
            while code.peek().is_some_and(|letter| *letter != '}') {
                path(code, before, all);
                while code.next_if(|letter| *letter == ',' || letter.is_whitespace()).is_some() {}
            }
            code.next();
            break;
        }
        if word.is_empty() {
            code.next();
            break;
        }
        before.push(word);
        if code.next_if_eq(&':').is_none() || code.next_if_eq(&':').is_none() {
            all.push(before.clone());
            break;
        }
    }
    before.truncate(depth);
}

/// The anchors that GitHub gives the headings of a page.
fn headings(page: &Path) -> HashSet<String> {
    let text = fs::read_to_string(page).unwrap();
    let prose = text.split("```").step_by(2);
    let lines = prose.flat_map(str::lines).filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let kept = |letter: &char| letter.is_alphanumeric() || " -_".contains(*letter);
        let letters: String = line.trim_start_matches('#').trim().chars().filter(kept).collect();
        letters.to_lowercase().replace(' ', "-")
    };
    lines.map(anchor).collect()
}

/// The targets of links within the project, outside of programs.
fn links(page: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for (at, prose) in page.split("```").enumerate() {
        if at % 2 == 0 {
            targets.extend(prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
            let definition = |line| str::split_once(line, "]: ").filter(|_| line.starts_with('['));
            targets.extend(prose.lines().filter_map(definition).map(|(_, target)| target));
        }
    }
    let is_own = |target: &&str| !target.contains("::") && !target.contains("://");
    targets.into_iter().filter(is_own).map(str::to_owned).collect()
}

/// All files below `folder` whose names end in `extension`, but for what is built or kept.
fn files(folder: &str, extension: &'static str) -> impl Iterator<Item = PathBuf> {
    let mut found = Vec::new();
    collect(&root(folder), &mut found);
    found.into_iter().filter(move |file| file.extension().is_some_and(|end| end == extension))
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_symlink() || name.starts_with('.') || name == "target" || name == "data" {
            continue;
        }
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

/// A path in the project.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
