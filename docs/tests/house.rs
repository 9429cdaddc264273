//! What the pages say of the code is true of it, and the house keeps its rules.

#![allow(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for page in files("", "md") {
        let folder = page.parent().unwrap();
        for target in links(&fs::read_to_string(&page).unwrap()) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !folder.join(path).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }

    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let folders = ["", "docs", "redis-collections/src", "redis-collections-derive/src"];
    let mut gone = Vec::new();
    for page in ["docs/ARCHITECTURE.md", "docs/design/decisions.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root(page)).unwrap();
        let prose = text.split("```").step_by(2);
        for name in prose.flat_map(|prose| prose.split('`').skip(1).step_by(2)) {
            let is_file = [".rs", ".lua", ".md", "/"].iter().any(|end| name.ends_with(end));
            if is_file && !folders.iter().any(|folder| root(folder).join(name).exists()) {
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
        .filter(|name| !["lib", "scripts", "links.md"].contains(name))
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
fn imports_point_down() {
    let order = modules();
    let owners = owners();
    let mut wrong = Vec::new();
    for (at, module) in order.iter().enumerate() {
        for file in sources(module) {
            for name in imports(&fs::read_to_string(&file).unwrap()) {
                let owner = owners.get(&name).unwrap_or(&name);
                let found = order.iter().position(|known| known == owner);
                if found.is_none_or(|found| found > at) {
                    wrong.push(format!("{} imports {name}", file.display()));
                }
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_of_the_library_is_longer_than_a_reader_is_patient() {
    let files = files("redis-collections", "rs").chain(files("redis-collections-derive", "rs"));

    let long: Vec<PathBuf> =
        files.filter(|file| fs::read_to_string(file).unwrap().lines().count() > 300).collect();

    assert!(long.is_empty(), "{long:#?}");
}

/// The modules of the library, in their order.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(root("redis-collections/src/lib.rs")).unwrap();
    let name = |line: &str| {
        let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?;
        Some(name.trim_end_matches(';').to_owned())
    };
    lib.lines().filter_map(name).collect()
}

/// Which module the name comes from that the library gives at its root.
fn owners() -> HashMap<String, String> {
    let lib = fs::read_to_string(root("redis-collections/src/lib.rs")).unwrap();
    let mut owners = HashMap::new();
    for export in lib.split("pub use ").skip(1) {
        let (module, names) = export.split(';').next().unwrap().split_once("::").unwrap();
        for name in names.split(['{', '}', ',']).map(str::trim).filter(|name| !name.is_empty()) {
            owners.insert(name.to_owned(), module.to_owned());
        }
    }
    // The derive of the same name stands nowhere in the library.
    owners.insert("RedisStruct".to_owned(), "structs".to_owned());
    owners
}

/// The files of a module.
fn sources(module: &str) -> Vec<PathBuf> {
    let file = root(&format!("redis-collections/src/{module}.rs"));
    if file.exists() {
        return vec![file];
    }
    files(&format!("redis-collections/src/{module}"), "rs").collect()
}

/// What the file names of the rest of the library: the first word after each `crate::`.
fn imports(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        names.extend(first_words(rest));
    }
    names
}

/// The first word of each path that begins here: one, or all in braces.
fn first_words(rest: &str) -> Vec<String> {
    let word = |path: &str| {
        path.trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    if !rest.starts_with('{') {
        return vec![word(rest)];
    }
    let mut depth = 0;
    let mut paths = vec![String::new()];
    for letter in rest.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => paths.push(String::new()),
            letter => paths.last_mut().unwrap().push(letter),
        }
    }
    paths.iter().map(|path| word(path)).filter(|word: &String| !word.is_empty()).collect()
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
