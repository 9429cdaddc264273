//! [`RedisStruct`]: what the derive implements, and all that follows from it.
//!
//! Generated code describes: which fields there are, by which names, of which kinds. What is done
//! with them stands here, once for all structs.

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
    memory::write_set::{WriteKind, WriteSet},
    store::{Connected, Executor},
};

/// Deletes keys, and tells whether there were any.
static DELETE: Script = Script::once("UNLINK", include_str!("delete.lua"));

/// The field of a struct's own hash that says that the struct exists, whatever its fields hold.
pub(crate) const PRESENCE_FIELD: &str = "~v";

/// A plain struct whose fields live in Redis. Derive it.
///
/// Its live twin (`LivePlayer` for `Player`) has the same fields as Redis-backed collections; the
/// plain struct is the snapshot that [`load`](RedisStruct::load) gives and
/// [`save`](RedisStruct::save) takes. A struct exists if any of its keys does.
///
/// Each call is one round trip. The first call in a process also compares the definition with the
/// one that Redis was written with, in one more.
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

    /// Opens the live twin of the instance called `id`, be there one or not.
    ///
    /// Reads what its `#[sync]` fields hold; after the first time, sends nothing if there are none.
    fn open<E: Connected>(executor: &E, id: &str) -> E::Reply<'static, Self::Live<E>>
    where
        Self::Live<E>: Send + 'static,
    {
        let instance = InstanceHandle::new(executor, Self::NAMESPACE, id);
        let mut asks = Vec::new();
        Self::__ask_live(instance.base(), &mut asks);
        if let Some(error) = instance.base().error() {
            return executor.ready(Err(error));
        }
        let request = Request::atomic(asks).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |answer| Self::__live(instance, &mut Replies::new(answer)?))
    }

    /// Returns the instance called `id` as a whole, if it exists. `#[lru]` fields stay empty.
    ///
    /// `EXISTS`, and one reading command for each field, in one transaction.
    ///
    /// # Errors
    ///
    /// [`Missing`](crate::Error::Missing) if a field is not there and its type has no default.
    fn load<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, Option<Self>> {
        let base = Key::of_instance(Self::NAMESPACE, id);
        let request = Request::atomic(asks::<Self>(&base)).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |answer| read(&base, &mut Replies::new(answer)?))
    }

    /// Returns the instances called `ids` in their order, `None` for each that does not exist.
    ///
    /// What [`load`](RedisStruct::load) sends, for all of them in one transaction.
    fn load_many<E: Executor>(
        executor: &E,
        ids: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> E::Reply<'static, Vec<Option<Self>>> {
        let bases = ids.into_iter().map(|id| Key::of_instance(Self::NAMESPACE, id.as_ref()));
        let bases: Vec<Key> = bases.collect();
        if bases.is_empty() {
            return executor.ready(Ok(Vec::new()));
        }
        let asks = bases.iter().flat_map(asks::<Self>);
        let request = Request::atomic(asks).with_schemas([Self::__SCHEMA]);
        executor.run(request, move |answer| {
            let mut replies = Replies::new(answer)?;
            bases.iter().map(|base| read(base, &mut replies)).collect()
        })
    }

    /// Makes the instance called `id` hold what this one holds, whatever was there.
    ///
    /// The times to live stay. `#[lru]` fields are left as they are.
    ///
    /// One script, O(entries).
    fn save<E: Executor>(&self, executor: &E, id: &str) -> E::Reply<'static, ()> {
        let base = Key::of_instance(Self::NAMESPACE, id);
        let mut writes = WriteSet::default();
        writes.section(WriteKind::Hash, &base);
        writes.arg(1);
        writes.arg(PRESENCE_FIELD);
        writes.arg(1);
        self.__write(&base, &mut writes);
        writes.with_schemas([Self::__SCHEMA]).run(executor, |_| Ok(()))
    }

    /// Returns whether the instance called `id` exists.
    ///
    /// `EXISTS`, O(number of fields).
    fn exists<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, bool> {
        executor.run(exists::<Self>(&Key::of_instance(Self::NAMESPACE, id)), reply::flag)
    }

    /// Deletes the instance called `id`, and returns whether it existed.
    ///
    /// `UNLINK` in one script, O(number of fields); the server frees the memory in the background.
    fn delete<E: Executor>(executor: &E, id: &str) -> E::Reply<'static, bool> {
        executor.run(delete::<Self>(&Key::of_instance(Self::NAMESPACE, id)), reply::flag)
    }

    /// Returns an iterator, or on an awaiting store a stream, over the ids of all instances.
    ///
    /// `SCAN`, O(keys of the database) in all, in as many round trips as there are pages.
    fn ids<E: Connected>(executor: &E) -> E::Cursor<Ids<E>> {
        E::cursor(Ids::new(executor, Self::NAMESPACE))
    }

    /// Adds every key but `base` that an instance can have.
    #[doc(hidden)]
    fn __keys(base: &Key, keys: &mut Vec<Key>);

    /// Adds what has to be asked to read all fields.
    #[doc(hidden)]
    fn __ask(base: &Key, asks: &mut Vec<Request>);

    /// Reads all fields.
    #[doc(hidden)]
    fn __read(base: &Key, replies: &mut Replies) -> Result<Self>;

    /// Adds what makes Redis hold these fields.
    #[doc(hidden)]
    fn __write(&self, base: &Key, writes: &mut WriteSet);

    /// Adds what has to be asked to open the live twin.
    #[doc(hidden)]
    fn __ask_live(base: &Key, asks: &mut Vec<Request>);

    /// Opens the live twin.
    #[doc(hidden)]
    fn __live<E: Executor>(
        instance: InstanceHandle<E>,
        replies: &mut Replies,
    ) -> Result<Self::Live<E>>;
}

/// Whether any key of the instance exists.
pub(crate) fn exists<T: RedisStruct>(base: &Key) -> Request {
    keys::<T>(base).iter().fold(Request::read("EXISTS", base), Request::key)
}

/// Deletes all keys of the instance, and what is known of its operations.
///
/// A nested one shares these with the struct around it.
pub(crate) fn delete<T: RedisStruct>(base: &Key) -> Request {
    let mut all = vec![base.clone()];
    all.extend(keys::<T>(base));
    let count = all.len();
    all.extend(base.is_tag().then(|| base.operations()));
    Request::script(&DELETE, &all).arg(count)
}

/// All keys of the instance but its own hash.
pub(crate) fn keys<T: RedisStruct>(base: &Key) -> Vec<Key> {
    let mut keys = Vec::new();
    T::__keys(base, &mut keys);
    keys
}

/// What has to be asked to know whether the instance exists, and to read it.
pub(crate) fn asks<T: RedisStruct>(base: &Key) -> Vec<Request> {
    let mut asks = vec![exists::<T>(base)];
    T::__ask(base, &mut asks);
    asks
}

/// Reads what was asked.
pub(crate) fn read<T: RedisStruct>(base: &Key, replies: &mut Replies) -> Result<Option<T>> {
    let exists = replies.next(base, reply::flag)?;
    if exists {
        return T::__read(base, replies).map(Some);
    }
    // The other answers are passed over: the next instance's follow.
    let mut asked = Vec::new();
    T::__ask(base, &mut asked);
    asked.iter().try_for_each(|_| replies.next(base, |_: Value| Ok(())))?;
    Ok(None)
}
