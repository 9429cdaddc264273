//! [`KeyHandle`] and [`Collection`]: all that is true of any key.

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

/// Renames a key, and tells whether there was one.
static RENAME: Script = Script::once("RENAME", include_str!("scripts/rename.lua"));

/// A key, and the way to reach it.
#[derive(Clone, Debug)]
pub struct KeyHandle<E> {
    executor: E,
    site: KeySite,
}

/// A key, and what the collection there was opened with.
#[derive(Clone, Debug)]
pub struct KeySite {
    /// The key.
    pub(crate) key: Key,
    /// What the collection was opened with.
    pub(crate) options: Options,
}

/// What a collection was opened with, beside its name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// How many elements a deque holds at the most.
    pub(crate) maxlen: Option<usize>,
    /// How many entries a dictionary keeps in memory at the most.
    pub(crate) maxsize: Option<usize>,
    /// The encoded value that a missing key of a default dictionary has, or why there is none.
    pub(crate) default: Option<Result<Arc<[u8]>, Arc<str>>>,
}

impl<E: Executor> KeyHandle<E> {
    /// The place of the collection called `name` in the executor's namespace.
    pub fn of_name(executor: &E, name: &str) -> Self {
        Self::new(executor, Key::of_name(executor.namespace(), name))
    }

    /// The place at `key`.
    pub fn new(executor: &E, key: Key) -> Self {
        Self::of_site(executor, KeySite { key, options: Options::default() })
    }

    /// The place at `site`.
    pub fn of_site(executor: &E, site: KeySite) -> Self {
        KeyHandle { executor: executor.clone(), site }
    }

    /// The key.
    pub fn key(&self) -> &Key {
        &self.site.key
    }

    /// The key, and what the collection was opened with.
    pub fn site(&self) -> &KeySite {
        &self.site
    }

    /// The way to reach it.
    pub fn executor(&self) -> &E {
        &self.executor
    }

    /// The same place, reached through `executor` with this one's codec.
    pub fn on<F: Executor>(&self, executor: &F) -> KeyHandle<F::With<E::Codec>> {
        KeyHandle { executor: executor.with(), site: self.site.clone() }
    }

    /// Starts a command on the key that only reads.
    pub fn read(&self, name: &'static str) -> Request {
        Request::read(name, self.key())
    }

    /// Starts a write on the key that gives the same state and answer when it is repeated.
    pub fn idempotent(&self, name: &'static str) -> Request {
        Request::idempotent(name, self.key())
    }

    /// Starts a write on the key that must not be repeated.
    pub fn once(&self, name: &'static str) -> Request {
        Request::once(name, self.key())
    }

    /// Starts a call of `script` on the key.
    pub fn script(&self, script: &'static Script) -> Request {
        Request::script(script, [self.key()])
    }

    /// Carries out `request`, and reads the answer with `read`.
    pub fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> E::Reply<'a, T> {
        self.executor.run(request, read)
    }

    /// Carries out `requests` in as few transactions as the size of a chunk allows; sends nothing if
    /// there are none.
    pub(crate) fn run_all(&self, mut requests: Vec<Request>) -> E::Reply<'static, ()> {
        match requests.len() {
            0 => self.ready(Ok(())),
            1 => self.run(requests.remove(0), reply::unit),
            _ => self.run(Request::chunks(requests), reply::unit),
        }
    }

    /// Gives `answer` without asking the server.
    pub fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> E::Reply<'a, T> {
        self.executor.ready(answer)
    }

    /// What the collection was opened with.
    pub(crate) fn options(&self) -> &Options {
        &self.site.options
    }

    /// The same place for a collection that was opened with `options`.
    pub(crate) fn with_options(self, options: Options) -> Self {
        KeyHandle { site: KeySite { options, ..self.site }, ..self }
    }
}

/// A collection that lives at one key: what Redis can do to any key.
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
pub trait Collection<E: Executor>: Sized {
    /// The collection at `handle`. Sends nothing.
    #[doc(hidden)]
    fn from_handle(handle: KeyHandle<E>) -> Self;

    /// Where the collection is.
    #[doc(hidden)]
    fn handle(&self) -> &KeyHandle<E>;

    /// Returns whether there is anything in the collection: an empty one is a missing key.
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

    /// Moves the collection to `name`, over what stands there, and returns whether there was one.
    ///
    /// This handle stays at the old name. The time to live moves with the collection.
    ///
    /// `EXISTS` + `RENAME` in one script, O(1).
    fn rename(&self, name: &str) -> E::Reply<'static, bool> {
        let to = Key::of_name(self.handle().executor().namespace(), name);
        let request = Request::script(&RENAME, [self.handle().key(), &to]);
        self.handle().run(request, reply::flag)
    }

    /// Copies the collection to `name`, over what stands there, and returns whether there was one.
    ///
    /// The time to live is copied too. A copy to its own name changes nothing.
    ///
    /// `COPY … REPLACE`, O(n).
    /// Of 1,000,000 entries it stalls the server for some 300 ms at the most.
    fn copy_to(&self, name: &str) -> E::Reply<'static, bool> {
        let to = Key::of_name(self.handle().executor().namespace(), name);
        if to == *self.handle().key() {
            return self.exists();
        }
        let request = self.handle().idempotent("COPY").key(&to).arg("REPLACE");
        self.handle().run(request, reply::flag)
    }

    /// Lets the collection vanish after `time` (to the millisecond), and returns whether there is one.
    ///
    /// `PEXPIRE`, O(1).
    fn expire(&self, time: Duration) -> E::Reply<'static, bool> {
        let request = self.handle().once("PEXPIRE").arg(millis(time));
        self.handle().run(request, reply::flag)
    }

    /// Lets the collection vanish at `time` (to the millisecond), and returns whether there is one.
    ///
    /// `PEXPIREAT`, O(1).
    fn expire_at(&self, time: SystemTime) -> E::Reply<'static, bool> {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let request = self.handle().once("PEXPIREAT").arg(millis(since));
        self.handle().run(request, reply::flag)
    }

    /// Lets the collection stay for ever, and returns whether it had a time to live.
    ///
    /// `PERSIST`, O(1).
    fn persist(&self) -> E::Reply<'static, bool> {
        self.handle().run(self.handle().once("PERSIST"), reply::flag)
    }

    /// Returns how long the collection stays, if it does not stay for ever.
    ///
    /// `PTTL`, O(1).
    fn ttl(&self) -> E::Reply<'static, Option<Duration>> {
        self.handle().run(self.handle().read("PTTL"), |answer| {
            Ok(u64::try_from(reply::int(answer)?).ok().map(Duration::from_millis))
        })
    }
}

/// A time as Redis takes it. What is longer than 146 million years is as long as that: servers add
/// it to what has passed since 1970, and refuse a sum beyond 63 bits.
pub(crate) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX).min(i64::MAX / 2)
}
