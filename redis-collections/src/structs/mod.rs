//! [`RedisStruct`]: what the derive implements, and all that follows from it.
//!
//! Generated code describes: which fields there are, by which names, of which kinds. What is done
//! with them stands here, once for all structs.

mod live;
pub use live::{Instance, LiveStruct};

mod markers;
pub use markers::{Absent, AsValue, Nested, OrMissing, WithDefault};

use crate::{
    Error, Executor, Key, Local, Request, Result,
    field::Answers,
    reply,
    schema::Schema,
    writes::Writes,
};

/// A plain struct whose fields live in Redis. Derive it.
///
/// Its live twin (`LivePlayer` for `Player`) has the same fields as Redis-backed collections; the
/// plain struct itself is the snapshot that [`load`](RedisStruct::load) gives and
/// [`save`](RedisStruct::save) takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct in Redis",
    note = "write `#[derive(RedisStruct)]` above it"
)]
pub trait RedisStruct: Sized + Send + 'static {
    /// The live twin.
    type Live<E: Executor>: LiveStruct<E, Plain = Self>;

    /// What the keys of all instances begin with.
    const NAMESPACE: &'static str;

    /// The stored names of the fields, in the order of their definition.
    const FIELDS: &'static [&'static str];

    /// A number that differs if a field's name, kind, codec or version differs.
    const FINGERPRINT: u64 = Self::__SCHEMA.fingerprint;

    #[doc(hidden)]
    const __SCHEMA: &'static Schema;

    /// Names, beneath `base`, every key but `base` that an instance can have.
    #[doc(hidden)]
    fn __keys(base: &Key, keys: &mut Vec<Key>);

    #[doc(hidden)]
    fn __ask(base: &Key, asks: &mut Vec<Request>);

    #[doc(hidden)]
    fn __read(base: &Key, answers: &mut Answers) -> Result<Self>;

    #[doc(hidden)]
    fn __write(&self, base: &Key, writes: &mut Writes);

    #[doc(hidden)]
    fn __ask_live(base: &Key, asks: &mut Vec<Request>);

    #[doc(hidden)]
    fn __live<E: Executor>(instance: Instance<E>, answers: &mut Answers) -> Result<Self::Live<E>>;
}
