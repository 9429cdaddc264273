//! The folder of a server: its locks, its socket, its log.
//!
//! | file | what it is |
//! |---|---|
//! | `server.lock` | locked by the one process that comes or goes |
//! | `users.lock` | locked, shared, by every process that uses the server |
//! | `users.fifo` | held open by them; it ends when the last of them has gone |
//! | `server.log` | locked by the server and its watcher, as long as they live |
//! | `server.sock`, `server.pid` | where the server is |
//! | `server.leaving` | there while the watcher makes certain that the last user has gone |
//! | `run` | a link to the folder with the socket, if the path here is too long for one |

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
/// The file that tells that the server is about to stop.
const LEAVING: &str = "server.leaving";
/// What every system takes as the path of a socket.
const SOCKET_PATH_MAX: usize = 100;
/// The standard library cannot make one; the tool is there even if `PATH` is not.
const MAKE_FIFO: &str = r#"PATH=/usr/bin:/bin${PATH:+:$PATH}; mkfifo -m 600 "$0""#;
/// How long an answer to `PING` may take.
const PING_TIMEOUT: Duration = Duration::from_secs(1);
/// How much of a failed server's log an error shows.
const LOG_LINES: usize = 6;
/// What stands for itself in the path of a URL.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The folder of a server.
pub(super) struct Folder {
    path: PathBuf,
    log: File,
}

/// What became of a question to the server.
pub(super) enum Answer {
    /// It answers: its process, and its socket.
    Ready(u32, PathBuf),
    /// It is reading its data.
    Loading,
    /// Nobody answers.
    None,
}

impl Folder {
    /// Opens the folder, and creates it if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(at(path))?;
        let path = path.canonicalize().map_err(at(path))?;
        let log = open(&path.join("server.log"))?;
        Ok(Self { path, log })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for the right to come or go, which lasts as long as the file is open.
    pub(super) fn turn(&self) -> Result<File> {
        let path = self.path.join("server.lock");
        let lock = open(&path)?;
        FileExt::lock_exclusive(&lock).map_err(at(&path))?;
        Ok(lock)
    }

    /// Becomes a user of the server, if one runs, and of the next one, if not.
    pub(super) fn seat(&self) -> Result<Seat> {
        let path = self.path.join("users.lock");
        let lock = open(&path)?;
        FileExt::lock_shared(&lock).map_err(at(&path))?;

        let path = self.path.join("users.fifo");
        make_fifo(&path)?;
        // Opened for writing alone, it would wait for a reader.
        let mut pipe = OpenOptions::new().read(true).write(true).open(&path).map_err(at(&path))?;
        pipe.write_all(b"\n").map_err(at(&path))?;
        Ok(Seat { lock, _pipe: pipe })
    }

    /// The watcher's end of the pipe that the users hold open.
    pub(super) fn users(&self) -> Result<File> {
        let path = self.path.join("users.fifo");
        File::open(&path).map_err(at(&path))
    }

    /// The log, locked, for a new server; or none, while a server or its watcher lives.
    pub(super) fn claim(&self) -> Result<Option<File>> {
        let path = self.path.join("server.log");
        let log = open(&path)?;
        let free = FileExt::try_lock_exclusive(&log).map_err(at(&path))?;
        Ok(free.then_some(log))
    }

    /// Whether a server or its watcher lives.
    pub(super) fn is_in_use(&self) -> bool {
        let free = FileExt::try_lock_exclusive(&self.log).unwrap_or(true);
        let _ = FileExt::unlock(&self.log);
        !free
    }

    /// Removes what a killed server left, and gives the folder for the new socket.
    pub(super) fn prepare(&self) -> Result<PathBuf> {
        self.log.set_len(0).map_err(at(&self.path))?;
        for name in ["server.pid", LEAVING, "run"] {
            remove(&self.path.join(name))?;
        }
        if self.has_room_for_a_socket() {
            remove(&self.path.join(SOCKET))?;
            return Ok(self.path.clone());
        }
        // A new one each time: somebody else could have taken the place of one that is gone.
        let base = short_base();
        let run = temporary_in(&base).map_err(at(&base))?.keep();
        symlink(&run, self.path.join("run")).map_err(at(&self.path))?;
        Ok(run)
    }

    /// Asks the server whether it is ready.
    pub(super) fn ask(&self) -> Answer {
        let Ok(run) = self.run() else { return Answer::None };
        if self.path.join(LEAVING).exists() {
            return Answer::None;
        }
        let socket = run.join(SOCKET);
        match ping(&socket).as_deref() {
            Ok([b'-', b'L', b'O', b'A', b'D', ..]) => Answer::Loading,
            Ok([_, ..]) => self.pid().map_or(Answer::None, |pid| Answer::Ready(pid, socket)),
            _ => Answer::None,
        }
    }

    /// An error that says what the server did, and what it wrote last.
    pub(super) fn failure(&self, what: &str) -> Error {
        let mut text = Vec::new();
        let mut log = &self.log;
        let _ = log.rewind().and_then(|()| log.read_to_end(&mut text));
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines[lines.len().saturating_sub(LOG_LINES)..].join("\n");
        let dir = self.path.display();
        Error::NoServer { reason: format!("the one for `{dir}` {what}; its log ends:\n{last}") }
    }

    fn run(&self) -> io::Result<PathBuf> {
        if self.has_room_for_a_socket() {
            Ok(self.path.clone())
        } else {
            fs::read_link(self.path.join("run"))
        }
    }

    fn has_room_for_a_socket(&self) -> bool {
        has_room_for_a_socket(&self.path)
    }

    /// The server's process, once the watcher has written all of it.
    pub(super) fn pid(&self) -> Option<u32> {
        let text = fs::read_to_string(self.path.join("server.pid")).ok()?;
        text.strip_suffix('\n')?.parse().ok()
    }
}

/// A process's share in a server.
#[derive(Debug)]
pub(super) struct Seat {
    lock: File,
    _pipe: File,
}

impl Seat {
    /// Stops using the server, and tells whether nobody else does.
    pub(super) fn leave(self) -> bool {
        // Closing is not enough: a child that is being started has a copy for a moment.
        FileExt::unlock(&self.lock).is_ok()
            && FileExt::try_lock_exclusive(&self.lock).unwrap_or(false)
    }
}

/// Names the path of an error.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.display().to_string();
    move |source| Error::Io { path, source }
}

/// The URL of a socket.
pub(super) fn url(socket: &Path) -> String {
    format!("redis+unix://{}", percent_encode(socket.as_os_str().as_bytes(), PATH))
}

/// The system's temporary folder, or the usual one if its path is too long for a socket.
pub(super) fn short_base() -> PathBuf {
    let usual = PathBuf::from("/tmp");
    let base = env::temp_dir().canonicalize().unwrap_or_else(|_| usual.clone());
    if has_room_for_a_socket(&base.join("redis-collections-xxxxxx")) { base } else { usual }
}

/// A new folder in `base` that only its user can open.
pub(super) fn temporary_in(base: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("redis-collections-").tempdir_in(base)
}

fn has_room_for_a_socket(folder: &Path) -> bool {
    folder.join(SOCKET).as_os_str().len() <= SOCKET_PATH_MAX
}

fn open(path: &Path) -> Result<File> {
    OpenOptions::new().create(true).read(true).append(true).open(path).map_err(at(path))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

fn make_fifo(path: &Path) -> Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_fifo()) {
        return Ok(());
    }
    let made = Command::new("/bin/sh").args(["-c", MAKE_FIFO]).arg(path).output();
    let made = made.map_err(at(path))?;
    if made.status.success() {
        return Ok(());
    }
    Err(at(path)(io::Error::other(String::from_utf8_lossy(&made.stderr).trim().to_owned())))
}

/// What the server says to `PING`: any word of its own, even a refusal, shows that it is up.
fn ping(socket: &Path) -> io::Result<Vec<u8>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PING_TIMEOUT))?;
    stream.write_all(b"PING\r\n")?;
    let mut reply = vec![0; 64];
    let len = stream.read(&mut reply)?;
    reply.truncate(len);
    Ok(reply)
}
