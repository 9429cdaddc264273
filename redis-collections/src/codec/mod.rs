//! How values become bytes, and how to write a codec.
//!
//! A codec is a type that is never created. It implements [`Encode`] and [`Codec`] for each type of
//! value that it can store, and [`KeyCodec`] for those that can also be keys or members. Choose it
//! with `with_codec` on a store, or with `#[redis(codec = …)]` on a struct or a field; otherwise it
//! is [`Bincode`].
//!
//! ```
//! use redis_collections::{Codec, Encode, Error, KeyCodec, Result, Set, Store};
//!
//! /// Stores text as it is, so that other programs can read it.
//! enum Text {}
//!
//! impl Encode<str> for Text {
//!     const NAME: &'static str = "text";
//!
//!     fn encode(value: &str, bytes: &mut Vec<u8>) -> Result<()> {
//!         bytes.extend_from_slice(value.as_bytes());
//!         Ok(())
//!     }
//! }
//!
//! impl Encode<String> for Text {
//!     const NAME: &'static str = "text";
//!
//!     fn encode(value: &String, bytes: &mut Vec<u8>) -> Result<()> {
//!         <Self as Encode<str>>::encode(value, bytes)
//!     }
//! }
//!
//! impl Codec<String> for Text {
//!     fn decode(bytes: &[u8]) -> Result<String> {
//!         let invalid = "expected text, found bytes that are not UTF-8";
//!         String::from_utf8(bytes.to_vec()).map_err(|_| Error::decode("text", bytes.len(), invalid))
//!     }
//! }
//!
//! impl KeyCodec<String> for Text {} // equal strings have equal bytes
//!
//! let store = Store::temporary()?.with_codec::<Text>();
//! let names: Set<String, Store<Text>> = Set::open(&store, "names");
//! names.insert("ada")?; //                                    SADD names ada
//! assert!(names.contains("ada")?); //                         SISMEMBER names ada
//! # Ok::<_, Error>(())
//! ```
//!
//! `Encode<str>` lets calls take `"ada"` for a `String`; see [`Lookup`].
//!
//! Two rules hold for every codec:
//!
//! - Stored bytes can come from another program. `decode` returns an error for bytes that it cannot
//!   read. It does not panic, and does not trust a stored length.
//! - An error's reason contains no part of the value, since error messages end up in logs.

mod guard;

mod bincode;
pub use bincode::Bincode;

mod checks;
pub(crate) use checks::{decode_key, encode_checked, encode_to_vec, encode_unchecked};

use crate::error::{Error, Outcome, Result};

/// The longest value that can be stored, in bytes: 64 MiB.
///
/// Writing a longer value fails with [`Error::Encode`], for every codec. [`Bincode`] refuses to
/// read one.
pub const MAX_VALUE_LEN: usize = 64 * 1024 * 1024;

/// Encodes a `T` as bytes.
///
/// `T` can be unsized: with `Encode<str>`, `get("ada")` finds the same entry as
/// `get(&String::from("ada"))`.
pub trait Encode<T: ?Sized>: 'static {
    /// The codec's name in error messages and in the stored schema of a struct.
    ///
    /// It is the same for every `T`.
    const NAME: &'static str;

    /// Appends the bytes of `value` to `bytes`.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if this codec cannot store the value; make one with [`Error::encode`].
    fn encode(value: &T, bytes: &mut Vec<u8>) -> Result<()>;
}

/// Encodes a `T` as bytes, and decodes it again.
///
/// The trait is generic over `T`, so that a codec implements it only for the types that it can store,
/// and the compiler refuses all others.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot store `{T}`",
    label = "not storable",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{T}`"
)]
pub trait Codec<T>: Encode<T> {
    /// Decodes a value from all of `bytes`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if [`encode`](Encode::encode) returns these bytes for no `T`; make one
    /// with [`Error::decode`].
    fn decode(bytes: &[u8]) -> Result<T>;

    /// Checks that [`decode`](Codec::decode) can read `bytes`, which [`encode`](Encode::encode) has
    /// just written. Each write calls it before anything is sent.
    ///
    /// The default decodes `bytes`. Override it if decoding cannot fail, or if there is a cheaper
    /// check.
    ///
    /// # Errors
    ///
    /// The error of [`decode`](Codec::decode).
    fn verify(bytes: &[u8]) -> Result<()> {
        Self::decode(bytes).map(drop)
    }
}

/// A codec that gives equal values equal bytes, and different values different bytes.
///
/// Redis compares bytes. So the keys of a [`Dict`](crate::Dict) and the members of a
/// [`Set`](crate::Set) need such a codec. [`Bincode`] is one for every type that is `Eq + Hash`:
/// floats and hash maps are not, so they cannot be keys.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be a key or a member under `{Self}`",
    label = "not usable as a key",
    note = "a key is `Eq + Hash + Serialize + DeserializeOwned`; floats and hash maps are not"
)]
pub trait KeyCodec<T>: Codec<T> {}

/// A type that calls accept in place of a `T`, because the codec `C` gives it the same bytes.
///
/// It is implemented for `T` itself, for `str` in place of `String`, and for `[T]` in place of
/// `Vec<T>`.
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

/// For writers of codecs.
impl Error {
    /// Returns the [`Error::Encode`] of a value that `codec` cannot store, for `reason`. The call that
    /// wrote the value adds the key.
    pub fn encode(codec: &'static str, reason: impl Into<String>) -> Self {
        Error::Encode { key: String::new(), codec, reason: reason.into() }
    }

    /// Returns the [`Error::Decode`] of `len` bytes that `codec` cannot read, for `reason`. The call
    /// that read them adds the key.
    pub fn decode(codec: &'static str, len: usize, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Error::Decode { key: String::new(), codec, len, reason, outcome: Outcome::Applied }
    }
}
