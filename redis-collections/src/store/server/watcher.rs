//! The watcher: a shell script that starts a server, and stops it after its last user has gone.

use std::{
    ffi::OsString,
    fs::File,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command},
};

use super::{
    binary,
    folder::{Folder, SOCKET, io_error},
};
use crate::error::Result;

const SHELL: &str = "/bin/sh";
const SCRIPT: &str = include_str!("watcher.sh");

/// The purpose of a server.
pub(super) enum Purpose {
    /// It stores nothing on disk, and its folder is removed with it.
    Temporary {
        /// Arguments after our own ones.
        arguments: Vec<OsString>,
    },
    /// It logs every write in the folder.
    Persistent,
}

impl Purpose {
    /// The watcher's last action on the folder.
    fn at_end(&self) -> &'static str {
        match self {
            Self::Temporary { .. } => "remove",
            Self::Persistent => "keep",
        }
    }

    fn arguments(&self) -> Vec<OsString> {
        match self {
            Self::Temporary { arguments } => {
                let mut all = words(["--save", "", "--appendonly", "no"]);
                all.extend_from_slice(arguments);
                all
            }
            // Without an RDB preamble, whose format differs, both Redis and Valkey can read the log.
            Self::Persistent => words([
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--aof-use-rdb-preamble",
                "no",
            ]),
        }
    }
}

/// Starts the watcher, which starts the server. Both hold the lock of `log` until they exit.
pub(super) fn start(folder: &Folder, log: File, purpose: &Purpose) -> Result<Child> {
    let program = binary::find()?;
    let run = folder.prepare_socket_folder()?;
    let log_too = log.try_clone().map_err(io_error(folder.path()))?;

    Command::new(SHELL)
        .args(["-c", r#"eval "$WATCHER""#, "redis-collections", purpose.at_end()])
        // As an argument, the whole script would appear in every list of processes.
        .env("WATCHER", SCRIPT)
        .args([folder.path(), &run, &program])
        .args(["--port", "0", "--daemonize", "no", "--logfile", ""])
        .args(["--unixsocketperm", "700", "--unixsocket"])
        .arg(run.join(SOCKET))
        .arg("--dir")
        .arg(folder.path())
        .args(purpose.arguments())
        .current_dir(folder.path())
        .stdin(folder.fifo_reader()?)
        .stdout(log)
        .stderr(log_too)
        // Ctrl-C reaches the owner's whole process group, and must not stop a server that others use.
        .process_group(0)
        .spawn()
        .map_err(io_error(Path::new(SHELL)))
}

/// Kills a server that its watcher could not stop. Returns whether that succeeded.
pub(super) fn kill(pid: u32) -> bool {
    let done = Command::new(SHELL).args(["-c", "kill -KILL $0"]).arg(pid.to_string()).output();
    done.is_ok_and(|done| done.status.success())
}

fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.map(OsString::from).into()
}
