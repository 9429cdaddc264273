//! [`Deque`]: a double-ended queue in one Redis list, optionally of a limited length.

use std::{borrow::Borrow, fmt, ops::Deref, time::Duration};

use crate::{
    codec::{Codec, Lookup},
    collections::{
        Collection, KeyHandle, Options, Sequence,
        operand::{Sealed, Side},
    },
    command::{Request, Script, reply},
    store::{Connected, Executor, Store, WaitTimeout},
};

static PUSH_FRONT: Script = Script::once("LPUSH", include_str!("scripts/deque_push_front.lua"));
static ROTATE: Script = Script::once("LRANGE", include_str!("scripts/deque_rotate.lua"));

/// A double-ended queue, kept in one Redis list.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`], a future of one on
/// [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// The methods are named after those of [`VecDeque`](std::collections::VecDeque). A call is one
/// round trip and atomic, unless its documentation says otherwise. The calls by index are those of
/// [`Sequence`].
///
/// With a [`maxlen`](Deque::with_maxlen), pushing to a full deque removes elements from the other
/// end, atomically on the server: no client ever sees more elements.
///
/// ```
/// # use redis_collections::{Deque, Store};
/// # let store = Store::temporary()?;
/// let lines: Deque<String> = Deque::open(&store, "lines").with_maxlen(2);
///
/// lines.push_back("one")?; //                                 RPUSH + LTRIM in one script
/// lines.extend(["two", "three"].map(String::from))?; //       RPUSH + LTRIM in one script
/// assert_eq!(lines.to_vec()?, ["two", "three"]); //           LRANGE lines 0 -1
///
/// lines.rotate_left(1)?; //                                   RPUSH + LTRIM in one script
/// assert_eq!(lines.pop_front()?.as_deref(), Some("three")); // LPOP lines
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Deque<T, E = Store> {
    sequence: Sequence<T, E>,
}

impl<T, E: Executor> Deque<T, E> {
    /// Opens the deque called `name`. Sends nothing; the first call reports an invalid name.
    pub fn open(executor: &E, name: &str) -> Self {
        Self::from_handle(KeyHandle::of_name(executor, name))
    }

    /// Limits the deque to `maxlen` elements, for calls on this handle. Sends nothing: the next
    /// call that adds an element removes surplus ones.
    #[must_use]
    pub fn with_maxlen(self, maxlen: usize) -> Self {
        let options = Options { maxlen: Some(maxlen), ..self.handle().options().clone() };
        Self::from_handle(self.handle().clone().with_options(options))
    }

    /// Returns the same deque, reached through `executor`. Sends nothing.
    pub fn on<F: Executor>(&self, executor: &F) -> Deque<T, F::With<E::Codec>> {
        Deque::from_handle(self.handle().on(executor))
    }

    /// Returns the maximum length of the deque, if it is limited. Sends nothing.
    pub fn maxlen(&self) -> Option<usize> {
        self.handle().options().maxlen
    }
}

impl<T, E> Deque<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: Codec<T>,
{
    /// Returns the first element, if there is one.
    ///
    /// `LINDEX`, O(1).
    pub fn front(&self) -> E::Reply<'static, Option<T>> {
        self.get(0)
    }

    /// Returns the last element, if there is one.
    ///
    /// `LINDEX`, O(1).
    pub fn back(&self) -> E::Reply<'static, Option<T>> {
        self.get(-1)
    }

    /// Appends `value`, and returns the new length; a full deque loses its first element.
    ///
    /// `RPUSH`, with a maxlen `RPUSH` + `LTRIM` in one script, O(1).
    pub fn push_back(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, usize> {
        let request = self.append().value::<E::Codec, T>(value);
        self.handle().run(request, reply::size)
    }

    /// Inserts `value` before the first element, and returns the new length; a full deque loses its
    /// last element.
    ///
    /// `LPUSH`, with a maxlen `LPUSH` + `LTRIM` in one script, O(1).
    pub fn push_front(
        &self,
        value: &(impl Lookup<T, E::Codec> + ?Sized),
    ) -> E::Reply<'static, usize> {
        let request = self.prepend().value::<E::Codec, T>(value);
        self.handle().run(request, reply::size)
    }

    /// Removes the last element, and returns it, if there is one.
    ///
    /// `RPOP`, O(1).
    pub fn pop_back(&self) -> E::Reply<'static, Option<T>> {
        self.handle().run(self.handle().once("RPOP"), reply::optional_value::<E::Codec, T>)
    }

    /// Removes the first element, and returns it, if there is one.
    ///
    /// `LPOP`, O(1).
    pub fn pop_front(&self) -> E::Reply<'static, Option<T>> {
        self.handle().run(self.handle().once("LPOP"), reply::optional_value::<E::Codec, T>)
    }

    /// Removes the first element, and returns it; waits for one until `timeout` has passed if the
    /// deque is empty.
    ///
    /// Calls that have waited longer are served first. A `timeout` of zero does not wait, and
    /// [`Duration::MAX`] waits without a limit; a half-open connection is noticed only after the
    /// timeout. The call uses a separate connection, so other calls of the store are not blocked.
    ///
    /// A popped element can be lost if the connection breaks at that moment, which is
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), or if an awaited call is dropped at that
    /// moment.
    ///
    /// `BLPOP`, O(1); `LPOP` if it does not wait.
    ///
    /// ```
    /// # use std::{thread, time::Duration};
    /// # use redis_collections::{Deque, Store};
    /// # let store = Store::temporary()?;
    /// let jobs: Deque<String> = Deque::open(&store, "jobs");
    ///
    /// let worker = jobs.clone();
    /// let worker = thread::spawn(move || worker.pop_front_wait(Duration::from_secs(10)));
    /// jobs.push_back("sweep")?; //                                     RPUSH jobs "sweep"
    /// assert_eq!(worker.join().unwrap()?.as_deref(), Some("sweep")); // BLPOP jobs 10.000
    ///
    /// assert_eq!(jobs.pop_front_wait(Duration::from_millis(5))?, None); // BLPOP jobs 0.005
    /// # Ok::<_, redis_collections::Error>(())
    /// ```
    pub fn pop_front_wait(&self, timeout: Duration) -> E::Reply<'static, Option<T>>
    where
        E: Connected,
    {
        if timeout.is_zero() { self.pop_front() } else { self.wait("BLPOP", timeout) }
    }

    /// Removes the last element, and returns it; waits for one until `timeout` has passed if the
    /// deque is empty.
    ///
    /// Works like [`pop_front_wait`](Deque::pop_front_wait).
    ///
    /// `BRPOP`, O(1); `RPOP` if it does not wait.
    pub fn pop_back_wait(&self, timeout: Duration) -> E::Reply<'static, Option<T>>
    where
        E: Connected,
    {
        if timeout.is_zero() { self.pop_back() } else { self.wait("BRPOP", timeout) }
    }

    /// Appends all of `values`; a full deque loses its first elements.
    ///
    /// `RPUSH` with 500 values each, O(number of values), in one transaction for each 10,000
    /// values or 1 MiB; with a maxlen `RPUSH` + `LTRIM` in a script.
    pub fn extend<V: Borrow<T>>(
        &self,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        self.push_all(|| self.append(), values)
    }

    /// Inserts all of `values` before the first element, one by one, so that the last value becomes
    /// the first element; a full deque loses its last elements.
    ///
    /// `LPUSH` with 500 values each, O(number of values), in one transaction for each 10,000
    /// values or 1 MiB; with a maxlen `LPUSH` + `LTRIM` in a script.
    pub fn extend_front<V: Borrow<T>>(
        &self,
        values: impl IntoIterator<Item = V>,
    ) -> E::Reply<'static, ()> {
        self.push_all(|| self.prepend(), values)
    }

    /// Moves `count` elements from the front to the back, one by one.
    ///
    /// [`VecDeque`](std::collections::VecDeque) panics if there are fewer; this call wraps around.
    ///
    /// `RPUSH` + `LTRIM`, or `LPUSH` + `LTRIM`, in one script, O(length of the shorter side).
    /// Moving 500,000 of 1,000,000 elements blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn rotate_left(&self, count: usize) -> E::Reply<'static, ()> {
        self.handle().run(self.handle().script(&ROTATE).arg(count), reply::unit)
    }

    /// Moves `count` elements from the back to the front, one by one.
    ///
    /// [`VecDeque`](std::collections::VecDeque) panics if there are fewer; this call wraps around.
    ///
    /// `LPUSH` + `LTRIM`, or `RPUSH` + `LTRIM`, in one script, O(length of the shorter side).
    /// Moving 500,000 of 1,000,000 elements blocks the server for about 200 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn rotate_right(&self, count: usize) -> E::Reply<'static, ()> {
        self.handle().run(self.handle().script(&ROTATE).arg(format!("-{count}")), reply::unit)
    }

    fn wait(&self, command: &'static str, timeout: Duration) -> E::Reply<'static, Option<T>>
    where
        E: Connected,
    {
        let timeout = WaitTimeout::of(timeout);
        let request = self.handle().once(command).arg(timeout.seconds());
        self.handle().executor().wait(request, timeout, |answer| {
            let popped = reply::optional_pair(answer, reply::bytes, reply::value::<E::Codec, T>)?;
            Ok(popped.map(|(_, value)| value))
        })
    }

    /// Starts a request that inserts values before the first; a script if the deque has a maxlen.
    fn prepend(&self) -> Request {
        match self.maxlen() {
            Some(maxlen) => self.handle().script(&PUSH_FRONT).arg(maxlen),
            None => self.handle().once("LPUSH"),
        }
    }
}

impl<T, E: Executor> Collection<E> for Deque<T, E> {
    fn from_handle(handle: KeyHandle<E>) -> Self {
        Deque { sequence: Sequence::from_handle(handle) }
    }

    fn handle(&self) -> &KeyHandle<E> {
        self.sequence.handle()
    }
}

impl<T, E> Deref for Deque<T, E> {
    type Target = Sequence<T, E>;

    fn deref(&self) -> &Sequence<T, E> {
        &self.sequence
    }
}

impl<T, E> Sealed<Sequence<T, E>, E> for Deque<T, E> {
    fn side(&self) -> Side<'_, E> {
        Sealed::<Sequence<T, E>, E>::side(&**self)
    }
}

impl<T, E: Executor> Clone for Deque<T, E> {
    fn clone(&self) -> Self {
        Self::from_handle(self.handle().clone())
    }
}

impl<T, E: Executor> fmt::Debug for Deque<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Deque").field(self.handle().key()).finish()
    }
}
