//! [`Bench`]: two ways to do the same take turns, and are timed.

use std::{fmt::Debug, hint::black_box, time::Instant};

/// How often the medians are taken of.
const ROUNDS: usize = 7;

/// How a call with one entry or a few is repeated.
const SINGLE: Pace = Pace { turns: 100, calls: 10 };

/// How a call with a hundred entries is repeated, which takes some ten times as long.
const BULK: Pace = Pace { turns: 125, calls: 2 };

/// How many turns each side has in a round, and how many calls it makes in one.
#[derive(Clone, Copy)]
struct Pace {
    turns: u32,
    calls: u32,
}

/// Compares, and prints what it finds.
pub(crate) struct Bench {
    kind: &'static str,
    wanted: Option<String>,
    worst: f64,
}

impl Bench {
    /// Only calls whose name has `wanted` are made, if that is a word.
    pub(crate) fn new(wanted: Option<String>) -> Self {
        println!("{:<54} {:>12} {:>12} {:>6}", "name", "ours", "theirs", "ratio");
        Bench { kind: "", wanted, worst: 0.0 }
    }

    /// Says what kind of connection the following calls are made on.
    pub(crate) fn start(&mut self, kind: &'static str) {
        self.kind = kind;
    }

    /// Compares two ways to make the call `name`, which must give the same answers.
    pub(crate) async fn compare<T: PartialEq + Debug>(
        &mut self,
        name: &str,
        ours: impl AsyncFn() -> T,
        theirs: impl AsyncFn() -> T,
    ) {
        self.rounds(name, SINGLE, ours, theirs).await;
    }

    /// Compares as [`compare`](Bench::compare) does, with fewer calls, since each has many entries.
    pub(crate) async fn compare_bulk<T: PartialEq + Debug>(
        &mut self,
        name: &str,
        ours: impl AsyncFn() -> T,
        theirs: impl AsyncFn() -> T,
    ) {
        self.rounds(name, BULK, ours, theirs).await;
    }

    /// Prints the worst ratio.
    pub(crate) fn finish(self) {
        println!("worst {:.2}", self.worst);
    }

    async fn rounds<T: PartialEq + Debug>(
        &mut self,
        name: &str,
        pace: Pace,
        ours: impl AsyncFn() -> T,
        theirs: impl AsyncFn() -> T,
    ) {
        let name = format!("{} {name}", self.kind);
        if self.wanted.as_ref().is_some_and(|wanted| !name.contains(wanted)) {
            return;
        }
        // The first calls also load the scripts and fill the buffers.
        for _ in 0..pace.calls {
            assert_eq!(ours().await, theirs().await, "{name} is not the same by hand");
        }
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(round(pace, &ours, &theirs).await);
        }
        self.report(&name, &rounds);
    }

    fn report(&mut self, name: &str, rounds: &[(f64, f64)]) {
        let ours = median(rounds.iter().map(|round| round.0));
        let theirs = median(rounds.iter().map(|round| round.1));
        let ratio = median(rounds.iter().map(|(ours, theirs)| ours / theirs));
        println!("{name:<54} {ours:>9.2} µs {theirs:>9.2} µs {ratio:>6.2}");
        self.worst = self.worst.max(ratio);
    }
}

/// What one call takes either side.
///
/// That is what it takes in the median turn: one that the machine interrupted tells nothing.
async fn round<T>(
    pace: Pace,
    ours: &impl AsyncFn() -> T,
    theirs: &impl AsyncFn() -> T,
) -> (f64, f64) {
    let (mut our_turns, mut their_turns) = (Vec::new(), Vec::new());
    for at in 0..pace.turns {
        // Who is first changes too: a turn leaves caches and the server as it likes them.
        if at % 2 == 0 {
            our_turns.push(turn(pace.calls, ours).await);
        }
        their_turns.push(turn(pace.calls, theirs).await);
        if at % 2 == 1 {
            our_turns.push(turn(pace.calls, ours).await);
        }
    }
    (median(our_turns), median(their_turns))
}

/// What one call takes in a turn, in microseconds.
async fn turn<T>(calls: u32, call: &impl AsyncFn() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(call().await);
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}

fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
