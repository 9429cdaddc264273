//! [`Server`]: a local server that the program starts and stops itself.
//!
//! Whoever starts a server starts it beneath a shell, the watcher, whose stdin is a pipe that every
//! user of the server holds open. The system closes it when the last user has gone, however that
//! came about, and the watcher then stops the server: no user has to be alive for it.

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
    folder::{Answer, Folder, Seat, at},
    watcher::Purpose,
};
use crate::error::Result;

/// How long a server may be silent before it counts as broken.
const PATIENCE: Duration = Duration::from_secs(10);
/// The pause between two looks at a server that is coming or going.
const POLL: Duration = Duration::from_millis(2);

/// A local Valkey or Redis server, reached through a unix socket that only its user can open.
///
/// The program is the one that `REDIS_COLLECTIONS_SERVER` names, else `valkey-server` or
/// `redis-server` on `PATH`, else the one in `redis-collections/bin` of the user's cache folder.
/// It is stopped when the last `Server` that uses it is dropped, also when its owner is killed.
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
    seat: Option<Seat>,
    watcher: Option<Child>,
    folder: Folder,
    _temporary: Option<TempDir>,
}

impl Server {
    /// Starts a server that keeps nothing on disk, in a temporary folder that goes with it.
    ///
    /// # Errors
    ///
    /// [`NoServer`](crate::Error::NoServer) if no program is found, or if it does not start.
    pub fn temporary() -> Result<Self> {
        Self::temporary_with([""; 0])
    }

    /// Starts a temporary server with more arguments for its command line.
    ///
    /// They are heard last, so they can overrule what a temporary server begins with.
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
        let temporary = folder::temporary_in(&base).map_err(at(&base))?;
        let folder = Folder::open(temporary.path())?;
        let arguments = arguments.into_iter().map(|word| word.as_ref().to_owned()).collect();
        Self::join(folder, &Purpose::Temporary { arguments }, Some(temporary))
    }

    /// Opens the server of the folder `dir`: the one that runs there, or a new one with the data
    /// that the last one left.
    ///
    /// Any number of processes can open the same folder, and they share one server; the last one
    /// out stops it and waits until it has gone. Every write is in the folder within a second of
    /// its answer, and at once when the server stops.
    ///
    /// ```
    /// # use redis_collections::Server;
    /// # let dir = tempfile::tempdir()?;
    /// let server = Server::open(dir.path().join("data"))?;
    /// let again = Server::open(dir.path().join("data"))?;
    /// assert_eq!(server.pid(), again.pid());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Io`](crate::Error::Io) if the folder cannot be used, [`NoServer`](crate::Error::NoServer)
    /// if no program is found, or if it does not start.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self> {
        Self::join(Folder::open(dir.as_ref())?, &Purpose::Persistent, None)
    }

    /// Opens the server that all programs of this user share: what
    /// [`Store::connect`](crate::Store::connect) uses where `REDIS_URL` is not set.
    ///
    /// Its folder is the one that `REDIS_COLLECTIONS_DIR` names, else `redis-collections` in the
    /// user's data folder (`XDG_DATA_HOME`, else `~/.local/share`).
    ///
    /// # Errors
    ///
    /// Those of [`open`](Server::open), and [`NoServer`](crate::Error::NoServer) if the user has
    /// no data folder.
    pub fn shared() -> Result<Self> {
        Self::open(user::data()?)
    }

    /// The address of the server, as `redis::Client::open` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The path of the server's unix socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The folder with the server's data and its log, `server.log`.
    pub fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The id of the server's process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Takes a seat in `folder`, and starts the server if it does not run.
    fn join(folder: Folder, purpose: &Purpose, temporary: Option<TempDir>) -> Result<Self> {
        let turn = folder.turn()?;
        let seat = Some(folder.seat()?);
        let mut server = Self {
            url: String::new(),
            socket: PathBuf::new(),
            pid: 0,
            seat,
            watcher: None,
            folder,
            _temporary: temporary,
        };
        let arrival = server.arrive(purpose);
        // The turn goes before the server does, whose `Drop` takes it too.
        drop(turn);
        arrival.map(|()| server)
    }

    /// Waits for a server that answers, and starts one as soon as it is certain that none runs.
    fn arrive(&mut self, purpose: &Purpose) -> Result<()> {
        let mut deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if self.watcher.is_none()
                && let Some(log) = self.folder.claim()?
            {
                self.watcher = Some(watcher::start(&self.folder, log, purpose)?);
            }
            match self.folder.ask() {
                Answer::Ready(pid, socket) => {
                    self.pid = pid;
                    self.url = folder::url(&socket);
                    self.socket = socket;
                    return Ok(());
                }
                Answer::Loading => deadline = Instant::now() + PATIENCE,
                Answer::None => self.still_runs()?,
            }
            thread::sleep(POLL);
        }
        Err(self.folder.failure(&format!("does not answer for {} s", PATIENCE.as_secs())))
    }

    /// Fails if the server that this value has started has ended already.
    fn still_runs(&mut self) -> Result<()> {
        let ended = self.watcher.as_mut().map_or(Ok(None), Child::try_wait);
        match ended.map_err(at(self.folder.path()))? {
            Some(_) => Err(self.folder.failure("stopped as soon as it was started")),
            None => Ok(()),
        }
    }

    /// Waits until the server has gone, which the watcher has been told to see to.
    fn wait_until_gone(&self) -> bool {
        if self.is_gone_in_time() {
            return true;
        }
        // Someone killed the watcher, or a script that never ends keeps the server busy.
        self.folder.pid().is_some_and(watcher::kill) && self.is_gone_in_time()
    }

    fn is_gone_in_time(&self) -> bool {
        let deadline = Instant::now() + PATIENCE;
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
        let turn = self.folder.turn();
        let last = self.seat.take().is_some_and(Seat::leave);
        let gone = last && self.wait_until_gone();
        drop(turn);
        if let Some(mut watcher) = self.watcher.take() {
            if gone {
                let _ = watcher.wait();
            } else {
                // Others may use the server for long, and nobody else can wait for its watcher.
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
