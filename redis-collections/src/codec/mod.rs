//! How values become bytes, and bytes values.

mod bincode;
pub use bincode::Bincode;

mod guard;
pub use guard::Guard;

mod checks;
pub(crate) use checks::{decode_key, encode_checked};

use crate::{Error, Result};

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

/// A borrowed form that has the same bytes as `T`: `str` for `String`, `[T]` for `Vec<T>`, and
/// each type for itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for `{T}`",
    note = "pass a reference to `{T}`, or `str` for `String`, or `[T]` for `Vec<T>`"
)]
pub trait Lookup<T: ?Sized>: sealed::Sealed<T> {}

impl<T> Lookup<T> for T {}
impl Lookup<String> for str {}
impl<T> Lookup<Vec<T>> for [T] {}

mod sealed {
    pub trait Sealed<T: ?Sized> {}
    impl<T> Sealed<T> for T {}
    impl Sealed<String> for str {}
    impl<T> Sealed<Vec<T>> for [T] {}
}

impl Error {
    /// `reason` keeps a value from being stored; the key is filled in by the executor.
    pub(crate) fn encode(codec: &'static str, reason: impl ToString) -> Self {
        Error::Encode { key: String::new(), codec, reason: reason.to_string() }
    }

    /// `reason` keeps `len` bytes from being read; the key is filled in by the executor.
    pub(crate) fn decode(codec: &'static str, len: usize, reason: impl ToString) -> Self {
        Error::Decode { key: String::new(), codec, len, reason: reason.to_string() }
    }
}
