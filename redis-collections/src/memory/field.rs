//! [`Field`]: a plain type, and its live type in a struct's twin.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    codec::{Codec, encode_unchecked},
    collections::{KeyHandle, KeySite, Options},
    command::{Key, Replies, Request},
    error::{Error, Result},
    memory::write_set::WriteSet,
    store::Executor,
};

/// A plain type that can be a field of a struct in Redis under the codec `C`.
///
/// The implementor is the field's type, or a marker around it where an attribute chooses another
/// form (`#[redis(value)]`, `#[redis(default)]`, `#[redis(nested)]`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a struct in Redis",
    label = "no live form",
    note = "instead of a live type (`Dict`, `Counter`, …), write its plain type (`HashMap`, `Tally`, …)",
    note = "write `#[redis(value)]` to store it as one value, `#[redis(nested)]` if it derives \
            `RedisStruct` itself, or `#[redis(skip)]` to keep it out of Redis",
    note = "keys and members must be `Eq + Hash`, and all stored types `Serialize + DeserializeOwned`"
)]
pub trait Field<C: 'static> {
    /// The field's type in the plain struct.
    type Plain: Send + 'static;

    /// The field's type in the live twin.
    type Live<E: Executor<Codec = C>>;

    /// The kind in the schema, such as `Dict`.
    const KIND: &'static str;

    /// The codec in the schema.
    const CODEC: &'static str;

    /// Adds the keys that only this field uses.
    fn add_keys(site: &FieldSite, keys: &mut Vec<Key>) {
        keys.push(site.key());
    }

    /// Adds the requests that read the whole field.
    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>);

    /// Reads the whole field from the replies; `None` is a missing scalar.
    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self::Plain>>;

    /// Adds the writes that make Redis hold exactly `plain`.
    fn add_writes(plain: &Self::Plain, site: &FieldSite, writes: &mut WriteSet);

    /// Adds the requests that open the live field.
    fn add_opening_reads(_site: &FieldSite, _asks: &mut Vec<Request>) {}

    /// Opens the live field.
    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        replies: &mut Replies,
    ) -> Result<Self::Live<E>>;

    /// Adds the parts of the live field that are in memory.
    fn add_synced<'a, E: Executor<Codec = C>>(
        _live: &'a Self::Live<E>,
        _all: &mut Vec<&'a dyn Synced>,
    ) {
    }

    /// Adds the parts of the live field that are in memory, for a change.
    fn add_synced_mut<'a, E: Executor<Codec = C>>(
        _live: &'a mut Self::Live<E>,
        _all: &mut Vec<&'a mut dyn Synced>,
    ) {
    }
}

/// A field of a live twin that is in memory, as the twin's `sync` and `discard` see it.
///
/// A save is `pre_save`, then one of `post_save`, `save_lost` and `save_refused`. A discard is
/// `pre_discard`, then `post_discard`.
pub trait Synced: Send {
    /// Returns whether there are unsynced changes.
    fn is_dirty(&self) -> bool;

    /// Adds the changes to those of the other fields.
    fn pre_save(&mut self, writes: &mut WriteSet);

    /// Records that the changes were made.
    fn post_save(&mut self, replies: &mut Replies) -> Result<()>;

    /// Records that nobody knows whether the changes were made. Does nothing if no save is pending.
    fn save_lost(&mut self) {}

    /// Records that the changes were not made.
    fn save_refused(&mut self) {
        self.save_lost();
    }

    /// Adds the requests that read the changed entries again.
    fn pre_discard(&self, reads: &mut Vec<Request>);

    /// Replaces the changes in memory by the replies.
    fn post_discard(&mut self, replies: &mut Replies) -> Result<()>;
}

/// `#[redis(value)]`: the marker of a field that is stored as one value.
#[derive(Debug)]
pub struct AsValue<T>(PhantomData<fn() -> T>);

/// `#[redis(default)]`: the marker of a field with a default.
#[derive(Debug)]
pub struct WithDefault<T>(PhantomData<fn() -> T>);

/// A field that can have a default: a map, for its missing entries, or a scalar.
#[diagnostic::on_unimplemented(
    message = "`#[redis(default)]` has no meaning for this field",
    label = "neither a map nor a scalar",
    note = "remove `default`, or use a map, a number, a `String`, a `bool`, a `char`, or any type \
            with `#[redis(value)]`"
)]
pub trait Defaulted<C: 'static>: Field<C> {
    /// The type of the default: a value of the map, or the scalar.
    type Item;
}

/// A field whose length `#[redis(maxlen)]` can limit.
#[diagnostic::on_unimplemented(
    message = "`#[redis(maxlen)]` cannot limit `{Self}`",
    label = "not a deque",
    note = "remove `maxlen`, or use a `VecDeque`"
)]
pub trait Limited {}

/// Where a field is stored: the struct's own hash, and the field's stored name.
#[derive(Clone, Debug)]
pub struct FieldSite {
    base: Key,
    name: &'static str,
    options: Options,
}

impl FieldSite {
    /// The field called `name` of the struct at `base`.
    pub fn new(base: &Key, name: &'static str) -> Self {
        FieldSite { base: base.clone(), name, options: Options::default() }
    }

    /// Limits a deque to `maxlen` elements.
    #[must_use]
    pub fn maxlen<F: Limited>(mut self, maxlen: usize) -> Self {
        self.options.maxlen = Some(maxlen);
        self
    }

    /// Limits memory to `maxsize` entries.
    #[must_use]
    pub fn maxsize(mut self, maxsize: usize) -> Self {
        self.options.maxsize = Some(maxsize);
        self
    }

    /// Sets the default of missing entries, or of the scalar.
    #[must_use]
    pub fn default<F: Defaulted<C>, C: Codec<F::Item> + 'static>(
        mut self,
        item: impl FnOnce() -> F::Item,
    ) -> Self {
        let encoded = encode_unchecked::<C, F::Item, _>(&item(), |bytes| Arc::from(bytes));
        self.options.default = Some(encoded.map_err(|error| error.to_string().into()));
        self
    }

    /// The key of a field that is a collection.
    pub fn key(&self) -> Key {
        self.base.field(self.name)
    }

    /// The struct's own hash, which holds the scalars.
    pub fn base(&self) -> &Key {
        &self.base
    }

    /// The stored name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The key of a field that is a collection, and its options.
    pub fn key_site(&self) -> KeySite {
        KeySite { key: self.key(), options: self.options.clone() }
    }

    /// A handle to a field that is a collection.
    pub fn handle<E: Executor>(&self, executor: &E) -> KeyHandle<E> {
        KeyHandle::of_site(executor, self.key_site())
    }

    pub(crate) fn default_bytes(&self) -> Option<&[u8]> {
        self.options.default.as_ref()?.as_deref().ok()
    }

    /// The error for a missing scalar without a default.
    pub fn missing(&self) -> Error {
        Error::Missing { key: self.location() }
    }

    /// The key and the field of a scalar, for errors.
    pub(crate) fn location(&self) -> String {
        format!("{} {}", self.base, self.name)
    }
}
