//! [`RedisStruct`]: the trait that the derive implements.
//!
//! Generated code only describes the fields: their names, their types, their kinds. The code here acts on
//! these descriptions, once for all structs.

mod absent;
pub use absent::{Absent, OrMissing};

mod ids;
pub use ids::Ids;

mod live;
pub use live::{InstanceHandle, LiveStruct};

mod nested;
pub use nested::Nested;

mod scalars;

use redis::Value;

use crate::{
    command::{Key, Replies, Request, Schema, Script, reply},
    error::Result,
    memory::write_set::WriteSet,
    store::{Connected, Executor},
};

/// Deletes keys, and returns whether any of them existed.
static DELETE: Script = Script::once("UNLINK", include_str!("delete.lua"));

/// The field of a struct's own hash that `save` always writes, so that a struct without entries exists.
pub(crate) const PRESENCE_FIELD: &str = "~v";

/// A plain struct that can be stored in Redis. Derive it; do not implement it.
///
/// [`open`](RedisStruct::open) returns its live twin (`LivePlayer` for `Player`), which has the same fields
/// as Redis-backed collections. [`load`](RedisStruct::load) returns a plain struct, and
/// [`save`](RedisStruct::save) stores one. An instance exists if any of its keys does.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`](crate::Store), a future of one
/// on [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a [`Batch`](crate::Batch).
///
/// Each call is one round trip, except the cursor [`ids`](RedisStruct::ids). The first `open`, `load` or `save`
/// on a store needs one more, to compare the definition with the stored one.
///
/// # Errors
///
/// [`SchemaMismatch`](crate::Error::SchemaMismatch) from `open`, `load`, `load_many` and `save` if the stored
/// definition differs.
///
/// ```
/// # use redis_collections::{RedisStruct, Store};
/// # let store = Store::temporary()?;
/// #[derive(RedisStruct, Debug, PartialEq)]
/// #[redis(namespace = "town")]
/// struct Town {
///     people: u32,
///     streets: Vec<String>,
/// }
///
/// let town = Town { people: 7, streets: vec!["High Street".into()] };
/// town.save(&store, "ash")?; //                              one script
/// assert_eq!(Town::load(&store, "ash")?, Some(town)); //     MULTI, EXISTS, HGET, LRANGE, EXEC
///
/// let live = Town::open(&store, "ash")?; //                  sends nothing: no #[sync] fields
/// live.streets.push("Mill Lane")?; //                       RPUSH
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct in Redis",
    note = "write `#[derive(RedisStruct)]` above it"
)]
pub trait RedisStruct: Sized + Send + 'static {
    /// The live twin.
    type Live<E: Executor>: LiveStruct<E, Plain = Self>;

    /// The prefix of the keys of all instances.
    const NAMESPACE: &'static str;

    /// The stored names of the fields, in the order of the definition.
    const FIELDS: &'static [&'static str];

    /// A hash of the definition: of each field's name, kind, codec and version.
    const FINGERPRINT: u64 = Self::__SCHEMA.fingerprint;

    #[doc(hidden)]
    const __SCHEMA: &'static Schema;

    /// Opens the live twin of the instance `id`. The instance need not exist.
    ///
    /// One reading command for each `#[sync]` field, in one transaction, O(entries of these fields). Sends
    /// nothing if there are no such fields.
    fn open<E: Connected>(executor: &E, id: &str) -> E::Reply<'static, Self::Live<E>>
    where
        Self::Live<E>: Send + 'static,
    {
        let instance = InstanceHandle::new(executor, Self::NAMESPACE, id);
        let mut reads = Vec::new();
        Self::__add_opening_reads(instance.base(), &mut reads);
        if let Some(error) = instance.base().error() {
            return executor.ready(Err(error));
        }
        let request = Request::atomic(reads).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |reply| Self::__open(instance, &mut Replies::new(reply)?))
    }

    /// Returns the whole instance `id`, or `None` if it does not exist.
    ///
    /// `#[lru]` fields stay empty.
    ///
    /// `EXISTS`, and one reading command for each field, in one transaction, O(n).
    ///
    /// # Errors
    ///
    /// [`Missing`](crate::Error::Missing) if a field has no value, and its type has no default.
    fn load<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, Option<Self>> {
        let base = Key::of_instance(Self::NAMESPACE, id);
        let request = Request::atomic(reads::<Self>(&base)).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |reply| read(&base, &mut Replies::new(reply)?))
    }

    /// Returns the instances `ids` in the same order, with `None` for each that does not exist.
    ///
    /// The commands of [`load`](RedisStruct::load) for all instances, in one transaction.
    fn load_many<E: Executor>(
        executor: &E,
        ids: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> E::Reply<'static, Vec<Option<Self>>> {
        let bases = ids.into_iter().map(|id| Key::of_instance(Self::NAMESPACE, id.as_ref()));
        let bases: Vec<Key> = bases.collect();
        if bases.is_empty() {
            return executor.ready(Ok(Vec::new()));
        }
        let reads = bases.iter().flat_map(reads::<Self>);
        let request = Request::atomic(reads).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |reply| {
            let mut replies = Replies::new(reply)?;
            bases.iter().map(|base| read(base, &mut replies)).collect()
        })
    }

    /// Stores this struct as the instance `id`, and replaces the fields of an existing one.
    ///
    /// Keys keep their time to live. `#[lru]` fields are not written.
    ///
    /// One script, O(n). More than 10,000 entries or 1 MiB are staged first.
    fn save<E: Executor>(&self, executor: &E, id: &str) -> E::Reply<'static, ()> {
        let base = Key::of_instance(Self::NAMESPACE, id);
        let mut writes = WriteSet::default();
        writes.hash(&base).set_raw(PRESENCE_FIELD, 1);
        self.__add_writes(&base, &mut writes);
        writes.with_schemas([Self::__SCHEMA]).run(executor, |_| Ok(()))
    }

    /// Returns whether the instance `id` exists.
    ///
    /// `EXISTS`, O(number of fields).
    fn exists<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, bool> {
        executor.run(exists::<Self>(&Key::of_instance(Self::NAMESPACE, id)), reply::flag)
    }

    /// Deletes the instance `id`, and returns whether it existed.
    ///
    /// `UNLINK` in one script, O(number of fields). The server frees the memory in the background.
    fn delete<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, bool> {
        executor.run(delete::<Self>(&Key::of_instance(Self::NAMESPACE, id)), reply::flag)
    }

    /// Returns a cursor over the ids of all instances: an iterator on a blocking store, a stream on an
    /// awaiting one.
    ///
    /// An instance that has collections but no hash is not found.
    ///
    /// `SCAN`, O(keys of the whole database), in as many round trips as there are pages.
    fn ids<E: Connected>(executor: &E) -> E::Cursor<Ids<E>> {
        E::cursor(Ids::new(executor, Self::NAMESPACE))
    }

    /// Adds all keys of an instance except `base`.
    #[doc(hidden)]
    fn __add_keys(base: &Key, keys: &mut Vec<Key>);

    /// Adds the requests that read all fields.
    #[doc(hidden)]
    fn __add_reads(base: &Key, reads: &mut Vec<Request>);

    /// Reads all fields from the replies.
    #[doc(hidden)]
    fn __read(base: &Key, replies: &mut Replies) -> Result<Self>;

    /// Adds the writes that store all fields.
    #[doc(hidden)]
    fn __add_writes(&self, base: &Key, writes: &mut WriteSet);

    /// Adds the requests that open the live twin.
    #[doc(hidden)]
    fn __add_opening_reads(base: &Key, reads: &mut Vec<Request>);

    /// Makes the live twin from the replies.
    #[doc(hidden)]
    fn __open<E: Executor>(
        instance: InstanceHandle<E>,
        replies: &mut Replies,
    ) -> Result<Self::Live<E>>;
}

/// The request that reads whether any key of the instance exists.
pub(crate) fn exists<T: RedisStruct>(base: &Key) -> Request {
    keys::<T>(base).iter().fold(Request::read("EXISTS", base), Request::key)
}

/// The request that deletes all keys of the instance, and the record of its operations. A nested struct has
/// no such record: it shares that of the outer struct.
pub(crate) fn delete<T: RedisStruct>(base: &Key) -> Request {
    let mut all = vec![base.clone()];
    all.extend(keys::<T>(base));
    let count = all.len();
    all.extend(base.is_tag().then(|| base.operations()));
    Request::script(&DELETE, &all).arg(count)
}

/// All keys of the instance except its own hash.
pub(crate) fn keys<T: RedisStruct>(base: &Key) -> Vec<Key> {
    let mut keys = Vec::new();
    T::__add_keys(base, &mut keys);
    keys
}

/// The requests that ask whether the instance exists, and read it.
pub(crate) fn reads<T: RedisStruct>(base: &Key) -> Vec<Request> {
    let mut reads = vec![exists::<T>(base)];
    T::__add_reads(base, &mut reads);
    reads
}

/// Reads the replies to [`reads`].
pub(crate) fn read<T: RedisStruct>(base: &Key, replies: &mut Replies) -> Result<Option<T>> {
    let exists = replies.next(base, reply::flag)?;
    if exists {
        return T::__read(base, replies).map(Some);
    }
    // Skip the replies of this instance: those of the next one follow.
    let mut asked = Vec::new();
    T::__add_reads(base, &mut asked);
    asked.iter().try_for_each(|_| replies.next(base, |_: Value| Ok(())))?;
    Ok(None)
}
