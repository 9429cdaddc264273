//! [`Field`]: a plain type, and the live one that it becomes in a struct's twin.

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

    /// The kind that the schema names, as in `Dict`.
    const KIND: &'static str;

    /// The codec that the schema names.
    const CODEC: &'static str;

    /// Adds the keys that the field has of its own.
    fn add_keys(site: &FieldSite, keys: &mut Vec<Key>) {
        keys.push(site.key());
    }

    /// Adds what has to be asked to read the field whole.
    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>);

    /// Reads the field whole; `None` is a scalar that is not there.
    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self::Plain>>;

    /// Adds what makes Redis hold `plain`, whatever it held.
    fn add_writes(plain: &Self::Plain, site: &FieldSite, writes: &mut WriteSet);

    /// Adds what has to be asked to open the live field.
    fn add_opening_reads(_site: &FieldSite, _asks: &mut Vec<Request>) {}

    /// Opens the live field.
    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        replies: &mut Replies,
    ) -> Result<Self::Live<E>>;

    /// Adds what memory holds of the live field.
    fn add_synced<'a, E: Executor<Codec = C>>(
        _live: &'a Self::Live<E>,
        _all: &mut Vec<&'a dyn Synced>,
    ) {
    }

    /// Adds what memory holds of the live field, to be changed.
    fn add_synced_mut<'a, E: Executor<Codec = C>>(
        _live: &'a mut Self::Live<E>,
        _all: &mut Vec<&'a mut dyn Synced>,
    ) {
    }
}

/// A field of a live twin that is kept in memory: what the twin's `sync` does to each.
pub trait Synced: Send {
    /// Whether there are changes that have not been written.
    fn is_dirty(&self) -> bool;

    /// Adds the changes to those of the other fields.
    fn pre_save(&mut self, writes: &mut WriteSet);

    /// Takes notice that they were made.
    fn post_save(&mut self, replies: &mut Replies) -> Result<()>;

    /// Takes notice that changes which were not settled may have been made, or not.
    fn save_lost(&mut self) {}

    /// Takes notice that they were not made.
    fn save_refused(&mut self) {
        self.save_lost();
    }

    /// Asks again for what has changed in memory.
    fn pre_discard(&self, reads: &mut Vec<Request>);

    /// Drops the changes in memory for what was answered.
    fn post_discard(&mut self, replies: &mut Replies) -> Result<()>;
}

/// `#[redis(value)]`: the marker of a field that is kept as one value.
#[derive(Debug)]
pub struct AsValue<T>(PhantomData<fn() -> T>);

/// `#[redis(default)]`: the marker of a field with a default of its own.
#[derive(Debug)]
pub struct WithDefault<T>(PhantomData<fn() -> T>);

/// A field that has a default of its own: a map of which each missing key has one, or a scalar.
#[diagnostic::on_unimplemented(
    message = "`#[redis(default)]` has no meaning for this field",
    label = "neither a map nor a scalar",
    note = "remove `default`, or use a map, a number, a `String`, a `bool`, a `char`, or any type \
            with `#[redis(value)]`"
)]
pub trait Defaulted<C: 'static>: Field<C> {
    /// What the default is: a value of the map, or the scalar.
    type Item;
}

/// A field whose length `#[redis(maxlen)]` can limit.
#[diagnostic::on_unimplemented(
    message = "`#[redis(maxlen)]` cannot limit `{Self}`",
    label = "not a deque",
    note = "remove `maxlen`, or use a `VecDeque`"
)]
pub trait Limited {}

/// Where a field is: the struct's own hash, and the field's stored name.
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

    /// Limits what is kept in memory to `maxsize` entries.
    #[must_use]
    pub fn maxsize(mut self, maxsize: usize) -> Self {
        self.options.maxsize = Some(maxsize);
        self
    }

    /// Sets what stands for a missing entry, or for the scalar itself.
    #[must_use]
    pub fn default<F: Defaulted<C>, C: Codec<F::Item> + 'static>(
        mut self,
        item: impl FnOnce() -> F::Item,
    ) -> Self {
        let encoded = encode_unchecked::<C, F::Item, _>(&item(), |bytes| Arc::from(bytes));
        self.options.default = Some(encoded.map_err(|error| error.to_string().into()));
        self
    }

    /// The key of a field that has one of its own.
    pub fn key(&self) -> Key {
        self.base.field(self.name)
    }

    /// The struct's own hash, where the scalars are.
    pub fn base(&self) -> &Key {
        &self.base
    }

    /// The stored name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The key of a field that has one of its own, and its options.
    pub fn site(&self) -> KeySite {
        KeySite { key: self.key(), options: self.options.clone() }
    }

    /// The place of a field that has a key of its own.
    pub fn handle<E: Executor>(&self, executor: &E) -> KeyHandle<E> {
        KeyHandle::of_site(executor, self.site())
    }

    pub(crate) fn default_bytes(&self) -> Option<&[u8]> {
        self.options.default.as_ref()?.as_deref().ok()
    }

    /// The error for a scalar that is neither there nor has a default.
    pub fn missing(&self) -> Error {
        Error::Missing { key: self.location() }
    }

    /// The key and the field of a scalar, for errors.
    pub(crate) fn location(&self) -> String {
        format!("{} {}", self.base, self.name)
    }
}
