//! [`SharedLoad`]: one request to Redis whose reply several waiters share.

use std::{
    any::Any,
    fmt,
    panic::resume_unwind,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::error::{Error, Result};

/// One request to Redis whose reply several waiters share.
///
/// If it fails, one waiter gets the error and the others retry.
pub struct SharedLoad<T> {
    blocking: Mutex<Option<Loaded<T>>>,
    #[cfg(feature = "aio")]
    awaited: awaited::Computing<T>,
    is_closed: AtomicBool,
}

/// The value, or the failure until one waiter has got it.
struct Loaded<T>(Result<T, Option<Failure>>);

enum Failure {
    Error(Error),
    /// The waiter that drove the load panicked with this.
    #[cfg_attr(not(feature = "aio"), expect(dead_code, reason = "a blocked thread panics itself"))]
    Panic(Box<dyn Any + Send>),
}

impl<T: Clone> SharedLoad<T> {
    /// Blocks until the value is loaded. The first waiter calls `load`. Returns `None` if that
    /// failed, and another waiter has got the error.
    pub(crate) fn wait(&self, load: impl FnOnce() -> Result<T>) -> Option<Result<T>> {
        lock(&self.blocking).get_or_insert_with(|| Loaded::new(load())).share()
    }
}

impl<T> SharedLoad<T> {
    /// Notes that no more waiters can join.
    pub(crate) fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
    }

    /// Returns whether no more waiters can join.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }
}

impl<T: Clone> Loaded<T> {
    fn new(outcome: Result<T>) -> Self {
        Loaded(outcome.map_err(|error| Some(Failure::Error(error))))
    }

    /// Returns the value for one more waiter. The first one gets the failure, if there was one.
    fn share(&mut self) -> Option<Result<T>> {
        match &mut self.0 {
            Ok(value) => Some(Ok(value.clone())),
            Err(failure) => failure.take().map(|failure| match failure {
                Failure::Error(error) => Err(error),
                Failure::Panic(panic) => resume_unwind(panic),
            }),
        }
    }
}

impl<T> Default for SharedLoad<T> {
    fn default() -> Self {
        SharedLoad {
            blocking: Mutex::default(),
            #[cfg(feature = "aio")]
            awaited: awaited::Computing::default(),
            is_closed: AtomicBool::default(),
        }
    }
}

impl<T> fmt::Debug for SharedLoad<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedLoad").finish_non_exhaustive()
    }
}

fn lock<T>(loaded: &Mutex<T>) -> MutexGuard<'_, T> {
    loaded.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(feature = "aio")]
mod awaited {
    use std::{
        future::Future,
        panic::AssertUnwindSafe,
        sync::{Arc, Mutex, OnceLock},
        thread,
    };

    use futures_util::future::{BoxFuture, FutureExt, Shared};

    use super::{Failure, Loaded, SharedLoad, lock};
    use crate::error::Result;

    /// The load, once it has begun. Every waiter that is polled drives it on, so a waiter that is
    /// dropped or no longer polled does not block the others.
    pub(super) type Computing<T> = OnceLock<Shared<BoxFuture<'static, Arc<Mutex<Loaded<T>>>>>>;

    impl<T: Clone + Send + 'static> SharedLoad<T> {
        /// Waits until the value is loaded, as [`wait`](SharedLoad::wait) does.
        pub(crate) fn join<L, F>(
            &self,
            load: L,
        ) -> impl Future<Output = Option<Result<T>>> + Send + use<T, L, F>
        where
            L: FnOnce() -> F,
            F: Future<Output = Result<T>> + Send + 'static,
        {
            // A panic is caught: it would leave the other waiters pending forever.
            let begin = || AssertUnwindSafe(load()).catch_unwind().map(loaded).boxed().shared();
            let computing = self.awaited.get_or_init(begin).clone();
            computing.map(|loaded| lock(&loaded).share())
        }
    }

    fn loaded<T: Clone>(outcome: thread::Result<Result<T>>) -> Arc<Mutex<Loaded<T>>> {
        let loaded = match outcome {
            Ok(outcome) => Loaded::new(outcome),
            Err(panic) => Loaded(Err(Some(Failure::Panic(panic)))),
        };
        Arc::new(Mutex::new(loaded))
    }
}
