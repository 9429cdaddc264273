//! tmp
use super::*;
use serde::{Serialize, de::DeserializeOwned};
/// tmp
#[derive(Debug)]
pub enum Bincode {}
impl<T: Serialize + ?Sized> Encode<T> for Bincode {
    const NAME: &'static str = "bincode";
    fn encode(value: &T, bytes: &mut Vec<u8>) -> Result<()> {
        ::bincode::serde::encode_into_std_write(value, bytes, ::bincode::config::standard())
            .map(|_| ())
            .map_err(|e| Error::encode("bincode", e))
    }
}
impl<T: Serialize + DeserializeOwned> Codec<T> for Bincode {
    fn decode(bytes: &[u8]) -> Result<T> {
        ::bincode::serde::decode_from_slice(bytes, ::bincode::config::standard())
            .map(|(v, _)| v)
            .map_err(|e| Error::decode("bincode", bytes.len(), e))
    }
}
impl<T: Serialize + DeserializeOwned + Eq + std::hash::Hash> KeyCodec<T> for Bincode {}
