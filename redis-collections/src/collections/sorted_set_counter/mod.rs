//! [`SortedSetCounter`]: members with scores in one Redis sorted set.

pub(crate) mod score;
pub use score::Score;

mod scores;

mod ranges;

mod range;

mod whole;

pub(super) mod algebra;

use std::{fmt, marker::PhantomData};

use crate::{
    collections::{Collection, KeyHandle},
    store::{Executor, Store},
};

/// Members with scores, the lowest first, kept in one Redis sorted set.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// Members with the same score are in the order of their bytes. Scores are `f64`, infinities
/// included; [`Score`] says which numbers are refused. A call is one round trip and atomic, unless
/// its documentation says otherwise.
///
/// ```
/// # use redis_collections::{SortedSetCounter, Store};
/// # let store = Store::temporary()?;
/// let ladder: SortedSetCounter<String> = SortedSetCounter::open(&store, "ladder");
///
/// ladder.set_score("ada", 3.5)?; //                      ZADD ladder 3.5 "ada"
/// assert_eq!(ladder.increment("alan", 5)?, 5.0); //      ZINCRBY ladder 5 "alan"
/// assert_eq!(ladder.rank("ada")?, Some(0)); //           ZRANK ladder "ada"
/// assert_eq!(ladder.last()?, Some(("alan".into(), 5.0))); // ZRANGE ladder -1 -1 WITHSCORES
/// assert_eq!(ladder.count_between(..5.0)?, 1); //        ZCOUNT ladder -inf (5
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct SortedSetCounter<T, E = Store> {
    handle: KeyHandle<E>,
    types: PhantomData<fn() -> T>,
}

impl<T, E: Executor> Collection<E> for SortedSetCounter<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        SortedSetCounter { handle, types: PhantomData }
    }

    fn handle(&self) -> &KeyHandle<E> {
        &self.handle
    }
}

impl<T, E: Executor> Clone for SortedSetCounter<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle.clone())
    }
}

impl<T, E: Executor> fmt::Debug for SortedSetCounter<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SortedSetCounter").field(self.handle.key()).finish()
    }
}
