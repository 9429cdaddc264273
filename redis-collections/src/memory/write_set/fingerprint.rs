//! [`Fingerprint`]: what stands for a value that Redis holds.

use sha1::{Digest, Sha1};

/// The longest value that stands for itself, and how much of the hash stands for a longer one.
const LEN: usize = 15;

/// What is in the place of the length for a hash.
const HASH: u64 = 0xff;

/// What stands for a value that Redis holds: its bytes, or the first 15 of their SHA-1 if they are
/// more than 15.
///
/// Lua can compute it too, which is why it is not a faster hash. Most numbers need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The first 8 bytes, and the other 7 with the length above them.
    words: [u64; 2],
}

impl Fingerprint {
    /// The fingerprint of `value`.
    #[inline]
    pub fn of(value: &[u8]) -> Self {
        if value.len() <= LEN {
            Self::packed(value, value.len() as u64)
        } else {
            Self::packed(&Sha1::digest(value)[..LEN], HASH)
        }
    }

    /// Up to 15 bytes, and their length. They are put together in registers: bytes that are copied
    /// one by one and then compared as a whole are waited for.
    #[inline]
    fn packed(bytes: &[u8], len: u64) -> Self {
        let word = |bytes: &[u8]| match bytes.try_into() {
            Ok(whole) => u64::from_le_bytes(whole),
            Err(_) => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        let (low, high) = bytes.split_at(bytes.len().min(8));
        Fingerprint { words: [word(low), word(high) | len << 56] }
    }

    /// One fingerprint for all of a list, as the script computes it.
    pub fn of_all(all: &[Fingerprint]) -> Self {
        let told: Vec<u8> = all.iter().flat_map(|one| one.to_word()).collect();
        Self::of(&told)
    }

    /// The fingerprint as Lua writes it: the length and the bytes, or hexadecimal digits, none of
    /// which is a length.
    pub fn to_word(self) -> Vec<u8> {
        let bytes = self.words.map(u64::to_le_bytes).concat();
        let len = bytes[LEN];
        match bytes[..LEN].get(..usize::from(len)) {
            Some(value) => [&[len], value].concat(),
            None => {
                bytes[..LEN].iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_value_stands_for_itself_and_a_long_one_has_a_hash() {
        let [none, short, long] =
            [&b""[..], b"fifteen letters", b"sixteen letters!"].map(Fingerprint::of);

        assert_eq!(none.to_word(), b"\0");
        assert_eq!(short.to_word(), b"\x0ffifteen letters");
        assert_eq!(long.to_word().len(), 30);
        assert_ne!(Fingerprint::of(b"a"), Fingerprint::of(b"a\0"));
    }
}
