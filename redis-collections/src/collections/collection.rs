//! [`KeyHandle`] and [`Collection`]: the calls that every collection has.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use redis::Value;

use crate::{
    command::{Key, Request, Script, reply},
    error::Result,
    store::Executor,
};

/// Renames a key, and returns whether it existed.
static RENAME: Script = Script::once("RENAME", include_str!("scripts/rename.lua"));

/// An executor at a key.
#[derive(Clone, Debug)]
pub struct KeyHandle<E> {
    executor: E,
    site: KeySite,
}

/// A key, and the options of the collection there.
#[derive(Clone, Debug)]
pub struct KeySite {
    /// The key.
    pub(crate) key: Key,
    /// The options of the collection there.
    pub(crate) options: Options,
}

/// The options that a collection was opened with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The maximum length of a deque.
    pub(crate) maxlen: Option<usize>,
    /// The maximum number of entries that a dictionary keeps in memory.
    pub(crate) maxsize: Option<usize>,
    /// The encoded default of a default dictionary, or the reason why it could not be encoded.
    pub(crate) default: Option<Result<Arc<[u8]>, Arc<str>>>,
}

impl<E: Executor> KeyHandle<E> {
    /// Returns a handle at the collection called `name` in the executor's namespace.
    pub fn of_name(executor: &E, name: &str) -> Self {
        Self::new(executor, Key::of_name(executor.namespace(), name))
    }

    /// Returns a handle at `key`.
    pub fn new(executor: &E, key: Key) -> Self {
        Self::of_site(executor, KeySite { key, options: Options::default() })
    }

    /// Returns a handle at `site`.
    pub fn of_site(executor: &E, site: KeySite) -> Self {
        KeyHandle { executor: executor.clone(), site }
    }

    /// Returns the key.
    pub fn key(&self) -> &Key {
        &self.site.key
    }

    /// Returns the key and the options of the collection.
    pub fn site(&self) -> &KeySite {
        &self.site
    }

    /// Returns the executor.
    pub fn executor(&self) -> &E {
        &self.executor
    }

    /// Returns a handle at the same key on another `executor`, with the codec of this one.
    pub fn on<F: Executor>(&self, executor: &F) -> KeyHandle<F::With<E::Codec>> {
        KeyHandle { executor: executor.with(), site: self.site.clone() }
    }

    /// Starts a command that only reads the key.
    pub fn read(&self, name: &'static str) -> Request {
        Request::read(name, self.key())
    }

    /// Starts a write of the key whose state and reply are the same if it is repeated.
    pub fn idempotent(&self, name: &'static str) -> Request {
        Request::idempotent(name, self.key())
    }

    /// Starts a write of the key that must not be repeated.
    pub fn once(&self, name: &'static str) -> Request {
        Request::once(name, self.key())
    }

    /// Starts a call of `script` on the key.
    pub fn script(&self, script: &'static Script) -> Request {
        Request::script(script, [self.key()])
    }

    /// Sends `request`, and reads the reply with `read`.
    pub fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        self.executor.run(request, read)
    }

    /// Sends `requests` in as few transactions as the size of a chunk allows, or nothing if there
    /// are no requests.
    pub(crate) fn run_all(&self, mut requests: Vec<Request>) -> E::Reply<'static, ()> {
        match requests.len() {
            0 => self.ready(Ok(())),
            1 => self.run(requests.remove(0), reply::unit),
            _ => self.run(Request::chunks(requests), reply::unit),
        }
    }

    /// Returns `answer` as the `Reply` of a call. Sends nothing.
    pub fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> E::Reply<'a, T> {
        self.executor.ready(answer)
    }

    /// Returns the options of the collection.
    pub(crate) fn options(&self) -> &Options {
        &self.site.options
    }

    /// Returns the same handle with other `options`.
    pub(crate) fn with_options(self, options: Options) -> Self {
        KeyHandle { site: KeySite { options, ..self.site }, ..self }
    }
}

/// The calls that every collection has, since it is one Redis key.
///
/// Methods return `E::Reply<T>`: a [`Result<T>`](crate::Result) on [`Store`](crate::Store), a
/// future of one on [`aio::Store`](crate::aio::Store), and a [`Ticket<T>`](crate::Ticket) on a
/// [`Batch`](crate::Batch).
///
/// ```
/// # use std::time::Duration;
/// # use redis_collections::{Collection, Dict, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// ages.set("ada", &36)?; //                             HSET ages "ada" 36
///
/// ages.expire(Duration::from_secs(60))?; //             PEXPIRE ages 60000
/// assert!(ages.ttl()?.is_some()); //                    PTTL ages
/// assert!(ages.clear()?); //                            UNLINK ages
/// assert!(!ages.exists()?); //                          EXISTS ages
/// # Ok::<_, redis_collections::Error>(())
/// ```
///
/// # Stalls
///
/// A server runs one command or script at a time, and all other clients wait. Where a call on a
/// large collection blocks the server for more than 100 ms, its documentation gives the time: the
/// longest wait of another client, measured with numbers of four bytes on a Valkey 9.1.2 on two
/// cores. [docs/stalls.md] has the figures of all calls.
///
/// [docs/stalls.md]: https://github.com/redis-collections/redis-collections/blob/main/docs/stalls.md
pub trait Collection<E: Executor>: Sized {
    /// Returns the collection at `handle`. Sends nothing.
    #[doc(hidden)]
    fn from_handle(handle: KeyHandle<E>) -> Self;

    /// Returns the handle of the collection.
    #[doc(hidden)]
    fn handle(&self) -> &KeyHandle<E>;

    /// Returns whether the collection has any element: an empty collection is a missing key.
    ///
    /// `EXISTS`, O(1).
    fn exists(&self) -> E::Reply<'static, bool> {
        self.handle().run(self.handle().read("EXISTS"), reply::flag)
    }

    /// Removes every element, and returns whether there were any.
    ///
    /// `UNLINK`, O(1); the server frees the memory in the background.
    fn clear(&self) -> E::Reply<'static, bool> {
        self.handle().run(self.handle().once("UNLINK"), reply::flag)
    }

    /// Renames the collection to `name`, and returns whether it existed.
    ///
    /// It replaces a collection with that name. This handle keeps the old name. The time to live
    /// moves with the collection.
    ///
    /// `EXISTS` + `RENAME` in one script, O(1).
    fn rename(&self, name: &str) -> E::Reply<'static, bool> {
        let to = Key::of_name(self.handle().executor().namespace(), name);
        let request = Request::script(&RENAME, [self.handle().key(), &to]);
        self.handle().run(request, reply::flag)
    }

    /// Copies the collection to `name`, and returns whether it existed.
    ///
    /// The copy replaces a collection with that name, and has the same time to live. A copy to the
    /// collection's own name changes nothing.
    ///
    /// `COPY … REPLACE`, O(n).
    /// Copying a sorted set of 1,000,000 members blocks the server for about 300 ms
    /// ([measured](crate::Collection#stalls)).
    fn copy_to(&self, name: &str) -> E::Reply<'static, bool> {
        let to = Key::of_name(self.handle().executor().namespace(), name);
        if to == *self.handle().key() {
            return self.exists();
        }
        let request = self.handle().idempotent("COPY").key(&to).arg("REPLACE");
        self.handle().run(request, reply::flag)
    }

    /// Sets a time to live, in milliseconds; returns `false` if there is no collection.
    ///
    /// `PEXPIRE`, O(1).
    fn expire(&self, time: Duration) -> E::Reply<'static, bool> {
        let request = self.handle().once("PEXPIRE").arg(millis(time));
        self.handle().run(request, reply::flag)
    }

    /// Sets the time at which the collection expires, in milliseconds; returns `false` if there is
    /// no collection.
    ///
    /// `PEXPIREAT`, O(1).
    fn expire_at(&self, time: SystemTime) -> E::Reply<'static, bool> {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let request = self.handle().once("PEXPIREAT").arg(millis(since));
        self.handle().run(request, reply::flag)
    }

    /// Removes the time to live, and returns whether there was one.
    ///
    /// `PERSIST`, O(1).
    fn persist(&self) -> E::Reply<'static, bool> {
        self.handle().run(self.handle().once("PERSIST"), reply::flag)
    }

    /// Returns the remaining time to live, or `None` if the collection does not expire.
    ///
    /// `PTTL`, O(1).
    fn ttl(&self) -> E::Reply<'static, Option<Duration>> {
        self.handle().run(self.handle().read("PTTL"), |answer| {
            Ok(u64::try_from(reply::int(answer)?).ok().map(Duration::from_millis))
        })
    }
}

/// Returns `time` in milliseconds, at most 146 million years: servers add it to the time since
/// 1970, and refuse a sum beyond 63 bits.
pub(crate) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX).min(i64::MAX / 2)
}
