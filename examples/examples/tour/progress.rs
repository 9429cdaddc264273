//! [`Progress`]: a bar on a terminal, a plain line anywhere else.

use std::{
    io::{IsTerminal, stderr},
    time::Instant,
};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// How far a piece of work has come. [`done`](Progress::done) says how long it took.
pub(crate) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Starts a piece of work of so many steps.
    pub(crate) fn start(what: &'static str, steps: usize) -> Self {
        let template = " {msg:<34} {bar:24.cyan/dim} {human_pos}/{human_len}";
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

    /// Takes the bar away, and says how long it took.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
        let (steps, seconds) = (HumanCount(self.bar.position()), self.started.elapsed());
        eprintln!(" {:<34} {steps:>6} in {:.2} s", self.what, seconds.as_secs_f64());
    }
}

impl Drop for Progress {
    /// Leaves a clean line behind, also where the work has failed.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
