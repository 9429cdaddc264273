//! [`SharedLoad`]: one question to Redis for all who ask it at the same time.

use std::{
    any::Any,
    fmt,
    panic::resume_unwind,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::error::{Error, Result};

/// One question to Redis for all who ask it at the same time.
///
/// If it fails, one of them is told, and each of the others asks for itself.
pub struct SharedLoad<T> {
    blocking: Mutex<Option<Answer<T>>>,
    #[cfg(feature = "aio")]
    awaited: awaited::Question<T>,
}

/// What was answered, or why nothing was, until somebody has been told.
struct Answer<T>(Result<T, Option<Failure>>);

enum Failure {
    Error(Error),
    /// Whoever asked has panicked with this.
    #[cfg_attr(not(feature = "aio"), expect(dead_code, reason = "who blocks panics at once"))]
    Panic(Box<dyn Any + Send>),
}

impl<T: Clone> SharedLoad<T> {
    /// Blocks until the question has been answered; the first who comes asks it. None if it failed,
    /// and another has been told.
    pub(crate) fn wait(&self, ask: impl FnOnce() -> Result<T>) -> Option<Result<T>> {
        lock(&self.blocking).get_or_insert_with(|| Answer::new(ask())).share()
    }
}

impl<T: Clone> Answer<T> {
    fn new(answer: Result<T>) -> Self {
        Answer(answer.map_err(|error| Some(Failure::Error(error))))
    }

    /// The answer for one more of those who wait.
    fn share(&mut self) -> Option<Result<T>> {
        match &mut self.0 {
            Ok(answer) => Some(Ok(answer.clone())),
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
            awaited: awaited::Question::default(),
        }
    }
}

impl<T> fmt::Debug for SharedLoad<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedLoad").finish_non_exhaustive()
    }
}

fn lock<T>(answer: &Mutex<T>) -> MutexGuard<'_, T> {
    answer.lock().unwrap_or_else(PoisonError::into_inner)
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

    use super::{Answer, Failure, SharedLoad, lock};
    use crate::error::Result;

    /// The question once it is asked. Whoever waits drives it on: one who is dropped, or who is not
    /// polled any more, holds up nobody.
    pub(super) type Question<T> = OnceLock<Shared<BoxFuture<'static, Arc<Mutex<Answer<T>>>>>>;

    impl<T: Clone + Send + 'static> SharedLoad<T> {
        /// Waits as [`wait`](Flight::wait) does.
        pub(crate) fn join<A, F>(
            &self,
            ask: A,
        ) -> impl Future<Output = Option<Result<T>>> + Send + use<T, A, F>
        where
            A: FnOnce() -> F,
            F: Future<Output = Result<T>> + Send + 'static,
        {
            // One who panicked while driving it would leave the others waiting for ever.
            let ask = || AssertUnwindSafe(ask()).catch_unwind().map(answer).boxed().shared();
            let question = self.awaited.get_or_init(ask).clone();
            question.map(|answer| lock(&answer).share())
        }
    }

    fn answer<T: Clone>(outcome: thread::Result<Result<T>>) -> Arc<Mutex<Answer<T>>> {
        let answer = match outcome {
            Ok(answer) => Answer::new(answer),
            Err(panic) => Answer(Err(Some(Failure::Panic(panic)))),
        };
        Arc::new(Mutex::new(answer))
    }
}
