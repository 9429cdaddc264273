//! [`Key`]: how names and ids become Redis keys.

use std::{
    fmt,
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// An id keeps `[A-Za-z0-9-_.@]`; all other characters are percent-encoded.
const ID: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'@');

/// The characters that are percent-encoded in a name: braces, which mark a hash slot, and `%` itself.
const NAME: &AsciiSet = &CONTROLS.add(b'{').add(b'}').add(b'%');

/// The longest name or id, in bytes.
const MAX_LEN: usize = 4096;

/// A Redis key, made from a name or an id. Different names give different keys.
///
/// Making a key cannot fail. If its name is empty or longer than 4096 bytes, each request on the key fails
/// with [`Error::InvalidName`].
///
/// For the key of a collection that is open, use [`key_of`](crate::raw::key_of).
///
/// ```
/// use redis_collections::raw::Key;
///
/// assert_eq!(Key::of_name(None, "ages").as_str(), "ages");
/// assert_eq!(Key::of_name(Some("game"), "ages").as_str(), "game:ages");
///
/// let ada = Key::of_instance("game:player", "ada");
/// assert_eq!(ada.as_str(), "{game:player:ada}");
/// assert_eq!(ada.field("inventory").as_str(), "{game:player:ada}:inventory");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    text: Arc<str>,
    fault: Option<Fault>,
}

/// Why a name is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fault {
    Empty,
    TooLong(usize),
}

impl Key {
    /// Returns the key of the collection called `name`: `namespace:name`, or `name` without a namespace.
    ///
    /// Pass the store's namespace, if it has one: a key does not know its store.
    ///
    /// A name can begin with one `{tag}`, which chooses its hash slot in a cluster. Other braces and
    /// `%` are percent-encoded.
    pub fn of_name(namespace: Option<&str>, name: &str) -> Self {
        let (tag, rest) = split_tag(name);
        let rest = utf8_percent_encode(rest, NAME);
        let text = match namespace {
            Some(namespace) => format!("{tag}{}:{rest}", utf8_percent_encode(namespace, NAME)),
            None => format!("{tag}{rest}"),
        };
        Key { text: text.into(), fault: fault(name) }
    }

    /// Returns the key of a struct's own hash, `{namespace:id}`, which holds its scalars.
    ///
    /// Characters of the id other than `[A-Za-z0-9-_.@]` are percent-encoded.
    pub fn of_instance(namespace: &str, id: &str) -> Self {
        let text = format!("{{{namespace}:{}}}", utf8_percent_encode(id, ID));
        Key { text: text.into(), fault: fault(id) }
    }

    /// The prefix of the keys that all instances in `namespace` share: `{namespace}`.
    pub(crate) fn of_tag(namespace: &str) -> Self {
        Key { text: format!("{{{namespace}}}").into(), fault: None }
    }

    /// Returns the key of a struct's field that is a collection, `key:field`, in the same hash slot.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        Key { text: format!("{}:{name}", self.text).into(), fault: self.fault }
    }

    /// Whether the whole key is a `{tag}`: the hash of a struct that is not nested in another.
    pub(crate) fn is_tag(&self) -> bool {
        self.text.starts_with('{') && self.text.ends_with('}')
    }

    /// A new key in the same slot, for data that is not complete yet: `{key}~tmp:…`.
    pub(crate) fn temporary(&self) -> Self {
        let random = RandomState::new().build_hasher().finish();
        // A key that begins with a brace has a tag already. A second one would change the slot.
        let text = if self.text.starts_with('{') {
            format!("{}~tmp:{random:x}", self.text)
        } else {
            format!("{{{}}}~tmp:{random:x}", self.text)
        };
        Key { text: text.into(), fault: self.fault }
    }

    /// The key that holds the identifiers of recent operations in this slot: `{slot}~op`.
    pub(crate) fn operations(&self) -> Self {
        let end = self.text.strip_prefix('{').and_then(|inside| inside.find('}'));
        let text = match end {
            Some(end) => format!("{}~op", &self.text[..end + 2]),
            None => format!("{{{}}}~op", self.text),
        };
        Key { text: text.into(), fault: self.fault }
    }

    /// Returns the key as Redis sees it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The error of every request on this key, if its name is invalid.
    pub(crate) fn error(&self) -> Option<Error> {
        let (expected, found) = match self.fault? {
            Fault::Empty => ("a name or an id of at least one byte", "an empty one".into()),
            Fault::TooLong(len) => {
                ("a name or an id of at most 4096 bytes", format!("one of {len} bytes"))
            }
        };
        Some(Error::InvalidName { expected, found })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

fn fault(name: &str) -> Option<Fault> {
    match name.len() {
        0 => Some(Fault::Empty),
        len if len > MAX_LEN => Some(Fault::TooLong(len)),
        _ => None,
    }
}

/// The `{tag}` at the beginning of `name`, or nothing, and the rest.
fn split_tag(name: &str) -> (&str, &str) {
    let end = name.strip_prefix('{').and_then(|inside| inside.find(['{', '}']));
    match end {
        Some(end) if end > 0 && name.as_bytes()[end + 1] == b'}' => name.split_at(end + 2),
        _ => ("", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_and_its_fields_share_one_tag() {
        let ada = Key::of_instance("game:player", "ada");

        assert_eq!(ada.as_str(), "{game:player:ada}");
        assert_eq!(ada.field("inventory").as_str(), "{game:player:ada}:inventory");
    }

    #[test]
    fn an_id_cannot_leave_its_braces() {
        let key = Key::of_instance("player", "a}:b%{ ü");

        assert_eq!(key.as_str(), "{player:a%7D%3Ab%25%7B%20%C3%BC}");
    }

    #[test]
    fn a_name_may_begin_with_one_tag() {
        let keys = ["{fr}users", "a{b}", "{}x", "{a{b}c", "50%"]
            .map(|name| Key::of_name(None, name).to_string());

        assert_eq!(keys, ["{fr}users", "a%7Bb%7D", "%7B%7Dx", "%7Ba%7Bb%7Dc", "50%25"]);
    }

    #[test]
    fn a_namespace_precedes_the_name() {
        assert_eq!(Key::of_name(Some("game"), "ages").as_str(), "game:ages");
        assert_eq!(Key::of_name(Some("game"), "{fr}ages").as_str(), "{fr}game:ages");
    }

    #[test]
    fn a_temporary_key_is_new_and_stays_in_the_slot() {
        let [ages, tagged] = ["ages", "{fr}ages"].map(|name| Key::of_name(None, name));

        assert!(ages.temporary().as_str().starts_with("{ages}~tmp:"));
        assert!(tagged.temporary().as_str().starts_with("{fr}ages~tmp:"));
        assert_ne!(ages.temporary(), ages.temporary());
    }

    #[test]
    fn the_operations_of_a_slot_have_one_key() {
        let ada = Key::of_instance("player", "ada");
        let keys = [ada.clone(), ada.field("home").field("kills"), Key::of_name(None, "ages")];

        let operations = keys.map(|key| key.operations().to_string());

        assert_eq!(operations, ["{player:ada}~op", "{player:ada}~op", "{ages}~op"]);
    }

    #[test]
    fn an_empty_or_too_long_name_is_a_fault() {
        assert!(Key::of_name(None, "").error().is_some());
        assert!(Key::of_instance("player", &"x".repeat(5000)).error().is_some());
        assert!(Key::of_name(None, "ages").error().is_none());
    }
}
