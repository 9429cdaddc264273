//! The derive of [`redis-collections`](https://docs.rs/redis-collections), which exports it.

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

/// Gives a struct a live twin, whose fields are collections in Redis.
///
/// The struct stays as it is: a plain value that `load` gives and `save` takes. Its twin,
/// `LivePlayer` for `Player`, has the same fields under the same names and with the same
/// visibility, but each of them is a collection that Redis holds.
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
/// | attribute | what it says |
/// |---|---|
/// | `#[redis(namespace = "game:player")]` | What the keys begin with; the struct's name in snake case if it is not given. Braces and white space are refused. |
/// | `#[redis(live = "PlayerInRedis")]` | The name of the twin; `Live` and the struct's name if it is not given. |
/// | `#[redis(version = 2)]` | The version of the definition; 0 if it is not given. Another version counts as another definition, even if the fields are the same. |
/// | `#[redis(codec = Bincode)]` | The codec of all fields that name none of their own; `Bincode` if it is not given. |
/// | `#[redis(removed("old", "older"))]` | Fields that were there once, by their stored names, so that `delete` removes their keys too. |
/// | `#[redis(crate = my::redis_collections)]` | Where the library is, for a crate that exports it under another name. |
///
/// # On a field
///
/// | attribute | what it says |
/// |---|---|
/// | `#[sync]` or `#[redis(sync)]` | The field is kept in memory, and `sync` writes what has changed. |
/// | `#[lru(maxsize = 1_000)]` or `#[redis(lru(maxsize = 1_000))]` | The entries used last are kept in memory, the others only in Redis. |
/// | `#[redis(rename = "coins")]` | The stored name; the field's own if it is not given. `:`, `~` and braces are refused. |
/// | `#[redis(skip)]` | Redis does not hold the field, and `load` fills it with its `Default`. |
/// | `#[redis(value)]` | The field is kept as one value, whatever type of serde's it is. |
/// | `#[redis(nested)]` | The field is a struct that derives `RedisStruct`, and becomes its live twin. |
/// | `#[redis(default)]`, `#[redis(default = 7)]` | What stands for a missing scalar, or for a missing entry of a map: its `Default`, or the expression. |
/// | `#[redis(maxlen = 50)]` | How many elements a deque holds at the most. |
/// | `#[redis(codec = Bincode)]` | The codec of the field. |
///
/// Stored names are the fields' identity: to rename a field in Rust, keep its old name with
/// `rename`; the order of fields does not matter.
///
/// # What a field becomes
///
/// The trait [`Field`](https://docs.rs/redis-collections/latest/redis_collections/field/trait.Field.html)
/// decides it, for the field's type and never for its spelling, so that aliases and parameters
/// work. All mistakes in a struct are told at once, each where it is, with what to write instead.
///
/// A struct may have type parameters and constant ones, but no lifetimes. What a parameter's
/// types need is worked out: `struct Inbox<T> { messages: Vec<T> }` lives in Redis for each `T`
/// that can be stored in a list.
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
