//! What somebody has to write who uses redis-rs alone: the values and their bytes.

use std::time::{Duration, SystemTime};

use bincode::config::standard;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A value of some size, as a game has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Item {
    name: String,
    level: u32,
    price: u64,
    charms: Vec<String>,
}

impl Item {
    /// A sword, which takes 31 bytes.
    pub(crate) fn sword() -> Self {
        let charms = ["sharp", "light"].map(String::from).to_vec();
        Item { name: "Sword of Dawn".into(), level: 7, price: 1_250, charms }
    }
}

/// A hundred different names.
pub(crate) fn hundred() -> Vec<String> {
    names(100)
}

/// Different names, as many as `count`.
pub(crate) fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("item-{number:02}")).collect()
}

/// A time that is a minute off, and its milliseconds since 1970.
pub(crate) fn soon() -> (SystemTime, u64) {
    let soon = SystemTime::now() + Duration::from_secs(60);
    let since = soon.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    (soon, u64::try_from(since.as_millis()).unwrap())
}

/// The bytes of a value.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    bincode::serde::encode_to_vec(value, standard()).unwrap()
}

/// The value of some bytes.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> T {
    bincode::serde::decode_from_slice(bytes, standard()).unwrap().0
}

/// The value of some bytes, if there are any.
pub(crate) fn decode_optional<T: DeserializeOwned>(bytes: Option<Vec<u8>>) -> Option<T> {
    bytes.map(|bytes| decode(&bytes))
}

/// The values of many bytes.
pub(crate) fn decode_all<T: DeserializeOwned>(items: &[Vec<u8>]) -> Vec<T> {
    items.iter().map(|bytes| decode(bytes)).collect()
}

/// The bytes of [`names`].
pub(crate) fn encoded_names(count: usize) -> Vec<Vec<u8>> {
    names(count).iter().map(encode).collect()
}

/// The entries of some bytes.
pub(crate) fn decode_pairs<K: DeserializeOwned, V>(
    pairs: Vec<(Vec<u8>, V)>,
) -> impl Iterator<Item = (K, V)> {
    pairs.into_iter().map(|(key, value)| (decode(&key), value))
}
