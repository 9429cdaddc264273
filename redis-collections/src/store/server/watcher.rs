//! The watcher: the shell that a server runs beneath, and that stops it.

use std::{
    ffi::OsString,
    fs::File,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command},
};

use super::{
    binary,
    folder::{Folder, SOCKET, at},
};
use crate::error::Result;

const SHELL: &str = "/bin/sh";
const SCRIPT: &str = include_str!("watcher.sh");

/// What a server is started for.
pub(super) enum Purpose {
    /// Nothing is kept.
    Temporary {
        /// What follows our own arguments.
        arguments: Vec<OsString>,
    },
    /// Every write is logged in the folder.
    Persistent,
}

impl Purpose {
    /// What the watcher does when the last user has gone.
    fn end(&self) -> &'static str {
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
            // Without the preamble, which is in each engine's own format, any engine reads the log.
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

/// Starts the watcher, and the server beneath it; both hold the lock of `log` as long as they live.
pub(super) fn start(folder: &Folder, log: File, purpose: &Purpose) -> Result<Child> {
    let program = binary::find()?;
    let run = folder.prepare()?;
    let log_too = log.try_clone().map_err(at(folder.path()))?;

    Command::new(SHELL)
        .args(["-c", r#"eval "$WATCHER""#, "redis-collections", purpose.end()])
        // Among the arguments, all of the script would stand in every list of processes.
        .env("WATCHER", SCRIPT)
        .args([folder.path(), &run, &program])
        .args(["--port", "0", "--daemonize", "no", "--logfile", ""])
        .args(["--unixsocketperm", "700", "--unixsocket"])
        .arg(run.join(SOCKET))
        .arg("--dir")
        .arg(folder.path())
        .args(purpose.arguments())
        .current_dir(folder.path())
        .stdin(folder.users()?)
        .stdout(log)
        .stderr(log_too)
        // Ctrl-C goes to the whole group of the owner, and must not stop a server that others use.
        .process_group(0)
        .spawn()
        .map_err(at(Path::new(SHELL)))
}

/// Ends a server that does not hear its watcher, and tells whether that was possible.
pub(super) fn kill(pid: u32) -> bool {
    let done = Command::new(SHELL).args(["-c", "kill -KILL $0"]).arg(pid.to_string()).output();
    done.is_ok_and(|done| done.status.success())
}

fn words<const N: usize>(words: [&str; N]) -> Vec<OsString> {
    words.map(OsString::from).into()
}
