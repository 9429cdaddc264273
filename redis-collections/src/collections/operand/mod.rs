//! [`Operand`]: the other side of a call on two collections, on any server or in memory.

mod content;
pub(crate) use content::{Content, Form, HASH, LIST, SET, SORTED_SET};

use crate::{
    collections::KeyHandle,
    command::{Key, Request, Script, reply},
    store::Executor,
};

pub(crate) use sealed::{Sealed, Side};

/// The other side of a call on two collections: a collection of the same kind, or its local type,
/// such as a `HashMap` for a [`Dict`](crate::Dict).
///
/// The server combines collections that are both on it: the call is one round trip, and atomic. A
/// local type is sent with the call, in one transaction. More than 10,000 entries or 1 MiB are
/// first sent to a temporary key, a chunk at a time. A collection on another server is first read
/// into memory, in one round trip; the call does not see later changes to it. A batch cannot read
/// first, so it refuses such a call with [`CrossServer`](crate::Error::CrossServer).
///
/// ```
/// # use std::collections::HashSet;
/// # use redis_collections::{Operand, Set, Store};
/// # let store = Store::temporary()?;
/// let online: Set<String> = Set::open(&store, "online");
/// let staff: Set<String> = Set::open(&store, "staff");
/// let guests = HashSet::from(["ada".to_string()]);
///
/// assert!(online.union([&staff])?.is_empty()); //  SUNION online staff
/// assert_eq!(online.union([&guests])?, guests); // SUNION online
/// let both: [&dyn Operand<_, _>; 2] = [&staff, &guests];
/// assert_eq!(online.union(both)?.len(), 1); //     SUNION online staff
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be combined with `{R}`",
    note = "pass a collection of the same kind and entries on the same kind of store, or std's type"
)]
pub trait Operand<R, E>: Sealed<R, E> {}

impl<O: Sealed<R, E> + ?Sized, R, E> Operand<R, E> for O {}

mod sealed {
    use super::Content;
    use crate::{collections::KeyHandle, error::Result};

    pub trait Sealed<R, E> {
        fn side(&self) -> Side<'_, E>;
    }

    /// An operand, stored or in memory.
    #[derive(Debug)]
    pub enum Side<'o, E> {
        Stored(&'o KeyHandle<E>),
        Local(Result<Content>),
    }
}

/// The operands of a call, after those on other servers have been read.
pub(crate) struct Operands {
    /// The keys of those on this server.
    pub(crate) here: Vec<Key>,
    /// The content of the others.
    pub(crate) others: Vec<Content>,
}

impl<E: Executor> KeyHandle<E> {
    /// Reads the operands on other servers, and returns the result of `then`, which gets all
    /// operands.
    pub(crate) fn gather<'a, 'o, T: Send + 'a>(
        &self,
        sides: impl IntoIterator<Item = Side<'o, E>>,
        form: &'static Form,
        then: impl FnOnce(&Self, Operands) -> E::Reply<'a, T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        let (mut here, mut others, mut elsewhere) = (Vec::new(), Vec::new(), Vec::new());
        for side in sides {
            match side {
                Side::Stored(handle) if handle.executor().server() == self.executor().server() => {
                    here.push(handle.key().clone());
                }
                Side::Stored(handle) => {
                    elsewhere.push((handle.executor().clone(), (form.read)(handle.key())));
                }
                Side::Local(Ok(content)) => others.push(content),
                Side::Local(Err(error)) => {
                    return self.run(self.read("EXISTS").with_error(error), reply::nothing);
                }
            }
        }
        let handle = self.clone();
        self.executor().gather(self.key(), elsewhere, move |replies| {
            match replies.into_iter().map(|answer| form.content(answer)).collect() {
                Ok(read) => {
                    others.extend::<Vec<_>>(read);
                    then(&handle, Operands { here, others })
                }
                Err(error) => handle.ready(Err(error)),
            }
        })
    }

    /// Adds all elements of another collection: with `script` if it is on this server, else with
    /// commands that `start` starts.
    pub(crate) fn extend_from(
        &self,
        other: Side<'_, E>,
        form: &'static Form,
        script: &'static Script,
        start: impl Fn(&Self) -> Request + Send + 'static,
    ) -> E::Reply<'static, ()> {
        self.gather([other], form, move |handle, Operands { here, others }| {
            let request = match here.first() {
                Some(other) => {
                    Request::script(script, [handle.key(), other]).arg(handle.options().maxlen)
                }
                None => form.extend(&others, || start(handle)),
            };
            handle.run(request, reply::unit)
        })
    }

    /// Returns whether this collection and another are equal; `script` compares two on this server.
    pub(crate) fn equals(
        &self,
        other: Side<'_, E>,
        form: &'static Form,
        script: &'static Script,
    ) -> E::Reply<'static, bool> {
        self.gather([other], form, move |handle, Operands { here, others }| {
            if let Some(other) = here.first() {
                return handle.run(Request::script(script, [handle.key(), other]), reply::flag);
            }
            handle.run((form.read)(handle.key()), move |answer| {
                let ours = form.content(answer)?;
                Ok(others.iter().all(|theirs| form.is_same(&ours, theirs)))
            })
        })
    }
}
