//! [`Fingerprint`]: what stands for a value that Redis holds.

use sha1::{Digest, Sha1};

/// The longest value that stands for itself, and how much of the hash stands for a longer one.
const LEN: usize = 15;

/// What is in the place of the length for a hash.
const HASH: u8 = 0xff;

/// What stands for a value that Redis holds: its bytes, or the first 15 of their SHA-1 if they are
/// more than 15.
///
/// Lua can compute it too, which is why it is not a faster hash. Most numbers need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    len: u8,
    bytes: [u8; LEN],
}

impl Fingerprint {
    /// The fingerprint of `value`.
    pub fn of(value: &[u8]) -> Self {
        let mut bytes = [0; LEN];
        match u8::try_from(value.len()) {
            Ok(len) if value.len() <= LEN => {
                bytes[..value.len()].copy_from_slice(value);
                Fingerprint { len, bytes }
            }
            _ => {
                bytes.copy_from_slice(&Sha1::digest(value)[..LEN]);
                Fingerprint { len: HASH, bytes }
            }
        }
    }

    /// One fingerprint for all of a list, as the script computes it.
    pub fn of_all(all: &[Fingerprint]) -> Self {
        let told: Vec<u8> = all.iter().flat_map(|one| one.told()).collect();
        Self::of(&told)
    }

    /// The fingerprint as Lua writes it: the length and the bytes, or hexadecimal digits, none of
    /// which is a length.
    pub fn told(self) -> Vec<u8> {
        match self.bytes.get(..usize::from(self.len)) {
            Some(value) => [&[self.len], value].concat(),
            None => self.bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(),
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

        assert_eq!(none.told(), b"\0");
        assert_eq!(short.told(), b"\x0ffifteen letters");
        assert_eq!(long.told().len(), 30);
        assert_ne!(Fingerprint::of(b"a"), Fingerprint::of(b"a\0"));
    }
}
