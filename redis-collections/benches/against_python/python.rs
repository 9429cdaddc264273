//! [`Python`]: the Python library, in a folder of its own.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::turns::Turns;

/// The library, and the client that it was measured with.
const PACKAGES: [&str; 2] = ["redis-collections==0.13.0", "redis==5.3.1"];

/// A Python that has the library; its folder goes with it.
pub(crate) struct Python {
    folder: tempfile::TempDir,
}

impl Python {
    /// Makes a virtual environment, and puts the library into it.
    pub(crate) fn install() -> Result<Self, String> {
        let folder =
            tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let python = Python { folder };
        let path = python.folder.path();
        run(Command::new("python3").args(["-m", "venv"]).arg(path)).map_err(|reason| {
            format!("{reason}\nInstall Python with `venv` (Debian: apt-get install python3-venv).")
        })?;
        let pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install"];
        run(python.command().args(pip).args(PACKAGES))?;
        Ok(python)
    }

    /// Lets it do the `work` of a program on the server that listens at `socket`.
    pub(crate) fn work(&self, work: &str, socket: &Path) -> Turns {
        let output = run(self.command().args(["-c", work]).arg(socket)).unwrap();
        let mut turns = Turns::default();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let (name, seconds) = line.split_once('\t').unwrap();
            turns.add(name.into(), seconds.parse().unwrap());
        }
        turns
    }

    fn command(&self) -> Command {
        Command::new(self.folder.path().join("bin/python"))
    }
}

/// Runs `command`, or tells why it failed.
fn run(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}
