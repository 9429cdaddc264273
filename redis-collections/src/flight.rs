//! [`Flight`]: one question to Redis for all who ask it at the same time.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{Error, Result};

/// One question to Redis for all who ask it at the same time.
///
/// If it fails, one of them is told, and each of the others asks for itself.
pub struct Flight<T> {
    blocking: Mutex<Option<Answer<T>>>,
    #[cfg(feature = "aio")]
    awaited: awaited::Question<T>,
}

/// What was answered, or why nothing was, until somebody has been told.
struct Answer<T>(Result<T, Option<Error>>);

impl<T: Clone> Flight<T> {
    /// Blocks until the question has been answered; the first who comes asks it. None if it failed,
    /// and another has been told.
    pub(crate) fn wait(&self, ask: impl FnOnce() -> Result<T>) -> Option<Result<T>> {
        lock(&self.blocking).get_or_insert_with(|| Answer::new(ask())).share()
    }
}

impl<T: Clone> Answer<T> {
    fn new(answer: Result<T>) -> Self {
        Answer(answer.map_err(Some))
    }

    /// The answer for one more of those who wait.
    fn share(&mut self) -> Option<Result<T>> {
        match &mut self.0 {
            Ok(answer) => Some(Ok(answer.clone())),
            Err(error) => error.take().map(Err),
        }
    }
}

impl<T> Default for Flight<T> {
    fn default() -> Self {
        Flight {
            blocking: Mutex::default(),
            #[cfg(feature = "aio")]
            awaited: awaited::Question::default(),
        }
    }
}

impl<T> fmt::Debug for Flight<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flight").finish_non_exhaustive()
    }
}

fn lock<T>(answer: &Mutex<T>) -> MutexGuard<'_, T> {
    answer.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(feature = "aio")]
mod awaited {
    use std::{
        future::Future,
        sync::{Arc, Mutex, OnceLock},
    };

    use futures_util::future::{BoxFuture, FutureExt, Shared};

    use super::{Answer, Flight, lock};
    use crate::Result;

    /// The question once it is asked. Whoever waits drives it on: one who is dropped, or who is not
    /// polled any more, holds up nobody.
    pub(super) type Question<T> = OnceLock<Shared<BoxFuture<'static, Arc<Mutex<Answer<T>>>>>>;

    impl<T: Clone + Send + 'static> Flight<T> {
        /// Waits as [`wait`](Flight::wait) does.
        pub(crate) fn join<A, F>(
            &self,
            ask: A,
        ) -> impl Future<Output = Option<Result<T>>> + Send + use<T, A, F>
        where
            A: FnOnce() -> F,
            F: Future<Output = Result<T>> + Send + 'static,
        {
            let answer = |answer| Arc::new(Mutex::new(Answer::new(answer)));
            let question = self.awaited.get_or_init(|| ask().map(answer).boxed().shared()).clone();
            question.map(|answer| lock(&answer).share())
        }
    }
}
