//! The folder of a server: its locks, its socket, its log.
//!
//! | file | purpose |
//! |---|---|
//! | `server.lock` | locked by a process while it joins or leaves |
//! | `users.lock` | a shared lock of every process that uses the server |
//! | `users.fifo` | held open by the same processes; the watcher reads its end when the last one has gone |
//! | `server.log` | locked by the server and its watcher until they exit |
//! | `server.sock`, `server.pid` | the server's socket and process id |
//! | `server.leaving` | exists while the watcher makes sure that the last user has gone |
//! | `run` | a link to the folder with the socket, if this folder's path is too long for a socket |

use std::{
    env,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, Write},
    os::unix::{
        ffi::OsStrExt,
        fs::{FileTypeExt, symlink},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use fs4::fs_std::FileExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use tempfile::TempDir;

use crate::error::{Error, Result};

/// The name of the socket.
pub(super) const SOCKET: &str = "server.sock";
/// The file that says that the server is about to stop.
const LEAVING: &str = "server.leaving";
/// The length of a socket's path that every system accepts.
const SOCKET_PATH_MAX: usize = 100;
/// Creates a FIFO, which std cannot do. It works without `PATH`, too.
const MAKE_FIFO: &str = r#"PATH=/usr/bin:/bin${PATH:+:$PATH}; mkfifo -m 600 "$0""#;
/// How long the reply to `PING` may take.
const PING_TIMEOUT: Duration = Duration::from_secs(1);
/// How many lines of a failed server's log an error shows.
const LOG_LINES: usize = 6;
/// The characters to escape in the path of a URL.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The folder of a server.
pub(super) struct Folder {
    path: PathBuf,
    log: File,
}

/// The state of the server, as `PING` shows it.
pub(super) enum ServerState {
    /// It replies: its process id, and its socket.
    Ready(u32, PathBuf),
    /// It is loading its data.
    Loading,
    /// It does not reply.
    Silent,
}

impl Folder {
    /// Opens the folder, and creates it if necessary.
    pub(super) fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(io_error(path))?;
        let path = path.canonicalize().map_err(io_error(path))?;
        let log = open(&path.join("server.log"))?;
        Ok(Self { path, log })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for the lock of joining and leaving, which is held while the file is open.
    pub(super) fn lock(&self) -> Result<File> {
        let path = self.path.join("server.lock");
        let lock = open(&path)?;
        FileExt::lock_exclusive(&lock).map_err(io_error(&path))?;
        Ok(lock)
    }

    /// Makes this process a user of the running server, or else of the next one.
    pub(super) fn add_user(&self) -> Result<UserLock> {
        let path = self.path.join("users.lock");
        let lock = open(&path)?;
        FileExt::lock_shared(&lock).map_err(io_error(&path))?;

        let path = self.path.join("users.fifo");
        make_fifo(&path)?;
        // Opening a FIFO only for writing would wait for a reader.
        let mut fifo =
            OpenOptions::new().read(true).write(true).open(&path).map_err(io_error(&path))?;
        fifo.write_all(b"\n").map_err(io_error(&path))?;
        Ok(UserLock { lock, _fifo: fifo })
    }

    /// The watcher's end of the FIFO.
    pub(super) fn fifo_reader(&self) -> Result<File> {
        let path = self.path.join("users.fifo");
        File::open(&path).map_err(io_error(&path))
    }

    /// Locks the log for a new server. Returns `None` while a server or its watcher runs.
    pub(super) fn try_lock_log(&self) -> Result<Option<File>> {
        let path = self.path.join("server.log");
        let log = open(&path)?;
        let free = FileExt::try_lock_exclusive(&log).map_err(io_error(&path))?;
        Ok(free.then_some(log))
    }

    /// Whether a server or its watcher runs.
    pub(super) fn is_in_use(&self) -> bool {
        let free = FileExt::try_lock_exclusive(&self.log).unwrap_or(true);
        let _ = FileExt::unlock(&self.log);
        !free
    }

    /// Removes the files of a killed server, and returns the folder for the new socket.
    pub(super) fn prepare_socket_folder(&self) -> Result<PathBuf> {
        self.log.set_len(0).map_err(io_error(&self.path))?;
        for name in ["server.pid", LEAVING, "run"] {
            remove(&self.path.join(name))?;
        }
        if self.has_room_for_a_socket() {
            remove(&self.path.join(SOCKET))?;
            return Ok(self.path.clone());
        }
        // A new folder each time: another user could have created one with the path of a removed one.
        let base = short_base();
        let run = temporary_in(&base).map_err(io_error(&base))?.keep();
        symlink(&run, self.path.join("run")).map_err(io_error(&self.path))?;
        Ok(run)
    }

    /// Sends `PING`, and returns the state of the server.
    pub(super) fn server_state(&self) -> ServerState {
        let Ok(run) = self.socket_folder() else { return ServerState::Silent };
        if self.path.join(LEAVING).exists() {
            return ServerState::Silent;
        }
        let socket = run.join(SOCKET);
        match ping(&socket).as_deref() {
            Ok([b'-', b'L', b'O', b'A', b'D', ..]) => ServerState::Loading,
            Ok([_, ..]) => {
                self.pid().map_or(ServerState::Silent, |pid| ServerState::Ready(pid, socket))
            }
            _ => ServerState::Silent,
        }
    }

    /// The error for a server that failed in the way that `what` says, with the last lines of its log.
    pub(super) fn failure(&self, what: &str) -> Error {
        let mut text = Vec::new();
        let mut log = &self.log;
        let _ = log.rewind().and_then(|()| log.read_to_end(&mut text));
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines[lines.len().saturating_sub(LOG_LINES)..].join("\n");
        let dir = self.path.display();
        Error::NoServer { reason: format!("the server in `{dir}` {what}; its log ends:\n{last}") }
    }

    fn socket_folder(&self) -> io::Result<PathBuf> {
        if self.has_room_for_a_socket() {
            Ok(self.path.clone())
        } else {
            fs::read_link(self.path.join("run"))
        }
    }

    fn has_room_for_a_socket(&self) -> bool {
        has_room_for_a_socket(&self.path)
    }

    /// The server's process id, if the watcher has written it completely.
    pub(super) fn pid(&self) -> Option<u32> {
        let text = fs::read_to_string(self.path.join("server.pid")).ok()?;
        text.strip_suffix('\n')?.parse().ok()
    }
}

/// The lock of a user of the server.
#[derive(Debug)]
pub(super) struct UserLock {
    lock: File,
    _fifo: File,
}

impl UserLock {
    /// Stops using the server. Returns whether this was the last user.
    pub(super) fn release(self) -> bool {
        // Closing the file is not enough: a child process that is just starting has a copy for a moment.
        FileExt::unlock(&self.lock).is_ok()
            && FileExt::try_lock_exclusive(&self.lock).unwrap_or(false)
    }
}

/// Adds the path to an I/O error.
pub(super) fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::Io { path, source }
}

/// The URL of a socket.
pub(super) fn url(socket: &Path) -> String {
    format!("redis+unix://{}", percent_encode(socket.as_os_str().as_bytes(), PATH))
}

/// The system's temporary folder, or `/tmp` if that path is too long for a socket.
pub(super) fn short_base() -> PathBuf {
    let usual = PathBuf::from("/tmp");
    let base = env::temp_dir().canonicalize().unwrap_or_else(|_| usual.clone());
    if has_room_for_a_socket(&base.join("redis-collections-xxxxxx")) { base } else { usual }
}

/// Creates a folder in `base` that only this user can open.
pub(super) fn temporary_in(base: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("redis-collections-").tempdir_in(base)
}

fn has_room_for_a_socket(folder: &Path) -> bool {
    folder.join(SOCKET).as_os_str().len() <= SOCKET_PATH_MAX
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new().create(true).read(true).append(true).open(path).map_err(io_error(path))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path)(error)),
        _ => Ok(()),
    }
}

fn make_fifo(path: &Path) -> Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_fifo()) {
        return Ok(());
    }
    let made = Command::new("/bin/sh").args(["-c", MAKE_FIFO]).arg(path).output();
    let made = made.map_err(io_error(path))?;
    if made.status.success() {
        return Ok(());
    }
    Err(io_error(path)(io::Error::other(String::from_utf8_lossy(&made.stderr).trim().to_owned())))
}

/// The reply to `PING`. Any reply, even an error, shows that the server runs.
fn ping(socket: &Path) -> io::Result<Vec<u8>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PING_TIMEOUT))?;
    stream.write_all(b"PING\r\n")?;
    let mut reply = vec![0; 64];
    let len = stream.read(&mut reply)?;
    reply.truncate(len);
    Ok(reply)
}
