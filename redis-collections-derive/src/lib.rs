//! The derive macro of [`redis-collections`](https://docs.rs/redis-collections), which re-exports it.

mod report;

mod attr;

mod ast;

mod valid;

mod expand;

mod fallback;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use self::{ast::Struct, report::Report};

/// Generates a live twin for a struct: a second struct, whose fields are collections in Redis.
///
/// The struct itself does not change. It is the plain value that `load` returns and `save` writes.
/// The twin of `Player` is `LivePlayer`. It has the same fields with the same names and the same
/// visibility, but each field is a collection in Redis.
///
/// ```
/// use std::collections::{HashMap, VecDeque};
///
/// use redis_collections::RedisStruct;
/// # use redis_collections::Store;
/// # let store = Store::temporary()?;
///
/// #[derive(RedisStruct, Debug, Default, PartialEq)]
/// #[redis(namespace = "game:player")]
/// struct Player {
///     gold: i64,
///     inventory: HashMap<String, u32>,
///     #[redis(maxlen = 50)]
///     inbox: VecDeque<String>,
///     #[sync]
///     settings: HashMap<String, String>,
/// }
///
/// let mut ada = Player::open(&store, "ada")?; //          HGETALL {game:player:ada}:settings
/// ada.gold.add(5)?; //                                    HINCRBY {game:player:ada} gold 5
/// ada.inventory.set("sword", &1)?; //                     HSET {game:player:ada}:inventory "sword" 1
/// ada.settings.insert("lang".into(), "en".into()); //     in memory
/// ada.sync()?; //                                         HSET {game:player:ada}:settings "lang" "en"
///
/// let plain = Player::load(&store, "ada")?.unwrap(); //   all fields in one transaction
/// assert_eq!((plain.gold, plain.inventory["sword"]), (5, 1));
/// # Ok::<_, redis_collections::Error>(())
/// ```
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `#[redis(namespace = "game:player")]` | The first part of each key. Default: the struct's name in snake case. It cannot contain braces or white space. |
/// | `#[redis(live = "PlayerInRedis")]` | The name of the twin. Default: `Live` followed by the struct's name. |
/// | `#[redis(version = 2)]` | The version of the definition. Default: 0. Two versions are two definitions, even if their fields are the same. |
/// | `#[redis(codec = Bincode)]` | The codec of each field that does not name one. Default: `Bincode`. |
/// | `#[redis(removed("old", "older"))]` | The stored names of fields that the struct used to have. `delete` removes their keys too. |
/// | `#[redis(crate = my::redis_collections)]` | The path to this library, for a crate that re-exports it under another name. |
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | `#[sync]` or `#[redis(sync)]` | Keeps the whole field in memory. The `sync` method writes its changes. |
/// | `#[lru(maxsize = 1_000)]` or `#[redis(lru(maxsize = 1_000))]` | Keeps the most recently used entries in memory, here at most 1,000. The others are only in Redis. |
/// | `#[redis(rename = "coins")]` | The stored name. Default: the field's name. It cannot contain `:`, `~` or braces. |
/// | `#[redis(skip)]` | Keeps the field out of Redis. `load` fills it with its `Default`. |
/// | `#[redis(value)]` | Stores the field as one value, of any type that serde supports. |
/// | `#[redis(nested)]` | The field's type also derives `RedisStruct`. In the twin, the field is that type's live twin. |
/// | `#[redis(default)]`, `#[redis(default = 7)]` | The value of a missing scalar, or of a missing entry of a map: the type's `Default`, or the expression. |
/// | `#[redis(maxlen = 50)]` | The maximum length of a deque. |
/// | `#[redis(codec = Bincode)]` | The codec of the field. |
///
/// The stored name identifies a field. To rename a field in Rust, keep its old name with `rename`.
/// The order of the fields does not matter.
///
/// # What a field becomes
///
/// The field's type decides, not its spelling, so aliases and type parameters work. The README
/// lists [what each type becomes](https://github.com/redis-collections/redis-collections#what-a-field-becomes).
///
/// The derive reports all mistakes in a struct at once. Each error points at the mistake and says
/// what to write instead.
///
/// A struct can have type parameters and const parameters, but no lifetimes. The derive works out
/// the bounds of the parameters: `struct Inbox<T> { messages: Vec<T> }` works for each `T` that a
/// list can store.
#[proc_macro_derive(RedisStruct, attributes(redis, sync, lru))]
pub fn redis_struct(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(input.into()).into()
}

fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut report = Report::default();
    let mut parsed = Struct::parse(&input, &mut report);
    valid::check(&mut parsed, &mut report);
    if report.len() == 0 {
        return expand::expand(&parsed);
    }
    let mut tokens = report.into_tokens();
    tokens.extend(fallback::fallback(&parsed));
    tokens
}
