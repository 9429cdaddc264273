//! [`Server`]: a local server that the program starts and stops itself.
//!
//! A process starts the server through a shell script, the watcher. Each user of the server holds a FIFO open
//! for writing, and the watcher reads from it. When the last user has exited or was killed, the watcher reads
//! the end of the FIFO, and stops the server. So no user has to be alive at that time.

mod user;

mod binary;

mod folder;

mod watcher;

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use self::{
    folder::{Folder, ServerState, UserLock, io_error},
    watcher::Purpose,
};
use crate::error::Result;

/// How long a server may be silent before a call fails.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The pause between two checks of a server that starts or stops.
const POLL: Duration = Duration::from_millis(2);

/// A local Valkey or Redis server with a unix socket that only its user can open.
///
/// The program is the one in the variable `REDIS_COLLECTIONS_SERVER`, else `valkey-server` or
/// `redis-server` on `PATH`, else one of these in `redis-collections/bin` of the user's cache folder.
///
/// Any number of `Server` values, in one process or in many, can use one server. It stops when the last of
/// them is dropped, or its process is killed.
///
/// ```
/// # use redis_collections::Server;
/// let server = Server::temporary()?;
/// let mut connection = redis::Client::open(server.url())?.get_connection()?;
/// let reply: String = redis::cmd("PING").query(&mut connection)?; // PING
/// assert_eq!(reply, "PONG");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Server {
    url: String,
    socket: PathBuf,
    pid: u32,
    user_lock: Option<UserLock>,
    watcher: Option<Child>,
    folder: Folder,
    _temporary: Option<TempDir>,
}

impl Server {
    /// Starts a server without persistence, in a temporary folder that is removed with it.
    ///
    /// # Errors
    ///
    /// [`NoServer`](crate::Error::NoServer) if no program is found, or if it does not start.
    pub fn temporary() -> Result<Self> {
        Self::temporary_with([""; 0])
    }

    /// Starts a temporary server with more command-line arguments.
    ///
    /// They come after the library's own arguments, so they can override these.
    ///
    /// # Errors
    ///
    /// Those of [`temporary`](Server::temporary).
    ///
    /// ```
    /// # use redis_collections::Server;
    /// let server = Server::temporary_with(["--requirepass", "secret"])?;
    /// let url = format!("{}?pass=secret", server.url());
    /// redis::Client::open(url)?.get_connection()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn temporary_with(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Self> {
        let base = folder::short_base();
        let temporary = folder::temporary_in(&base).map_err(io_error(&base))?;
        let folder = Folder::open(temporary.path())?;
        let arguments = arguments.into_iter().map(|word| word.as_ref().to_owned()).collect();
        Self::join(folder, &Purpose::Temporary { arguments }, Some(temporary))
    }

    /// Opens the server of the folder `dir`. Starts one with the folder's data if none runs.
    ///
    /// Any number of processes can open the same folder, and they share one server. The last of them stops
    /// it, and waits until it has exited. A write is on disk within a second of its reply, or when the
    /// server stops.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::Error::Io) if the folder cannot be used, [`NoServer`](crate::Error::NoServer) if no
    /// program is found, or if it does not start.
    ///
    /// ```
    /// # use redis_collections::Server;
    /// # let dir = tempfile::tempdir()?;
    /// let server = Server::open(dir.path().join("data"))?;
    /// let again = Server::open(dir.path().join("data"))?;
    /// assert_eq!(server.pid(), again.pid());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(dir: impl AsRef<Path>) -> Result<Self> {
        Self::join(Folder::open(dir.as_ref())?, &Purpose::Persistent, None)
    }

    /// Opens the server that all programs of this user share. [`Store::connect`](crate::Store::connect)
    /// uses it if `REDIS_URL` is not set.
    ///
    /// Its folder is the one in the variable `REDIS_COLLECTIONS_DIR`, else `redis-collections` in the user's
    /// data folder (`XDG_DATA_HOME`, else `~/.local/share`).
    ///
    /// # Errors
    ///
    /// Those of [`open`](Server::open), and [`NoServer`](crate::Error::NoServer) if the user has
    /// no data folder.
    pub fn shared() -> Result<Self> {
        Self::open(user::data_folder()?)
    }

    /// Returns the URL of the server, for [`Store::open`](crate::Store::open) or `redis::Client::open`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the path of the server's unix socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Returns the folder with the server's data and its log, `server.log`.
    pub fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the process id of the server.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Becomes a user of the server in `folder`, and starts it if necessary.
    fn join(folder: Folder, purpose: &Purpose, temporary: Option<TempDir>) -> Result<Self> {
        let lock = folder.lock()?;
        let user_lock = Some(folder.add_user()?);
        let mut server = Self {
            url: String::new(),
            socket: PathBuf::new(),
            pid: 0,
            user_lock,
            watcher: None,
            folder,
            _temporary: temporary,
        };
        let ready = server.wait_until_ready(purpose);
        // `drop` of a server that failed to start takes the same lock, so it must be free by then.
        drop(lock);
        ready.map(|()| server)
    }

    /// Waits for a server that replies, and starts one as soon as it is sure that none runs.
    fn wait_until_ready(&mut self, purpose: &Purpose) -> Result<()> {
        let mut deadline = Instant::now() + TIMEOUT;
        while Instant::now() < deadline {
            if self.watcher.is_none()
                && let Some(log) = self.folder.try_lock_log()?
            {
                self.watcher = Some(watcher::start(&self.folder, log, purpose)?);
            }
            match self.folder.server_state() {
                ServerState::Ready(pid, socket) => {
                    self.pid = pid;
                    self.url = folder::url(&socket);
                    self.socket = socket;
                    return Ok(());
                }
                ServerState::Loading => deadline = Instant::now() + TIMEOUT,
                ServerState::Silent => self.check_watcher()?,
            }
            thread::sleep(POLL);
        }
        Err(self.folder.failure(&format!("has not replied for {} s", TIMEOUT.as_secs())))
    }

    /// Fails if the server that this value started has exited.
    fn check_watcher(&mut self) -> Result<()> {
        let ended = self.watcher.as_mut().map_or(Ok(None), Child::try_wait);
        match ended.map_err(io_error(self.folder.path()))? {
            Some(_) => Err(self.folder.failure("stopped as soon as it was started")),
            None => Ok(()),
        }
    }

    /// Waits until the watcher has stopped the server. Returns whether the server has exited.
    fn wait_until_stopped(&self) -> bool {
        if self.stops_in_time() {
            return true;
        }
        // The watcher was killed, or an endless script keeps the server busy.
        self.folder.pid().is_some_and(watcher::kill) && self.stops_in_time()
    }

    fn stops_in_time(&self) -> bool {
        let deadline = Instant::now() + TIMEOUT;
        while self.folder.is_in_use() {
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(POLL);
        }
        true
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let lock = self.folder.lock();
        let is_last = self.user_lock.take().is_some_and(UserLock::release);
        let stopped = is_last && self.wait_until_stopped();
        drop(lock);
        if let Some(mut watcher) = self.watcher.take() {
            if stopped {
                let _ = watcher.wait();
            } else {
                // Other processes may use the server for long, but only its parent can wait for the watcher.
                let _ = thread::Builder::new().spawn(move || watcher.wait());
            }
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("url", &self.url)
            .field("pid", &self.pid)
            .finish_non_exhaustive()
    }
}
