//! [`HashField`]: one field of a hash, where a scalar lives.

use std::{borrow::Cow, fmt};

use redis::Value;

use crate::{
    collections::KeyHandle,
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

/// A field of a hash, and the way to reach it: what a [`KeyHandle`] is for a key.
#[derive(Clone)]
pub struct HashField<E> {
    handle: KeyHandle<E>,
    field: Cow<'static, str>,
}

impl<E: Executor> HashField<E> {
    /// The cell called `field` in the hash at `handle`.
    pub fn new(handle: KeyHandle<E>, field: impl Into<Cow<'static, str>>) -> Self {
        HashField { handle, field: field.into() }
    }

    /// Where the hash is.
    pub fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }

    /// The name of the field.
    pub fn name(&self) -> &str {
        &self.field
    }

    /// The same cell, reached through `executor` with this one's codec.
    pub fn on<F: Executor>(&self, executor: &F) -> HashField<F::With<E::Codec>> {
        HashField { handle: self.handle.on(executor), field: self.field.clone() }
    }

    /// Starts a command on the field that only reads.
    pub fn read(&self, name: &'static str) -> Request {
        self.handle.read(name).field(&self.field)
    }

    /// Starts a write on the field that gives the same state and answer when it is repeated.
    pub fn idempotent(&self, name: &'static str) -> Request {
        self.handle.idempotent(name).field(&self.field)
    }

    /// Starts a write on the field that must not be repeated.
    pub fn once(&self, name: &'static str) -> Request {
        self.handle.once(name).field(&self.field)
    }

    /// Starts a call of `script` on the field.
    pub fn script(&self, script: &'static Script) -> Request {
        self.handle.script(script).field(&self.field)
    }

    /// Carries out `request`, and reads the answer with `read`.
    pub fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        self.handle.run(request, read)
    }

    /// Returns whether the field is there.
    pub fn exists(&self) -> E::Reply<'static, bool> {
        self.run(self.read("HEXISTS"), reply::flag)
    }

    /// Removes the field, and returns whether it was there.
    pub fn clear(&self) -> E::Reply<'static, bool> {
        self.run(self.once("HDEL"), reply::flag)
    }
}

impl<E: Executor> fmt::Debug for HashField<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HashField").field(self.handle.key()).field(&self.field).finish()
    }
}
