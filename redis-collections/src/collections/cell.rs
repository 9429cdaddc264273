//! [`Cell`]: one field of a hash, where a scalar lives.

use std::{borrow::Cow, fmt};

use redis::Value;

use crate::{
    collections::Place,
    command::{Request, Script, reply},
    error::Result,
    store::Executor,
};

/// A field of a hash, and the way to reach it: what a [`Place`] is for a key.
#[derive(Clone)]
pub struct Cell<E> {
    place: Place<E>,
    field: Cow<'static, str>,
}

impl<E: Executor> Cell<E> {
    /// The cell called `field` in the hash at `place`.
    pub fn new(place: Place<E>, field: impl Into<Cow<'static, str>>) -> Self {
        Cell { place, field: field.into() }
    }

    /// Where the hash is.
    pub fn place(&self) -> &Place<E> {
        &self.place
    }

    /// The name of the field.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The same cell, reached through `executor` with this one's codec.
    pub fn on<F: Executor>(&self, executor: &F) -> Cell<F::With<E::Codec>> {
        Cell { place: self.place.on(executor), field: self.field.clone() }
    }

    /// Starts a command on the field that only reads.
    pub fn read(&self, name: &'static str) -> Request {
        self.place.read(name).scalar(&self.field)
    }

    /// Starts a write on the field that gives the same state and answer when it is repeated.
    pub fn idempotent(&self, name: &'static str) -> Request {
        self.place.idempotent(name).scalar(&self.field)
    }

    /// Starts a write on the field that must not be repeated.
    pub fn once(&self, name: &'static str) -> Request {
        self.place.once(name).scalar(&self.field)
    }

    /// Starts a call of `script` on the field.
    pub fn script(&self, script: &'static Script) -> Request {
        self.place.script(script).scalar(&self.field)
    }

    /// Carries out `request`, and reads the answer with `read`.
    pub fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        self.place.run(request, read)
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

impl<E: Executor> fmt::Debug for Cell<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cell").field(self.place.key()).field(&self.field).finish()
    }
}
