//! Commands that no collection sends.
//!
//! A [`Request`] is a command or a [`Script`] on a [`Key`]; a function of [`reply`], or your own,
//! reads the answer. [`Executor::run`] sends it, on a store as well as in
//! `pipeline` and `atomic`. [`key_of`] gives the key of a collection, so that both can work on the same
//! data.
//!
//! ```
//! use redis_collections::{
//!     Bincode, Dict, Executor, Store,
//!     raw::{Request, Script, key_of, reply},
//! };
//!
//! /// Copies the entry at ARGV[1] to ARGV[2], and returns 1 if that is new.
//! static DUPLICATE: Script = Script::once(
//!     "HSET",
//!     "return redis.call('HSET', KEYS[1], ARGV[2], redis.call('HGET', KEYS[1], ARGV[1]))",
//! );
//!
//! # let store = Store::temporary()?;
//! let texts: Dict<String, String> = Dict::open(&store, "texts");
//! texts.set("motto", "carpe diem")?; //                       HSET texts "motto" "carpe diem"
//!
//! let key = key_of(&texts);
//! let length = Request::read("HSTRLEN", &key).value::<Bincode, String>("motto");
//! assert_eq!(store.run(length, reply::int)?, 11); //          HSTRLEN texts "motto"
//!
//! let (added, len) = store.atomic(|tx| {
//!     let duplicate = Request::script(&DUPLICATE, [&key]);
//!     let duplicate = duplicate.value::<Bincode, String>("motto").value::<Bincode, String>("copy");
//!     (tx.run(duplicate, reply::int), texts.on(tx).len())
//! })?; //                                                     MULTI, EVAL, HLEN texts, EXEC
//! assert_eq!((added, len), (1, 2));
//! # Ok::<_, redis_collections::Error>(())
//! ```
//!
//! [`Request::value`] encodes a value as the collection does, `Bincode` unless you chose another codec:
//! a `String` is its length and its bytes. [`Request::arg`] adds a word, a number or bytes as they are.
//!
//! What a request may do after a lost connection is yours to say: [`Request::read`] and
//! [`Request::idempotent`] are sent again, [`Request::once`] never is.

use crate::{collections::Collection, store::Executor};

pub use crate::command::{Key, Request, Script, reply};

/// Returns the key of `collection`.
pub fn key_of<E: Executor>(collection: &impl Collection<E>) -> Key {
    collection.handle().key().clone()
}
