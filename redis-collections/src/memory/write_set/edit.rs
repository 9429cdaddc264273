//! [`Edit`]: a change of one key, under construction.

use std::fmt;

use redis::{Cmd, RedisWrite, ToRedisArgs};

use super::{KeyWrite, Operation, WriteSet};
use crate::{
    codec::{Codec, encode_checked},
    error::{Error, Result},
};

/// A change of one key, under construction: the last key write of a [`WriteSet`].
pub struct Edit<'w>(&'w mut WriteSet);

impl<'w> Edit<'w> {
    pub(super) fn new(writes: &'w mut WriteSet) -> Self {
        Edit(writes)
    }

    /// Makes the change a part of `operation`, so that it is made once. It is made only if `base` is the
    /// newest operation of the collection that the server has made; `None` is the loaded state.
    pub(crate) fn once(mut self, operation: &Operation, base: Option<&Operation>) -> Self {
        self.with(|write| write.operation = Some((operation.clone(), base.cloned())));
        self
    }

    /// Sets `field` to `value`.
    pub(crate) fn set<C: Codec<K> + Codec<V>, K: 'static, V: 'static>(
        &mut self,
        field: &K,
        value: &V,
    ) {
        self.begin_entry();
        self.value::<C, K>(field);
        self.value::<C, V>(value);
    }

    /// Sets the field called `name`, which is not encoded, to a `value` that is.
    pub(crate) fn set_scalar<C: Codec<T>, T: 'static>(&mut self, name: &str, value: &T) {
        self.begin_entry();
        self.word(name);
        self.value::<C, T>(value);
    }

    /// Sets `field` to `value`; both are stored as they are.
    pub(crate) fn set_raw(&mut self, field: impl ToRedisArgs, value: impl ToRedisArgs) {
        self.begin_entry();
        self.word(field);
        self.word(value);
    }

    /// Adds a member of a set.
    pub(crate) fn add<C: Codec<T>, T: 'static>(&mut self, member: &T) {
        self.begin_entry();
        self.value::<C, T>(member);
    }

    /// Sets the score of `member`.
    pub(crate) fn set_score<C: Codec<T>, T: 'static>(&mut self, member: &T, score: Result<f64>) {
        self.begin_entry();
        match score {
            Ok(score) => self.word(score),
            Err(error) => self.fail(error),
        }
        self.value::<C, T>(member);
    }

    /// Adds `amount` to the count of `thing`, or sets it where the content is replaced.
    pub(crate) fn add_count<C: Codec<T>, T: 'static>(&mut self, thing: &T, amount: i128) {
        self.begin_entry();
        self.value::<C, T>(thing);
        self.word(amount.to_string());
    }

    /// Adds a place.
    pub(crate) fn add_place<C: Codec<T>, T: 'static>(
        &mut self,
        place: &T,
        [longitude, latitude]: [f64; 2],
    ) {
        self.begin_entry();
        self.word(longitude);
        self.word(latitude);
        self.value::<C, T>(place);
    }

    /// Adds an element of a list.
    pub(crate) fn push<C: Codec<T>, T: 'static>(&mut self, element: &T) {
        self.value::<C, T>(element);
    }

    /// Removes an entry.
    pub(crate) fn remove<C: Codec<T>, T: 'static>(&mut self, entry: &T) {
        self.encode::<C, T>(entry, |write| &mut write.removed);
    }

    /// Removes an entry whose name is stored as it is.
    pub(crate) fn remove_raw(&mut self, entry: impl ToRedisArgs) {
        self.with(|write| _ = write.removed.arg(entry));
    }

    /// Adds `amount` to the count of `thing`, which is deleted if it is 0 then.
    pub(crate) fn remove_count<C: Codec<T>, T: 'static>(&mut self, thing: &T, amount: i128) {
        self.encode::<C, T>(thing, |write| &mut write.removed);
        self.remove_raw(amount.to_string());
    }

    /// Expects the entry `name` to have one of these digests.
    pub(crate) fn expect<C: Codec<T>, T: 'static>(&mut self, name: &T, digests: &[Vec<u8>]) {
        self.value::<C, T>(name);
        self.word(digests.len());
        for digest in digests {
            self.word(digest);
        }
    }

    /// Keeps the first error, with the key. The write set is not sent then.
    pub(crate) fn fail(&mut self, error: Error) {
        self.0.fail(error);
    }

    pub(super) fn word(&mut self, word: impl ToRedisArgs) {
        self.with(|write| _ = write.args.arg(word));
    }

    fn value<C: Codec<T>, T: 'static>(&mut self, value: &T) {
        self.encode::<C, T>(value, |write| &mut write.args);
    }

    fn encode<C: Codec<T>, T: 'static>(&mut self, value: &T, words: fn(&mut KeyWrite) -> &mut Cmd) {
        let mut encoded = Ok(());
        self.with(|write| {
            encoded = encode_checked::<C, T>(value, |bytes| words(write).write_arg(bytes));
        });
        if let Err(error) = encoded {
            self.fail(error);
        }
    }

    fn begin_entry(&mut self) {
        self.with(|write| write.entries += 1);
    }

    pub(super) fn with(&mut self, change: impl FnOnce(&mut KeyWrite)) {
        if let Some(write) = self.0.key_writes.last_mut() {
            change(write);
        }
    }
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Edit").field(self.0).finish()
    }
}
