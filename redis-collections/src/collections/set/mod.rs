//! [`Set`]: distinct members in one Redis set.

mod members;

mod whole;

mod relations;

mod algebra;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// Distinct members, kept in one Redis set.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of [`HashSet`](std::collections::HashSet). A call is one round
/// trip and atomic, unless its documentation says otherwise. [`KeyCodec`](crate::KeyCodec) makes
/// sure that equal members have equal bytes. The algebra takes any number of
/// [`Operand`](crate::Operand)s: other sets on any server, and sets of std.
///
/// ```
/// # use redis_collections::{Set, Store};
/// # let store = Store::temporary()?;
/// let online: Set<String> = Set::open(&store, "online");
/// let staff: Set<String> = Set::open(&store, "staff");
///
/// assert!(online.insert("ada")?); //               SADD online "ada"
/// assert!(online.contains("ada")?); //             SISMEMBER online "ada"
///
/// staff.extend(["ada", "alan"].map(String::from))?; // SADD staff "ada" "alan"
/// assert_eq!(staff.difference([&online])?.len(), 1); // SDIFF staff online
/// staff.intersection_assign([&online])?; //        SINTERSTORE staff staff online, in a script
/// assert_eq!(staff.len()?, 1); //                  SCARD staff
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Set<T, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Collection<E> for Set<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        Set { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<T, E: Executor> Clone for Set<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<T, E: Executor> fmt::Debug for Set<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Set").field(self.handle.key()).finish()
    }
}
