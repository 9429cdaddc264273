//! [`Turns`]: works, and what each took in its median turn.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// How long a work goes on, unless it has had [`MOST`] turns.
const TIME: Duration = Duration::from_millis(500);

/// How many turns a work has at the least and at the most.
const LEAST: usize = 3;
const MOST: usize = 2_000;

/// The names of works, each with the seconds of its median turn.
#[derive(Default)]
pub(crate) struct Turns(Vec<(String, f64)>);

impl Turns {
    /// Takes turns at the work `name`.
    pub(crate) fn work<T>(&mut self, name: &str, turn: impl Fn() -> T) {
        self.work_on(name, || (), turn);
    }

    /// Takes turns at the work `name`, each after `prepare`, which is not timed.
    pub(crate) fn work_on<T>(&mut self, name: &str, prepare: impl Fn(), turn: impl Fn() -> T) {
        let (mut taken, mut spent) = (Vec::new(), Duration::ZERO);
        while taken.len() < LEAST || (spent < TIME && taken.len() < MOST) {
            prepare();
            let start = Instant::now();
            black_box(turn());
            taken.push(start.elapsed());
            spent += start.elapsed();
        }
        taken.sort();
        self.add(name.into(), taken[taken.len() / 2].as_secs_f64());
    }

    /// Adds a work that took `seconds`.
    pub(crate) fn add(&mut self, name: String, seconds: f64) {
        self.0.push((name, seconds));
    }

    /// All works.
    pub(crate) fn medians(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, seconds)| (name.as_str(), *seconds))
    }

    /// What the work `name` took.
    pub(crate) fn of(&self, name: &str) -> Option<f64> {
        self.medians().find(|(known, _)| *known == name).map(|(_, seconds)| seconds)
    }

    /// How many works there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
