//! [`HashField`]: one field of a hash, which holds a scalar.

use std::{borrow::Cow, fmt};

use redis::Value;

use crate::{
    collections::KeyHandle,
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

/// An executor at a field of a hash, as [`KeyHandle`] is one at a key.
#[derive(Clone)]
pub struct HashField<E> {
    handle: KeyHandle<E>,
    field: Cow<'static, str>,
}

impl<E: Executor> HashField<E> {
    /// Returns a handle at `field` of the hash at `handle`.
    pub fn new(handle: KeyHandle<E>, field: impl Into<Cow<'static, str>>) -> Self {
        HashField { handle, field: field.into() }
    }

    /// Returns the handle of the hash.
    pub fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }

    /// Returns the name of the field.
    pub fn name(&self) -> &str {
        &self.field
    }

    /// Returns a handle at the same field on another `executor`, with the codec of this one.
    pub fn on<F: Executor>(&self, executor: &F) -> HashField<F::With<E::Codec>> {
        HashField { handle: self.handle.on(executor), field: self.field.clone() }
    }

    /// Starts a command that only reads the field.
    pub fn read(&self, name: &'static str) -> Request {
        self.handle.read(name).field(&self.field)
    }

    /// Starts a write of the field whose state and reply are the same if it is repeated.
    pub fn idempotent(&self, name: &'static str) -> Request {
        self.handle.idempotent(name).field(&self.field)
    }

    /// Starts a write of the field that must not be repeated.
    pub fn once(&self, name: &'static str) -> Request {
        self.handle.once(name).field(&self.field)
    }

    /// Starts a call of `script` on the field.
    pub fn script(&self, script: &'static Script) -> Request {
        self.handle.script(script).field(&self.field)
    }

    /// Sends `request`, and reads the reply with `read`.
    pub fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        self.handle.run(request, read)
    }

    /// Returns whether the field exists.
    pub fn exists(&self) -> E::Reply<'static, bool> {
        self.run(self.read("HEXISTS"), reply::flag)
    }

    /// Removes the field, and returns whether it existed.
    pub fn clear(&self) -> E::Reply<'static, bool> {
        self.run(self.once("HDEL"), reply::flag)
    }
}

impl<E: Executor> fmt::Debug for HashField<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HashField").field(self.handle.key()).field(&self.field).finish()
    }
}
