//! [`Progress`]: a progress bar on a terminal, and a plain line elsewhere.

use std::{
    io::{IsTerminal, stderr},
    time::Instant,
};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// The progress of some work. [`done`](Progress::done) prints how long it took.
pub(crate) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Starts work of `steps` steps.
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

    /// Counts one more step.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }

    /// Removes the bar, and prints how long the work took.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
        let (steps, seconds) = (HumanCount(self.bar.position()), self.started.elapsed());
        eprintln!(" {:<34} {steps:>6} in {:.2} s", self.what, seconds.as_secs_f64());
    }
}

impl Drop for Progress {
    /// Removes the bar even if the work has failed.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
