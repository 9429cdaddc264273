//! [`Methods`]: the documentation of each public method.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The documentation of each public method, by the name of its type.
pub(crate) struct Methods(BTreeMap<String, BTreeMap<String, String>>);

impl Methods {
    /// Reads the sources of the library.
    pub(crate) fn read() -> Self {
        Methods(methods())
    }

    /// Returns the documentation of the method called `name`, of its type or of one that this type
    /// dereferences to.
    pub(crate) fn docs(&self, name: &str) -> Option<&str> {
        let (ty, method) = name.split_once("::")?;
        let below: &[&str] = match ty {
            "List" | "Deque" => &["Sequence", "Collection"],
            "DefaultDict" => &["Dict", "Collection"],
            _ => &["Collection"],
        };
        let mut types = [ty].into_iter().chain(below.iter().copied());
        types.find_map(|ty| self.0.get(ty)?.get(method)).map(String::as_str)
    }
}

fn methods() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut methods = BTreeMap::<_, BTreeMap<_, _>>::new();
    let mut sources = Vec::new();
    collect(&root("redis-collections/src"), &mut sources);
    for source in sources {
        let (mut ty, mut docs, mut visibility) = (String::new(), String::new(), "");
        for line in fs::read_to_string(source).unwrap().lines() {
            if let Some(of) = type_of(line) {
                // The methods of a trait are public without `pub`.
                visibility = if line.starts_with("impl") { "    pub " } else { "    " };
                ty = of;
            }
            if let Some(text) = line.strip_prefix("    ///") {
                docs += text.strip_prefix(' ').unwrap_or(text);
                docs.push('\n');
            } else if let Some(method) = line.strip_prefix(visibility).and_then(method) {
                methods.entry(ty.clone()).or_default().insert(method, std::mem::take(&mut docs));
            } else if !line.trim_start().starts_with("#[") {
                docs.clear();
            }
        }
    }
    methods
}

/// Returns the type whose methods follow this line: `impl<T> Type<T> {`, or a trait of ours.
fn type_of(line: &str) -> Option<String> {
    let name = |text: &str| text.chars().take_while(|it| it.is_alphanumeric()).collect::<String>();
    if let Some(of) = line.strip_prefix("pub trait ") {
        return Some(name(of));
    }
    let rest = line.strip_prefix("impl")?;
    let mut depth = 0;
    let end = rest.find(|letter| {
        depth += i32::from(letter == '<') - i32::from(letter == '>');
        depth == 0
    })?;
    let of = rest[end..].trim_start_matches(['>', ' ']);
    Some(name(of.split_once(" for ").map_or(of, |(_, of)| of)))
}

/// Returns the name of the method that begins with this text.
fn method(text: &str) -> Option<String> {
    let name = text.strip_prefix("async ").unwrap_or(text).strip_prefix("fn ")?;
    Some(name.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect())
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            None => collect(&path, found),
            Some(end) if end == "rs" => found.push(path),
            Some(_) => {}
        }
    }
}

/// A path in the project.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
