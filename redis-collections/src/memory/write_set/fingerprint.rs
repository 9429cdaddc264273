//! [`Fingerprint`]: a short form of a stored value, to compare.

use sha1::{Digest, Sha1};

/// The longest value that is its own fingerprint, and the length of a longer one's hash, in bytes.
const LEN: usize = 15;

/// This replaces the length if the fingerprint is a hash.
const HASH: u64 = 0xff;

/// A short form of a stored value: its bytes, or, if it has more than 15, the first 15 bytes of its
/// SHA-1.
///
/// Not a faster hash, because Lua must compute it too. Most numbers are short, and need no hash.
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

    /// Packs up to 15 bytes and their length. Works in registers: a comparison of bytes that were
    /// just copied one by one would wait for them.
    #[inline]
    fn packed(bytes: &[u8], len: u64) -> Self {
        let word = |bytes: &[u8]| match bytes.try_into() {
            Ok(whole) => u64::from_le_bytes(whole),
            Err(_) => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        let (low, high) = bytes.split_at(bytes.len().min(8));
        Fingerprint { words: [word(low), word(high) | len << 56] }
    }

    /// One fingerprint of a whole list, as the script computes it.
    pub fn of_all(all: &[Fingerprint]) -> Self {
        let told: Vec<u8> = all.iter().flat_map(|one| one.to_word()).collect();
        Self::of(&told)
    }

    /// The fingerprint as Lua writes it: the length and the bytes, or hexadecimal digits. No digit
    /// is a valid length.
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
