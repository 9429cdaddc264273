//! Commands that no collection sends.
//!
//! A [`Request`] is a command or a [`Script`] on a [`Key`]. [`Executor::run`] sends it, on a store or
//! inside `pipeline` and `atomic`, and passes the server's reply to a reader: a function of [`reply`],
//! or one of yours. [`key_of`] returns the key of a collection, for commands on the same data.
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
//! [`Request::value`] encodes a value as the collection does. With `Bincode`, a `String` is its length
//! and its bytes, so `HSTRLEN` returns 11 here. [`Request::arg`] adds a word, a number or bytes without
//! a codec.
//!
//! You decide whether a request is sent again after a lost reply: [`Request::read`] and
//! [`Request::idempotent`] are, [`Request::once`] never is.

use crate::{collections::Collection, store::Executor};

pub use crate::command::{Key, Request, Script, reply};

/// Returns the key of `collection`. Sends nothing.
pub fn key_of<E: Executor>(collection: &impl Collection<E>) -> Key {
    collection.handle().key().clone()
}
