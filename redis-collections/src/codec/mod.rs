//! How values become bytes, and bytes values.

mod guard;

mod bincode;
pub use bincode::Bincode;

mod checks;
pub(crate) use checks::{decode_key, encode_checked, encoded, with_bytes};

use crate::error::{Error, Outcome, Result};

/// The longest value that is written or read, in bytes: 64 MiB.
pub const MAX_VALUE_LEN: usize = 64 * 1024 * 1024;

/// One direction of a codec: writes a `T` as bytes.
///
/// `T` need not be sized, so that `get("ada")` finds what `get(&String::from("ada"))` finds.
pub trait Encode<T: ?Sized>: 'static {
    /// The codec's name in error messages and in the schema of a struct.
    const NAME: &'static str;

    /// Appends `value` to `bytes`.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if this codec cannot store the value.
    fn encode(value: &T, bytes: &mut Vec<u8>) -> Result<()>;
}

/// A way to write values as bytes and to read them back.
///
/// It is generic over `T`, so that a codec can refuse at compile time what it cannot store.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot store `{T}`",
    label = "not storable",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{T}`"
)]
pub trait Codec<T>: Encode<T> {
    /// Reads a value back from `bytes`, all of them.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if they are not what [`encode`](Encode::encode) writes for a `T`.
    fn decode(bytes: &[u8]) -> Result<T>;

    /// Checks that `bytes`, which [`encode`](Encode::encode) has just written, can be read back.
    ///
    /// Reads them, unless a codec is certain without.
    ///
    /// # Errors
    ///
    /// What [`decode`](Codec::decode) gives for them.
    fn prove(bytes: &[u8]) -> Result<()> {
        Self::decode(bytes).map(drop)
    }
}

/// A codec whose bytes can stand for the value itself: equal values have equal bytes.
///
/// Keys of a [`Dict`](crate::Dict) and members of a [`Set`](crate::Set) need it, since Redis
/// compares bytes. Floats and hash maps are refused: they have no such form.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be a key or a member under `{Self}`",
    label = "not usable as a key",
    note = "a key is `Eq + Hash + Serialize + DeserializeOwned`; floats and hash maps are not"
)]
pub trait KeyCodec<T>: Codec<T> {}

/// What can be passed for a `T`: a type whose bytes under `C` are the same.
///
/// That is `T` itself, `str` for `String` and `[T]` for `Vec<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for `{T}` under `{C}`",
    note = "pass a reference to `{T}`; `str` stands for `String`, `[T]` for `Vec<T>`"
)]
pub trait Lookup<T: ?Sized, C>: sealed::Sealed<T> {
    #[doc(hidden)]
    fn encode_into(&self, bytes: &mut Vec<u8>) -> Result<()>;
}

impl<T, C: Encode<T>> Lookup<T, C> for T {
    fn encode_into(&self, bytes: &mut Vec<u8>) -> Result<()> {
        C::encode(self, bytes)
    }
}

impl<C: Encode<str>> Lookup<String, C> for str {
    fn encode_into(&self, bytes: &mut Vec<u8>) -> Result<()> {
        C::encode(self, bytes)
    }
}

impl<T, C: Encode<[T]>> Lookup<Vec<T>, C> for [T] {
    fn encode_into(&self, bytes: &mut Vec<u8>) -> Result<()> {
        C::encode(self, bytes)
    }
}

mod sealed {
    pub trait Sealed<T: ?Sized> {}
    impl<T> Sealed<T> for T {}
    impl Sealed<String> for str {}
    impl<T> Sealed<Vec<T>> for [T] {}
}

impl Error {
    /// `reason` keeps a value from being stored; the key is filled in by the executor.
    pub(crate) fn encode(codec: &'static str, reason: impl Into<String>) -> Self {
        Error::Encode { key: String::new(), codec, reason: reason.into() }
    }

    /// `reason` keeps `len` bytes from being read; the key is filled in by the executor.
    pub(crate) fn decode(codec: &'static str, len: usize, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Error::Decode { key: String::new(), codec, len, reason, outcome: Outcome::Applied }
    }
}
