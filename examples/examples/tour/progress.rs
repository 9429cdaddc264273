//! [`Progress`]: a bar on a terminal, a plain line anywhere else.

use std::{
    io::{IsTerminal, stderr},
    time::Instant,
};

use indicatif::{ProgressBar, ProgressStyle};

/// How far a piece of work has come. It says so when it is dropped.
pub(crate) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Starts a piece of work of so many steps.
    pub(crate) fn start(what: &'static str, steps: usize) -> Self {
        let template = "{msg:>26} {bar:32.cyan/dim} {pos}/{len} {per_sec:>10}";
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = if stderr().is_terminal() {
            ProgressBar::new(steps as u64)
        } else {
            ProgressBar::hidden()
        };
        bar.set_length(steps as u64);
        Progress {
            what,
            bar: bar.with_style(style.progress_chars("━━╌")).with_message(what),
            started: Instant::now(),
        }
    }

    /// One step more is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        let (done, seconds) = (self.bar.position(), self.started.elapsed().as_secs_f64());
        eprintln!("{:>26} {done} in {seconds:.1} s", self.what);
    }
}
