//! [`Schema`]: how a struct's fields are stored, so that two definitions are never mixed.

use crate::{command::Key, error::Error};

/// How a struct's fields are stored.
///
/// The first use of a struct in a process compares it with the fields that `{namespace}:~schema` lists,
/// and adds the fields that are missing there.
#[derive(Debug)]
pub struct Schema {
    /// The struct's namespace.
    pub namespace: &'static str,
    /// Its fields, by their stored names.
    pub fields: &'static [FieldSchema],
    /// A hash of the namespace and the fields.
    pub fingerprint: u64,
}

/// How one field is stored.
#[derive(Debug)]
pub struct FieldSchema {
    /// The stored name.
    pub name: &'static str,
    /// The kind of collection, such as `Dict`.
    pub kind: &'static str,
    /// The codec of its values.
    pub codec: &'static str,
    /// The version that the struct gives its definition.
    pub version: u32,
}

impl Schema {
    /// Describes the struct at `namespace`.
    pub const fn new(namespace: &'static str, fields: &'static [FieldSchema]) -> Self {
        let mut hash = fnv(FNV_OFFSET, namespace.as_bytes());
        let mut at = 0;
        while at < fields.len() {
            let field = &fields[at];
            hash = fnv(hash, field.name.as_bytes());
            hash = fnv(hash, field.kind.as_bytes());
            hash = fnv(hash, field.codec.as_bytes());
            hash = fnv(hash, &field.version.to_le_bytes());
            at += 1;
        }
        Schema { namespace, fields, fingerprint: hash }
    }

    /// The key that holds it: `{namespace}:~schema`.
    pub(crate) fn key(&self) -> Key {
        Key::of_tag(self.namespace).field("~schema")
    }

    /// The error for a field that was stored as `found`.
    pub(crate) fn mismatch(&self, field: &str, found: &str) -> Error {
        let defined = self.fields.iter().find(|known| known.name == field);
        let expected = defined.map(FieldSchema::text);
        Error::SchemaMismatch {
            namespace: self.namespace.into(),
            field: field.into(),
            expected: expected.map_or("absent".into(), |text| in_words(&text)),
            found: in_words(found),
        }
    }
}

/// A stored description in words: ``a `Dict` of `bincode` values``, and its version if it has one.
fn in_words(text: &str) -> String {
    let mut parts = text.split(' ');
    let (Some(kind), Some(codec), Some(version)) = (parts.next(), parts.next(), parts.next())
    else {
        return format!("`{text}`");
    };
    let version = if version == "0" { String::new() } else { format!(", version {version}") };
    format!("a `{kind}` of `{codec}` values{version}")
}

impl FieldSchema {
    /// The field's stored description, such as `Dict bincode 0`.
    pub(crate) fn text(&self) -> String {
        format!("{} {} {}", self.kind, self.codec, self.version)
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a (Fowler, Noll, Vo). It adds a byte that no name contains, so that `ab`, `c` and `a`, `bc`
/// differ.
const fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at <= bytes.len() {
        let byte = if at < bytes.len() { bytes[at] } else { 0xff };
        hash = (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}
