//! [`Fingerprint`]: what stands for a value that Redis holds.

use std::fmt;

use sha1_smol::Sha1;

/// What stands for a value that Redis holds: SHA-1 of its bytes, cut to 16 bytes.
///
/// Lua can compute it too, which is why it is not a faster hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut cut = [0; 16];
        cut.copy_from_slice(&Sha1::from(bytes).digest().bytes()[..16]);
        Fingerprint(cut)
    }

    /// One fingerprint for `all`, as the script computes it.
    pub fn of_all<'f>(all: impl IntoIterator<Item = &'f Fingerprint>) -> Self {
        use fmt::Write;

        let mut digits = String::new();
        all.into_iter().for_each(|one| {
            let _ = write!(digits, "{one}");
        });
        Self::of(digits.as_bytes())
    }
}

/// As Lua writes it: hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
